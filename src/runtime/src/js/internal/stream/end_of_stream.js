'use strict';

// When a stream has come to its end: https://nodejs.org/api/stream.html#streamfinishedstream-options-callback

const { AbortError, NotImplementedError, codes } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateObject,
} = require('internal/validators');
const {
  isClosed, isNodeStream, isReadable, isReadableErrored, isReadableFinished, isReadableNodeStream,
  isReadableStream, isRequest, isWritable, isWritableErrored, isWritableFinished,
  isWritableNodeStream, isWritableStream, kIsClosedPromise, willEmitClose: willClose,
} = require('internal/stream/predicates');
const { ERR_INVALID_ARG_TYPE, ERR_STREAM_PREMATURE_CLOSE } = codes;
const { nextTick } = native('process');
const { getContext, setContext } = native('async_context');

function nothing() {}

/** A function that does something only the first time, in the context that is now. */
function once(callback) {
  const context = getContext();
  let isCalled = false;
  return function(...args) {
    if (isCalled) return;
    isCalled = true;
    const outer = getContext();
    setContext(context);
    try {
      Reflect.apply(callback, this, args);
    } finally {
      setContext(outer);
    }
  };
}

function eos(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = {};
  } else if (options == null) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  validateFunction(callback, 'callback');
  validateAbortSignal(options.signal, 'options.signal');
  callback = once(callback);
  if (isReadableStream(stream) || isWritableStream(stream)) return eosOfWebStream(stream, options, callback);
  if (!isNodeStream(stream)) {
    throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }

  const wantsReadable = options.readable ?? isReadableNodeStream(stream);
  const wantsWritable = options.writable ?? isWritableNodeStream(stream);
  const { _writableState: writable, _readableState: readable } = stream;

  // If `close` will come, that is the end: but not where only one side is asked for.
  let willEmitClose = willClose(stream) && isReadableNodeStream(stream) === wantsReadable &&
    isWritableNodeStream(stream) === wantsWritable;
  let isWritableDone = isWritableFinished(stream, false);
  let isReadableDone = isReadableFinished(stream, false);
  let hasClosed = isClosed(stream);

  function onLegacyFinish() {
    if (!stream.writable) onFinish();
  }
  function onFinish() {
    isWritableDone = true;
    if (stream.destroyed) willEmitClose = false;
    if (willEmitClose && (!stream.readable || wantsReadable)) return;
    if (!wantsReadable || isReadableDone) callback.call(stream);
  }
  function onEnd() {
    isReadableDone = true;
    if (stream.destroyed) willEmitClose = false;
    if (willEmitClose && (!stream.writable || wantsWritable)) return;
    if (!wantsWritable || isWritableDone) callback.call(stream);
  }
  function onError(error) {
    callback.call(stream, error);
  }
  function onClose() {
    hasClosed = true;
    const error = isWritableErrored(stream) || isReadableErrored(stream);
    if (error && typeof error !== 'boolean') {
      callback.call(stream, error);
    } else if (wantsReadable && !isReadableDone && isReadableNodeStream(stream, true) &&
               !isReadableFinished(stream, false)) {
      callback.call(stream, new ERR_STREAM_PREMATURE_CLOSE());
    } else if (wantsWritable && !isWritableDone && !isWritableFinished(stream, false)) {
      callback.call(stream, new ERR_STREAM_PREMATURE_CLOSE());
    } else {
      callback.call(stream);
    }
  }
  function onClosed() {
    hasClosed = true;
    const error = isWritableErrored(stream) || isReadableErrored(stream);
    if (error && typeof error !== 'boolean') callback.call(stream, error);
    else callback.call(stream);
  }
  function onRequest() {
    stream.req.on('finish', onFinish);
  }

  if (isRequest(stream)) {
    stream.on('complete', onFinish);
    if (!willEmitClose) stream.on('abort', onClose);
    if (stream.req) onRequest();
    else stream.on('request', onRequest);
  } else if (wantsWritable && !writable) {
    stream.on('end', onLegacyFinish);
    stream.on('close', onLegacyFinish);
  }
  // Some close without ever telling.
  if (!willEmitClose && typeof stream.aborted === 'boolean') stream.on('aborted', onClose);
  stream.on('end', onEnd);
  stream.on('finish', onFinish);
  if (options.error !== false) stream.on('error', onError);
  stream.on('close', onClose);

  if (hasClosed) {
    nextTick(onClose);
  } else if (writable?.errorEmitted || readable?.errorEmitted) {
    if (!willEmitClose) nextTick(onClosed);
  } else if (!wantsReadable && (!willEmitClose || isReadable(stream)) &&
             (isWritableDone || isWritable(stream) === false) &&
             (writable == null || writable.pendingcb === undefined || writable.pendingcb === 0)) {
    nextTick(onClosed);
  } else if (!wantsWritable && (!willEmitClose || isWritable(stream)) &&
             (isReadableDone || isReadable(stream) === false)) {
    nextTick(onClosed);
  } else if (readable && stream.req && stream.aborted) {
    nextTick(onClosed);
  }

  const cleanUp = () => {
    callback = nothing;
    stream.removeListener('aborted', onClose);
    stream.removeListener('complete', onFinish);
    stream.removeListener('abort', onClose);
    stream.removeListener('request', onRequest);
    if (stream.req) stream.req.removeListener('finish', onFinish);
    stream.removeListener('end', onLegacyFinish);
    stream.removeListener('close', onLegacyFinish);
    stream.removeListener('finish', onFinish);
    stream.removeListener('end', onEnd);
    stream.removeListener('error', onError);
    stream.removeListener('close', onClose);
  };

  if (options.signal && !hasClosed) {
    const onAbort = () => {
      // Cleaning up takes the callback away.
      const last = callback;
      cleanUp();
      last.call(stream, new AbortError(undefined, { cause: options.signal.reason }));
    };
    if (options.signal.aborted) {
      nextTick(onAbort);
    } else {
      const { addAbortListener } = require('internal/events/abort_listener');
      const listener = addAbortListener(options.signal, onAbort);
      const inner = callback;
      callback = once((...args) => {
        listener[Symbol.dispose]();
        inner.apply(stream, args);
      });
    }
  }
  return cleanUp;
}

function eosOfWebStream(stream, options, callback) {
  const closed = stream[kIsClosedPromise];
  if (closed === undefined) throw new NotImplementedError('stream.finished of web streams');
  let isAborted = false;
  let onAbort = nothing;
  if (options.signal) {
    onAbort = () => {
      isAborted = true;
      callback.call(stream, new AbortError(undefined, { cause: options.signal.reason }));
    };
    if (options.signal.aborted) {
      nextTick(onAbort);
    } else {
      const { addAbortListener } = require('internal/events/abort_listener');
      const listener = addAbortListener(options.signal, onAbort);
      const inner = callback;
      callback = once((...args) => {
        listener[Symbol.dispose]();
        inner.apply(stream, args);
      });
    }
  }
  const onSettled = (...args) => {
    if (!isAborted) nextTick(() => callback.apply(stream, args));
  };
  closed.promise.then(onSettled, onSettled);
  return nothing;
}

/** https://nodejs.org/api/stream.html#streamfinishedstream-options */
function finished(stream, options) {
  let cleansUp = false;
  if (options === null) options = {};
  if (options?.cleanup) {
    validateBoolean(options.cleanup, 'cleanup');
    cleansUp = options.cleanup;
  }
  return new Promise((resolve, reject) => {
    const cleanUp = eos(stream, options, (error) => {
      if (cleansUp) cleanUp();
      if (error) reject(error);
      else resolve();
    });
  });
}

module.exports = { eos, finished };
