'use strict';

// Duplex streams of all sorts of things: https://nodejs.org/api/stream.html#streamduplexfromsrc

const { AbortError, codes } = require('internal/errors');
const Duplex = require('internal/stream/duplex');
const Readable = require('internal/stream/readable');
const { destroyer } = require('internal/stream/destroy');
const { eos } = require('internal/stream/end_of_stream');
const { from } = require('internal/stream/from');
const {
  isDuplexNodeStream, isIterable, isNodeStream, isReadable, isReadableNodeStream,
  isReadableStream, isWritable, isWritableNodeStream, isWritableStream,
} = require('internal/stream/predicates');
const { nextTick } = native('process');
const { ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE } = codes;

class Duplexify extends Duplex {
  constructor(options) {
    super(options);
    if (options?.readable === false) {
      this._readableState.readable = false;
      this._readableState.ended = true;
      this._readableState.endEmitted = true;
    }
    if (options?.writable === false) {
      this._writableState.writable = false;
      this._writableState.ending = true;
      this._writableState.ended = true;
      this._writableState.finished = true;
    }
  }
}

function isBlob(value) {
  return typeof value === 'object' && value !== null && typeof value.arrayBuffer === 'function' &&
    Object.prototype.toString.call(value) === '[object Blob]';
}

function duplexFrom(body, name) {
  if (isDuplexNodeStream(body)) return body;
  if (isReadableNodeStream(body)) return ofPair({ readable: body });
  if (isWritableNodeStream(body)) return ofPair({ writable: body });
  if (isNodeStream(body)) return ofPair({ writable: false, readable: false });
  if (isReadableStream(body)) return ofPair({ readable: Readable.fromWeb(body) });
  if (isWritableStream(body)) return ofPair({ writable: require('internal/stream/writable').fromWeb(body) });
  if (typeof body === 'function') return ofFunction(body, name);
  if (isBlob(body)) return duplexFrom(body.arrayBuffer(), name);
  if (isIterable(body)) return from(Duplexify, body, { objectMode: true, writable: false });
  if (typeof body?.writable === 'object' || typeof body?.readable === 'object') {
    const part = (it, isPart) => (it ? isPart(it) ? it : duplexFrom(it, name) : undefined);
    return ofPair({
      readable: part(body.readable, isReadableNodeStream),
      writable: part(body.writable, isWritableNodeStream),
    });
  }
  const then = body?.then;
  if (typeof then === 'function') {
    let duplex;
    then.call(body, (value) => {
      if (value != null) duplex.push(value);
      duplex.push(null);
    }, (error) => destroyer(duplex, error));
    return duplex = new Duplexify({ objectMode: true, writable: false, read() {} });
  }
  throw new ERR_INVALID_ARG_TYPE(name, [
    'Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
    '{ readable, writable } pair', 'Promise',
  ], body);
}

function ofFunction(body, name) {
  const { value, write, final, destroy } = callWithWritten(body);
  if (isDuplexNodeStream(value)) return value;
  if (isIterable(value)) return from(Duplexify, value, { objectMode: true, write, final, destroy });
  const then = value?.then;
  if (typeof then === 'function') {
    let duplex;
    const promise = then.call(value, (result) => {
      if (result != null) throw new ERR_INVALID_RETURN_VALUE('nully', 'body', result);
    }, (error) => destroyer(duplex, error));
    return duplex = new Duplexify({
      objectMode: true,
      readable: false,
      write,
      final(callback) {
        final(async () => {
          try {
            await promise;
            nextTick(callback, null);
          } catch (error) {
            nextTick(callback, error);
          }
        });
      },
      destroy,
    });
  }
  throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, value);
}

/** Calls a function with an iterator over what is written. */
function callWithWritten(fn) {
  let { promise, resolve } = Promise.withResolvers();
  const controller = new (require('internal/abort_controller').AbortController)();
  const { signal } = controller;
  async function* written() {
    for (;;) {
      const current = promise;
      promise = null;
      const { chunk, done, callback } = await current;
      nextTick(callback);
      if (done) return;
      if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
      ({ promise, resolve } = Promise.withResolvers());
      yield chunk;
    }
  }
  const value = fn(written(), { signal });
  const give = (what) => {
    const current = resolve;
    resolve = null;
    current(what);
  };
  return {
    value,
    write(chunk, encoding, callback) { give({ chunk, done: false, callback }); },
    final(callback) { give({ done: true, callback }); },
    destroy(error, callback) {
      controller.abort();
      callback(error);
    },
  };
}

/** A duplex stream of two others. */
function ofPair(pair) {
  const readable = pair.readable && typeof pair.readable.read !== 'function' ?
    Readable.wrap(pair.readable) : pair.readable;
  const { writable } = pair;
  let canRead = Boolean(isReadable(readable));
  let canWrite = Boolean(isWritable(writable));

  let onDrain;
  let onFinish;
  let onReadable;
  let onClose;
  function onFinished(error) {
    const callback = onClose;
    onClose = null;
    if (callback) callback(error);
    else if (error) duplex.destroy(error);
  }

  const duplex = new Duplexify({
    readableObjectMode: Boolean(readable?.readableObjectMode),
    writableObjectMode: Boolean(writable?.writableObjectMode),
    readable: canRead,
    writable: canWrite,
  });

  if (canWrite) {
    eos(writable, (error) => {
      canWrite = false;
      if (error) destroyer(readable, error);
      onFinished(error);
    });
    duplex._write = function(chunk, encoding, callback) {
      if (writable.write(chunk, encoding)) callback();
      else onDrain = callback;
    };
    duplex._final = function(callback) {
      writable.end();
      onFinish = callback;
    };
    writable.on('drain', () => {
      const callback = onDrain;
      onDrain = null;
      callback?.();
    });
    writable.on('finish', () => {
      const callback = onFinish;
      onFinish = null;
      callback?.();
    });
  }
  if (canRead) {
    eos(readable, (error) => {
      canRead = false;
      if (error) destroyer(readable, error);
      onFinished(error);
    });
    readable.on('readable', () => {
      const callback = onReadable;
      onReadable = null;
      callback?.();
    });
    readable.on('end', () => duplex.push(null));
    duplex._read = function() {
      for (;;) {
        const chunk = readable.read();
        if (chunk === null) {
          onReadable = duplex._read;
          return;
        }
        if (!duplex.push(chunk)) return;
      }
    };
  }
  duplex._destroy = function(error, callback) {
    if (!error && onClose !== null) error = new AbortError();
    onReadable = null;
    onDrain = null;
    onFinish = null;
    if (onClose === null) {
      callback(error);
    } else {
      onClose = callback;
      destroyer(writable, error);
      destroyer(readable, error);
    }
  };
  return duplex;
}

module.exports = { duplexFrom };
