'use strict';

// Streams that end when a signal is aborted.

const { AbortError, codes } = require('internal/errors');
const { addAbortListener } = require('internal/events/abort_listener');
const {
  isNodeStream, isReadableStream, isWritableStream, kControllerErrorFunction,
} = require('internal/stream/predicates');

/** https://nodejs.org/api/stream.html#streamaddabortsignalsignal-stream */
function addAbortSignal(signal, stream) {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) {
    throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  }
  if (!isNodeStream(stream) && !isReadableStream(stream) && !isWritableStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  return destroyOnAbort(signal, stream);
}

/** The same without checks. */
function destroyOnAbort(signal, stream) {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) return stream;
  const onAbort = isNodeStream(stream) ?
    () => stream.destroy(new AbortError(undefined, { cause: signal.reason })) :
    () => stream[kControllerErrorFunction](new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) {
    onAbort();
  } else {
    const listener = addAbortListener(signal, onAbort);
    const { eos } = require('internal/stream/end_of_stream');
    eos(stream, listener[Symbol.dispose]);
  }
  return stream;
}

module.exports = { addAbortSignal, destroyOnAbort };
