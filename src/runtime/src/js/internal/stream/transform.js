'use strict';

// https://nodejs.org/api/stream.html#class-streamtransform
//
// What is written is given to `_transform`, and what that pushes can be read. While the
// readable side is full, the callback of a write waits for `_read`.

const { codes } = require('internal/errors');
const Duplex = require('internal/stream/duplex');
const { highWaterMarkOf } = require('internal/stream/high_water_mark');
const { nextTick } = native('process');

const kCallback = Symbol('kCallback');

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  // A readable side that buffers nothing would never let a write be done.
  const readableHighWaterMark = options ?
    highWaterMarkOf(false, options, 'readableHighWaterMark', true) : null;
  if (readableHighWaterMark === 0) {
    options = {
      ...options,
      highWaterMark: null,
      readableHighWaterMark,
      writableHighWaterMark: options.writableHighWaterMark || 0,
    };
  }
  Duplex.call(this, options);
  // The readable side does not wait for `_read`: it is what writes push.
  this._readableState.sync = false;
  this[kCallback] = null;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  // Before any of the program's, which may want to see what `_flush` has pushed.
  this.on('prefinish', onPrefinish);
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function final(callback) {
  if (typeof this._flush === 'function' && !this.destroyed) {
    this._flush((error, data) => {
      if (error) {
        if (callback) callback(error);
        else this.destroy(error);
        return;
      }
      if (data != null) this.push(data);
      this.push(null);
      if (callback) callback();
    });
  } else {
    this.push(null);
    if (callback) callback();
  }
}

/** Where a class has a `_final` of its own, `_flush` comes after it. */
function onPrefinish() {
  if (this._final !== final) final.call(this);
}

Transform.prototype._final = final;

Transform.prototype._transform = function(chunk, encoding, callback) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_transform()');
};

Transform.prototype._write = function(chunk, encoding, callback) {
  const readable = this._readableState;
  const writable = this._writableState;
  const before = readable.length;
  this._transform(chunk, encoding, (error, value) => {
    if (error) {
      callback(error);
      return;
    }
    if (value != null) this.push(value);
    if (readable.ended) {
      // Nothing that is still to be transformed could be read: who writes is to see that.
      nextTick(callback);
      return;
    }
    if (writable.ended || before === readable.length || readable.length < readable.highWaterMark) {
      callback();
    } else {
      this[kCallback] = callback;
    }
  });
};

Transform.prototype._read = function() {
  const callback = this[kCallback];
  if (callback) {
    this[kCallback] = null;
    callback();
  }
};

module.exports = Transform;
