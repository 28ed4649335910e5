'use strict';

// https://nodejs.org/api/stream.html#class-streamduplex

const { Stream } = require('internal/stream/legacy');
const { construct } = require('internal/stream/destroy');
const { readable: R, writable: W } = require('internal/stream/flags');
const { ReadableState } = require('internal/stream/readable_state');
const { WritableState } = require('internal/stream/writable_state');
const Readable = require('internal/stream/readable');
const Writable = require('internal/stream/writable');

const { maybeReadMore } = Readable[Symbol.for('axil.internals')];
const { startWriting } = Writable[Symbol.for('axil.internals')];

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  // What most have, so that those share a shape.
  this._events ??= {
    close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined,
    data: undefined, end: undefined, readable: undefined,
  };
  this._readableState = new ReadableState(options, this, true);
  this._writableState = new WritableState(options, this, true);
  this.allowHalfOpen = true;
  if (options) {
    this.allowHalfOpen = options.allowHalfOpen !== false;
    if (options.readable === false) {
      this._readableState.readable = false;
      this._readableState.flags |= R.ended | R.endEmitted;
    }
    if (options.writable === false) {
      this._writableState.writable = false;
      this._writableState.flags |= W.ending | W.ended | W.finished;
    }
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
  }
  Stream.call(this, options);
  if (options?.signal) require('internal/stream/abort').addAbortSignal(options.signal, this);
  if (this._construct != null) {
    construct(this, () => {
      if ((this._readableState.flags & R.needReadable) !== 0) maybeReadMore(this, this._readableState);
      startWriting(this);
    });
  }
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);

// What a writable stream has, and a readable one has not.
for (const name of ['write', 'cork', 'uncork', 'setDefaultEncoding', '_write', '_writev', 'end', 'destroy']) {
  Duplex.prototype[name] = Writable.prototype[name];
}
for (const name of [
  'writable', 'writableHighWaterMark', 'writableObjectMode', 'writableBuffer', 'writableLength',
  'writableFinished', 'writableCorked', 'writableEnded', 'writableNeedDrain',
]) {
  Object.defineProperty(Duplex.prototype, name, Object.getOwnPropertyDescriptor(Writable.prototype, name));
}

Object.defineProperty(Duplex.prototype, 'destroyed', {
  configurable: true,
  enumerable: false,
  get() {
    const { _readableState: readable, _writableState: writable } = this;
    return readable !== undefined && writable !== undefined && readable.destroyed && writable.destroyed;
  },
  set(value) {
    if (this._readableState && this._writableState) {
      this._readableState.destroyed = value;
      this._writableState.destroyed = value;
    }
  },
});

Duplex.fromWeb = function fromWeb(pair, options) {
  return require('internal/webstreams/adapters_from_web').duplexFromWeb(pair, options);
};

Duplex.toWeb = function toWeb(duplex, options) {
  return require('internal/webstreams/adapters_to_web').duplexToWeb(duplex, options);
};

Duplex.from = function from(body) {
  return require('internal/stream/duplex_from').duplexFrom(body, 'body');
};

module.exports = Duplex;
