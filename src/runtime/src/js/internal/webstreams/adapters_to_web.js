'use strict';

// Streams of the web made of Node.js's: https://nodejs.org/api/stream.html#streamreadabletowebstreamreadable-options

const { Buffer } = require('buffer');
const { AbortError, codes } = require('internal/errors');
const { validateObject, validateOneOf } = require('internal/validators');
const { destroyer } = require('internal/stream/destroy');
const { eos } = require('internal/stream/end_of_stream');
const {
  isDestroyed, isReadable, isReadableErrored, isReadableFinished, isWritable, isWritableEnded,
} = require('internal/stream/predicates');
const {
  ByteLengthQueuingStrategy, CountQueuingStrategy,
} = require('internal/webstreams/queuing_strategies');
const { ReadableStream } = require('internal/webstreams/readable_stream');
const { WritableStream } = require('internal/webstreams/writable_stream');
const { nothing } = require('internal/webstreams/util');
const { ERR_INVALID_ARG_TYPE, ERR_STREAM_NULL_VALUES } = codes;

/** Errors of zlib that say that the data is to blame. */
const DATA_ERRORS = new Set([
  'Z_NEED_DICT', 'Z_STREAM_END', 'Z_ERRNO', 'Z_STREAM_ERROR', 'Z_DATA_ERROR', 'Z_MEM_ERROR', 'Z_BUF_ERROR',
  'Z_VERSION_ERROR', 'ERR__ERROR_FORMAT_PADDING_1', 'ERR__ERROR_FORMAT_PADDING_2',
]);

/** An error of a stream as streams of the web tell it. */
function webError(cause) {
  if (cause === undefined || cause === null) return cause;
  const { code } = cause;
  if (code === 'ERR_STREAM_PREMATURE_CLOSE') return new AbortError(undefined, { cause });
  const isOfBrotli = typeof code === 'string' && code.startsWith('ERR__ERROR_FORMAT_');
  if (!DATA_ERRORS.has(code) && !isOfBrotli) return cause;
  const error = new TypeError(undefined, { cause });
  error.code = code;
  return error;
}

/** `validateChunk(chunk)` may refuse what is written. */
function writableToWeb(writable, validateChunk = nothing) {
  if (typeof writable?._writableState !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', writable);
  }
  if (isDestroyed(writable) || !isWritable(writable)) {
    const stream = new WritableStream();
    stream.close();
    return stream;
  }
  const highWaterMark = writable.writableHighWaterMark;
  const strategy = writable.writableObjectMode ? new CountQueuingStrategy({ highWaterMark }) : { highWaterMark };
  let controller;
  let drained;
  let closed;

  const cleanUp = eos(writable, (error) => {
    error = webError(error);
    cleanUp();
    // What comes later is nobody's business any more.
    writable.on('error', nothing);
    if (error != null) {
      drained?.reject(error);
      closed?.reject(error);
      closed = undefined;
      controller.error(error);
      return;
    }
    if (closed !== undefined) {
      closed.resolve();
      closed = undefined;
      return;
    }
    controller.error(new AbortError());
  });
  writable.on('drain', () => drained?.resolve());

  return new WritableStream({
    start(given) {
      controller = given;
    },

    write(chunk) {
      validateChunk(chunk);
      if (chunk === null && !writable.writableObjectMode) throw new ERR_STREAM_NULL_VALUES();
      if (chunk instanceof ArrayBuffer && !writable.writableObjectMode) chunk = new Uint8Array(chunk);
      if (!writable.writableNeedDrain) {
        writable.write(chunk);
        // One that has failed is not going to be drained.
        if (writable.errored || !writable.writableNeedDrain) return undefined;
      }
      drained = Promise.withResolvers();
      return drained.promise.finally(() => {
        drained = undefined;
      });
    },

    abort(reason) {
      destroyer(writable, reason);
    },

    close() {
      if (closed !== undefined || isWritableEnded(writable)) return undefined;
      closed = Promise.withResolvers();
      const { promise } = closed;
      writable.end();
      return promise;
    },
  }, strategy);
}

function readableToWeb(readable, options = {}) {
  if (typeof readable?._readableState !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', readable);
  }
  validateObject(options, 'options');
  if (options.type !== undefined) validateOneOf(options.type, 'options.type', ['bytes', undefined]);
  const isBytes = options.type === 'bytes';
  const objectMode = readable.readableObjectMode;
  const highWaterMark = readable.readableHighWaterMark;
  let strategy = options.strategy;
  if (isBytes) strategy = { highWaterMark };
  else strategy ??= new (objectMode ? CountQueuingStrategy : ByteLengthQueuingStrategy)({ highWaterMark });
  let controller;
  let isCancelled = false;

  const stream = new ReadableStream({
    type: isBytes ? 'bytes' : undefined,

    start(given) {
      controller = given;
    },

    pull() {
      readable.resume();
    },

    cancel(reason) {
      isCancelled = true;
      destroyer(readable, reason);
    },
  }, strategy);

  if (isDestroyed(readable) || !isReadable(readable)) {
    settle(readable, controller);
    return stream;
  }
  readable.pause();
  const cleanUp = eos(readable, { writable: false }, (error) => {
    error = webError(error);
    cleanUp();
    readable.on('error', nothing);
    if (error) {
      controller.error(error);
      return;
    }
    if (isCancelled) return;
    controller.close();
    if (isBytes) controller.byobRequest?.respond(0);
  });
  readable.on('data', (chunk) => {
    // The bytes of a small buffer are among those of others.
    if (Buffer.isBuffer(chunk) && !objectMode) chunk = new Uint8Array(chunk);
    controller.enqueue(chunk);
    if (controller.desiredSize <= 0) readable.pause();
  });
  return stream;
}

/** Tells how a stream has ended that gives no more. */
function settle(readable, controller) {
  const error = isReadableErrored(readable);
  if (error) controller.error(webError(error));
  else if (isReadableFinished(readable) || readable._readableState.readable === false) controller.close();
  else controller.error(webError(new codes.ERR_STREAM_PREMATURE_CLOSE()));
}

/** The two sides of a duplex stream, as `{ readable, writable }`. */
function duplexToWeb(duplex, options = {}, validateChunk = undefined) {
  if (typeof duplex?._writableState !== 'object' || typeof duplex?._readableState !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  validateObject(options, 'options');
  let type = options.readableType;
  if (type === undefined && options.type !== undefined) {
    validateOneOf(options.type, 'options.type', ['bytes', undefined]);
    ({ type } = options);
    warnOfType();
  }
  const readableOptions = { type };
  if (isDestroyed(duplex)) {
    const writable = new WritableStream();
    const readable = new ReadableStream({ type });
    writable.close();
    readable.cancel();
    return { readable, writable };
  }
  let writable;
  if (isWritable(duplex)) {
    writable = writableToWeb(duplex, validateChunk);
  } else {
    writable = new WritableStream();
    writable.close();
  }
  let readable;
  if (isReadable(duplex)) {
    readable = readableToWeb(duplex, readableOptions);
  } else {
    readable = new ReadableStream({ type });
    readable.cancel();
  }
  return { writable, readable };
}

let hasWarned = false;

function warnOfType() {
  if (hasWarned) return;
  hasWarned = true;
  require('process').emitWarning(
    "Passing 'options.type' to Duplex.toWeb() is deprecated. " +
    "To specify the ReadableStream type, use 'options.readableType'.", 'DeprecationWarning', 'DEP0201');
}

module.exports = { duplexToWeb, readableToWeb, writableToWeb };
