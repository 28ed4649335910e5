'use strict';

// https://nodejs.org/api/stream.html#streampipelinesource-transforms-destination-callback

const { AbortError, aggregateTwoErrors, codes } = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { destroyer: destroyStream } = require('internal/stream/destroy');
const { eos } = require('internal/stream/end_of_stream');
const {
  isIterable, isNodeStream, isReadable, isReadableFinished, isReadableNodeStream,
  isReadableStream, isTransformStream, isWebStream, isWritable,
} = require('internal/stream/predicates');
const {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE, ERR_MISSING_ARGS, ERR_STREAM_DESTROYED,
  ERR_STREAM_PREMATURE_CLOSE, ERR_STREAM_UNABLE_TO_PIPE,
} = codes;
const { nextTick } = native('process');

function once(callback) {
  let isCalled = false;
  return (...args) => {
    if (isCalled) return;
    isCalled = true;
    callback(...args);
  };
}

/** What ends a stream of the pipeline when another one fails, and stops listening to it. */
function destroyerOf(stream, isReading, isWriting) {
  let isFinished = false;
  stream.on('close', () => {
    isFinished = true;
  });
  const cleanUp = eos(stream, { readable: isReading, writable: isWriting }, (error) => {
    isFinished = !error;
  });
  return {
    destroy(error) {
      if (isFinished) return;
      isFinished = true;
      destroyStream(stream, error || new ERR_STREAM_DESTROYED('pipe'));
    },
    cleanUp,
  };
}

/** What can be iterated over asynchronously. */
function toAsyncIterable(value) {
  if (isIterable(value)) return value;
  if (isReadableNodeStream(value)) return fromReadable(value);
  throw new ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable'], value);
}

async function* fromReadable(value) {
  const Readable = require('internal/stream/readable');
  yield* Readable.prototype[Symbol.asyncIterator].call(value);
}

/** Writes all that an iterable gives to a stream. */
async function pumpToNode(iterable, writable, finish, { end }) {
  let error;
  let onResolve = null;
  const resume = (failure) => {
    if (failure) error = failure;
    if (onResolve) {
      const callback = onResolve;
      onResolve = null;
      callback();
    }
  };
  const wait = () => new Promise((resolve, reject) => {
    if (error) {
      reject(error);
    } else {
      onResolve = () => {
        if (error) reject(error);
        else resolve();
      };
    }
  });
  writable.on('drain', resume);
  const cleanUp = eos(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await wait();
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) await wait();
    }
    if (end) {
      writable.end();
      await wait();
    }
    finish();
  } catch (failure) {
    finish(error !== failure ? aggregateTwoErrors(error, failure) : failure);
  } finally {
    cleanUp();
    writable.off('drain', resume);
  }
}

/** Writes all that an iterable gives to a stream of the web. */
async function pumpToWeb(readable, writable, finish, { end }) {
  if (isTransformStream(writable)) writable = writable.writable;
  const writer = writable.getWriter();
  try {
    for await (const chunk of readable) {
      await writer.ready;
      writer.write(chunk).catch(() => {});
    }
    await writer.ready;
    if (end) await writer.close();
    finish();
  } catch (error) {
    try {
      await writer.abort(error);
      finish(error);
    } catch (failure) {
      finish(failure);
    }
  }
}

function pipeline(...streams) {
  const callback = streams.pop();
  validateFunction(callback, 'streams[stream.length - 1]');
  return pipelineOf(streams, once(callback));
}

/** A pipeline of a list of streams; `options` has `signal` and `end`. */
function pipelineOf(streams, callback, options) {
  if (streams.length === 1 && Array.isArray(streams[0])) streams = streams[0];
  if (streams.length < 2) throw new ERR_MISSING_ARGS('streams');

  const controller = new (require('internal/abort_controller').AbortController)();
  const { signal } = controller;
  const outerSignal = options?.signal;
  // The last one is left alone by a listener, for somebody may still use it.
  const lastCleanUps = [];
  validateAbortSignal(outerSignal, 'options.signal');

  function abort() {
    finishWith(new AbortError('The operation was aborted', { cause: outerSignal?.reason }));
  }
  let listener;
  if (outerSignal) {
    const { addAbortListener } = require('internal/events/abort_listener');
    listener = addAbortListener(outerSignal, abort);
  }

  let error;
  let value;
  const destroys = [];
  let finishCount = 0;

  function finish(failure) {
    finishWith(failure, --finishCount === 0);
  }
  function finishOnlyError(failure) {
    finishWith(failure, false);
  }
  function finishWith(failure, isFinal) {
    if (failure && (!error || error.code === 'ERR_STREAM_PREMATURE_CLOSE')) error = failure;
    if (!error && !isFinal) return;
    while (destroys.length > 0) destroys.shift()(error);
    listener?.[Symbol.dispose]();
    controller.abort();
    if (isFinal) {
      if (!error) for (const cleanUp of lastCleanUps) cleanUp();
      nextTick(callback, error, value);
    }
  }

  let result;
  for (let i = 0; i < streams.length; i++) {
    const stream = streams[i];
    const isReading = i < streams.length - 1;
    const isWriting = i > 0;
    const isLast = i === streams.length - 1;
    const end = isReading || options?.end !== false;

    if (isNodeStream(stream)) {
      if (end) {
        const { destroy, cleanUp } = destroyerOf(stream, isReading, isWriting);
        destroys.push(destroy);
        if (isReadable(stream) && isLast) lastCleanUps.push(cleanUp);
      }
      // Errors after the end are nobody's business any more.
      const onError = (failure) => {
        if (failure && failure.name !== 'AbortError' && failure.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
          finishOnlyError(failure);
        }
      };
      stream.on('error', onError);
      if (isReadable(stream) && isLast) {
        lastCleanUps.push(() => stream.removeListener('error', onError));
      }
    }

    if (i === 0) {
      if (typeof stream === 'function') {
        result = stream({ signal });
        if (!isIterable(result)) {
          throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', result);
        }
      } else if (isIterable(stream) || isReadableNodeStream(stream) || isTransformStream(stream)) {
        result = stream;
      } else {
        const Duplex = require('internal/stream/duplex');
        result = Duplex.from(stream);
      }
    } else if (typeof stream === 'function') {
      result = isTransformStream(result) ? toAsyncIterable(result?.readable) : toAsyncIterable(result);
      result = stream(result, { signal });
      if (isReading) {
        if (!isIterable(result, true)) {
          throw new ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${i - 1}]`, result);
        }
      } else {
        // The result of the last function is that of the pipeline; who wants to read from it
        // gets a stream.
        const PassThrough = require('internal/stream/passthrough');
        const last = new PassThrough({ objectMode: true });
        const then = result?.then;
        if (typeof then === 'function') {
          finishCount++;
          then.call(result, (resolved) => {
            value = resolved;
            if (resolved != null) last.write(resolved);
            if (end) last.end();
            nextTick(finish);
          }, (failure) => {
            last.destroy(failure);
            nextTick(finish, failure);
          });
        } else if (isIterable(result, true)) {
          finishCount++;
          pumpToNode(result, last, finish, { end });
        } else if (isReadableStream(result) || isTransformStream(result)) {
          finishCount++;
          pumpToNode(result.readable || result, last, finish, { end });
        } else {
          throw new ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', result);
        }
        result = last;
        const { destroy, cleanUp } = destroyerOf(last, false, true);
        destroys.push(destroy);
        lastCleanUps.push(cleanUp);
      }
    } else if (isNodeStream(stream)) {
      if (isReadableNodeStream(result)) {
        finishCount += 2;
        const cleanUp = pipeStreams(result, stream, finish, finishOnlyError, { end });
        if (isReadable(stream) && isLast) lastCleanUps.push(cleanUp);
      } else if (isTransformStream(result) || isReadableStream(result)) {
        finishCount++;
        pumpToNode(result.readable || result, stream, finish, { end });
      } else if (isIterable(result)) {
        finishCount++;
        pumpToNode(result, stream, finish, { end });
      } else {
        throw new ERR_INVALID_ARG_TYPE(
          'val', ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], result);
      }
      result = stream;
    } else if (isWebStream(stream)) {
      if (isReadableNodeStream(result)) {
        finishCount++;
        pumpToWeb(toAsyncIterable(result), stream, finish, { end });
      } else if (isReadableStream(result) || isIterable(result)) {
        finishCount++;
        pumpToWeb(result, stream, finish, { end });
      } else if (isTransformStream(result)) {
        finishCount++;
        pumpToWeb(result.readable, stream, finish, { end });
      } else {
        throw new ERR_INVALID_ARG_TYPE(
          'val', ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], result);
      }
      result = stream;
    } else {
      const Duplex = require('internal/stream/duplex');
      result = Duplex.from(stream);
    }
  }
  if (signal.aborted || outerSignal?.aborted) nextTick(abort);
  return result;
}

/** Pipes one stream into the next. */
function pipeStreams(source, destination, finish, finishOnlyError, { end }) {
  if (destination.destroyed || isWritable(destination) === false) throw new ERR_STREAM_UNABLE_TO_PIPE();
  let hasEnded = false;
  destination.on('close', () => {
    if (!hasEnded) finishOnlyError(new ERR_STREAM_PREMATURE_CLOSE());
  });
  // The source's end does not end the destination: that is done here, or not at all.
  source.pipe(destination, { end: false });
  if (end) {
    const endIt = () => {
      hasEnded = true;
      destination.end();
    };
    if (isReadableFinished(source)) nextTick(endIt);
    else source.once('end', endIt);
  } else {
    finish();
  }
  eos(source, { readable: true, writable: false }, (error) => {
    const state = source._readableState;
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE' && state?.ended && !state.errored &&
        !state.errorEmitted) {
      // It was closed after all had come, and before `end`: some old streams do that.
      source.once('end', finish).once('error', finish);
    } else {
      finish(error);
    }
  });
  return eos(destination, { readable: false, writable: true }, finish);
}

module.exports = { pipeline, pipelineOf };
