'use strict';

// Node.js's streams made of those of the web: https://nodejs.org/api/stream.html#streamreadablefromwebreadablestream-options

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateBoolean, validateObject } = require('internal/validators');
const { destroyer } = require('internal/stream/destroy');
const { isReadableStream } = require('internal/webstreams/readable_stream');
const { isWritableStream } = require('internal/webstreams/writable_stream');
const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;
const { nextTick } = native('process');

/** Calls a callback; what it throws goes to `fail`. */
function callSafely(callback, fail, error) {
  try {
    callback(error);
  } catch (thrown) {
    fail(thrown);
  }
}

function throwLater(error) {
  nextTick(() => {
    throw error;
  });
}

function validateEncodingOption(encoding) {
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('options.encoding', encoding);
  }
}

/** The methods of a readable stream that reads from a stream of the web. */
function readingSide(stream, getStream) {
  const reader = stream.getReader();
  let isClosed = false;
  reader.closed.then(() => {
    isClosed = true;
  }, (error) => {
    isClosed = true;
    destroyer(getStream(), error);
  });
  return {
    read() {
      reader.read().then(({ done, value }) => {
        this.push(done ? null : value);
      }, (error) => destroyer(this, error));
    },

    /** Undefined if there is nothing to wait for. */
    close(error) {
      return isClosed ? undefined : reader.cancel(error);
    },
  };
}

/** The methods of a writable stream that writes to a stream of the web. */
function writingSide(stream, decodeStrings, objectMode, getStream) {
  const writer = stream.getWriter();
  let isClosed = false;
  writer.closed.then(() => {
    isClosed = true;
  }, (error) => {
    isClosed = true;
    destroyer(getStream(), error);
  });

  function toChunk(chunk, encoding) {
    if (typeof chunk !== 'string' || !decodeStrings || objectMode) return chunk;
    const bytes = Buffer.from(chunk, encoding);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  return {
    writev(chunks, callback) {
      const done = (error) => callSafely(callback, (thrown) => nextTick(() => destroyer(this, thrown)), error);
      writer.ready.then(() => Promise.all(chunks.map(({ chunk, encoding }) => (
        writer.write(toChunk(chunk, encoding)))))).then(() => done(), done);
    },

    write(chunk, encoding, callback) {
      chunk = toChunk(chunk, encoding);
      const done = (error) => callSafely(callback, (thrown) => destroyer(this, thrown), error);
      writer.ready.then(() => writer.write(chunk)).then(() => done(), done);
    },

    final(callback) {
      const done = (error) => callSafely(
        callback, (thrown) => nextTick(() => destroyer(this, thrown)), error);
      if (!isClosed) writer.close().then(() => done(), done);
    },

    close(error) {
      if (isClosed) return undefined;
      return error != null ? writer.abort(error) : writer.close();
    },
  };
}

function destroyWith(...sides) {
  return (error, callback) => {
    const done = () => callSafely(callback, throwLater, error);
    const waits = sides.map((side) => side.close(error)).filter((promise) => promise !== undefined);
    if (waits.length === 0) done();
    else Promise.all(waits).then(done, done);
  };
}

function readableFromWeb(stream, options = {}) {
  if (!isReadableStream(stream)) throw new ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', stream);
  validateObject(options, 'options');
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  validateEncodingOption(encoding);
  validateBoolean(objectMode, 'options.objectMode');
  const Readable = require('internal/stream/readable');
  const side = readingSide(stream, () => readable);
  const readable = new Readable({
    objectMode, highWaterMark, encoding, signal, read: side.read, destroy: destroyWith(side),
  });
  return readable;
}

function writableFromWeb(stream, options = {}) {
  if (!isWritableStream(stream)) throw new ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', stream);
  validateObject(options, 'options');
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  validateBoolean(decodeStrings, 'options.decodeStrings');
  const Writable = require('internal/stream/writable');
  const side = writingSide(stream, decodeStrings, objectMode, () => writable);
  const { write, writev, final } = side;
  const writable = new Writable({
    highWaterMark, objectMode, decodeStrings, signal, write, writev, final, destroy: destroyWith(side),
  });
  return writable;
}

function duplexFromWeb(pair = {}, options = {}) {
  validateObject(pair, 'pair');
  const { readable, writable } = pair;
  if (!isReadableStream(readable)) throw new ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readable);
  if (!isWritableStream(writable)) throw new ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writable);
  validateObject(options, 'options');
  const {
    allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal,
  } = options;
  validateBoolean(objectMode, 'options.objectMode');
  validateEncodingOption(encoding);
  const Duplex = require('internal/stream/duplex');
  const writing = writingSide(writable, decodeStrings, objectMode, () => duplex);
  const reading = readingSide(readable, () => duplex);
  const { write, writev, final } = writing;
  const duplex = new Duplex({
    allowHalfOpen,
    highWaterMark,
    readableHighWaterMark: highWaterMark,
    writableHighWaterMark: highWaterMark,
    objectMode,
    encoding,
    decodeStrings,
    signal,
    write,
    writev,
    final,
    read: reading.read,
    destroy: destroyWith(writing, reading),
  });
  return duplex;
}

module.exports = { duplexFromWeb, readableFromWeb, writableFromWeb };
