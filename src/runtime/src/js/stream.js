'use strict';

// https://nodejs.org/api/stream.html

const { codes } = require('internal/errors');
const { Buffer } = require('buffer');
const { Stream } = require('internal/stream/legacy');
const Readable = require('internal/stream/readable');
const Writable = require('internal/stream/writable');
const Duplex = require('internal/stream/duplex');
const Transform = require('internal/stream/transform');
const PassThrough = require('internal/stream/passthrough');
const { getDefaultHighWaterMark, setDefaultHighWaterMark } = require('internal/stream/high_water_mark');

const predicates = () => require('internal/stream/predicates');

module.exports = Stream;

Object.assign(Stream, {
  isDestroyed(stream) {
    return predicates().isDestroyed(stream);
  },

  isDisturbed(stream) {
    return predicates().isDisturbed(stream);
  },

  isErrored(stream) {
    return predicates().isErrored(stream);
  },

  isReadable(stream) {
    return predicates().isReadable(stream);
  },

  isWritable(stream) {
    return predicates().isWritable(stream);
  },

  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,

  duplexPair(options) {
    return require('internal/stream/duplex_pair').duplexPair(options);
  },

  pipeline(...streams) {
    return require('internal/stream/pipeline').pipeline(...streams);
  },

  addAbortSignal(signal, stream) {
    return require('internal/stream/abort').addAbortSignal(signal, stream);
  },

  finished(stream, options, callback) {
    const { eos } = require('internal/stream/end_of_stream');
    return Reflect.apply(eos, this, arguments);
  },

  destroy(stream, error) {
    require('internal/stream/destroy').destroyer(stream, error);
  },

  compose(...streams) {
    return require('internal/stream/compose').compose(...streams);
  },

  setDefaultHighWaterMark,
  getDefaultHighWaterMark,
});

const kPromisified = Symbol.for('nodejs.util.promisify.custom');

for (const [name, promised] of [['pipeline', 'pipeline'], ['finished', 'finished']]) {
  Object.defineProperty(Stream[name], kPromisified, {
    configurable: true,
    enumerable: true,
    get() { return require('stream/promises')[promised]; },
  });
}

Object.defineProperty(Stream, 'promises', {
  configurable: true,
  enumerable: true,
  get() { return require('stream/promises'); },
});

Stream.Stream = Stream;
Stream._isArrayBufferView = ArrayBuffer.isView;
Stream._isUint8Array = require('internal/buffer/kinds').isUint8Array;
Stream._uint8ArrayToBuffer = function _uint8ArrayToBuffer(chunk) {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
};

// ---------------------------------------------------------------------------
// Operators, which few programs need
// ---------------------------------------------------------------------------

const operators = () => require('internal/stream/operators');

function defineOperator(name, length, fn) {
  Object.defineProperties(fn, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  });
  Object.defineProperty(Readable.prototype, name, {
    configurable: true, enumerable: false, writable: true, value: fn,
  });
}

for (const [name, length] of [['drop', 1], ['filter', 2], ['flatMap', 2], ['map', 2], ['take', 1]]) {
  defineOperator(name, length, function(...args) {
    if (new.target) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    return Readable.from(Reflect.apply(operators().ofStreams[name], this, args));
  });
}

const ofPromises = [['every', 1], ['forEach', 2], ['reduce', 3], ['toArray', 1], ['some', 1], ['find', 2]];
for (const [name, length] of ofPromises) {
  defineOperator(name, length, function(...args) {
    if (new.target) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    return Reflect.apply(operators().ofPromises[name], this, args);
  });
}

defineOperator('compose', 2, function(stream, options) {
  if (new.target) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  return operators().compose.call(this, stream, options);
});
