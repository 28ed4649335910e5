'use strict';

// What a stream is and how far it has come, for streams of all sorts: Node.js's, those of
// other libraries that look alike, messages of `http`, and those of the web.

const kIsDestroyed = Symbol.for('nodejs.stream.destroyed');
const kIsErrored = Symbol.for('nodejs.stream.errored');
const kIsReadable = Symbol.for('nodejs.stream.readable');
const kIsWritable = Symbol.for('nodejs.stream.writable');
const kIsDisturbed = Symbol.for('nodejs.stream.disturbed');
const kOnConstructed = Symbol('kOnConstructed');
const kIsClosedPromise = Symbol.for('nodejs.webstream.isClosedPromise');
const kControllerErrorFunction = Symbol.for('nodejs.webstream.controllerErrorFunction');

const has = (object, method) => typeof object[method] === 'function';

// ---------------------------------------------------------------------------
// Kinds
// ---------------------------------------------------------------------------

function isReadableNodeStream(stream, isStrict = false) {
  if (!stream || !has(stream, 'pipe') || !has(stream, 'on')) return false;
  if (isStrict && !(has(stream, 'pause') && has(stream, 'resume'))) return false;
  // One that is only written to has `pipe`, too, to complain.
  if (!stream._writableState) return true;
  return Boolean(stream._readableState) && stream._readableState.readable !== false;
}

function isWritableNodeStream(stream) {
  if (!stream || !has(stream, 'write') || !has(stream, 'on')) return false;
  return !stream._readableState || stream._writableState?.writable !== false;
}

function isDuplexNodeStream(stream) {
  return Boolean(stream && has(stream, 'pipe') && stream._readableState &&
    has(stream, 'on') && has(stream, 'write'));
}

function isNodeStream(stream) {
  return Boolean(stream && (stream._readableState || stream._writableState ||
    has(stream, 'on') && (has(stream, 'write') || has(stream, 'pipe'))));
}

function isReadableStream(value) {
  return Boolean(value && !isNodeStream(value) && has(value, 'pipeThrough') &&
    has(value, 'getReader') && has(value, 'cancel'));
}

function isWritableStream(value) {
  return Boolean(value && !isNodeStream(value) && has(value, 'getWriter') && has(value, 'abort'));
}

function isTransformStream(value) {
  return Boolean(value && !isNodeStream(value) &&
    typeof value.readable === 'object' && typeof value.writable === 'object');
}

function isWebStream(value) {
  return isReadableStream(value) || isWritableStream(value) || isTransformStream(value);
}

/** Whether it can be iterated over: in either way, or in the one that is asked for. */
function isIterable(value, isAsync) {
  if (value == null) return false;
  if (isAsync === true) return has(value, Symbol.asyncIterator);
  if (isAsync === false) return has(value, Symbol.iterator);
  return has(value, Symbol.asyncIterator) || has(value, Symbol.iterator);
}

// ---------------------------------------------------------------------------
// How far it has come. Null: nobody knows.
// ---------------------------------------------------------------------------

function isDestroyed(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  return Boolean(stream.destroyed || stream[kIsDestroyed] || state?.destroyed);
}

/** Whether `end` has been called. */
function isWritableEnded(stream) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableEnded === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  return typeof state?.ended === 'boolean' ? state.ended : null;
}

/** Whether `finish` has been emitted; if not strict, whether nothing is left to write. */
function isWritableFinished(stream, isStrict) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableFinished === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  if (typeof state?.finished !== 'boolean') return null;
  return state.finished || isStrict === false && state.ended === true && state.length === 0;
}

/** Whether nothing more is pushed. */
function isReadableEnded(stream) {
  if (!isReadableNodeStream(stream)) return null;
  if (stream.readableEnded === true) return true;
  const state = stream._readableState;
  if (!state || state.errored) return false;
  return typeof state.ended === 'boolean' ? state.ended : null;
}

/** Whether `end` has been emitted; if not strict, whether nothing is left to read. */
function isReadableFinished(stream, isStrict) {
  if (!isReadableNodeStream(stream)) return null;
  const state = stream._readableState;
  if (state?.errored) return false;
  if (typeof state?.endEmitted !== 'boolean') return null;
  return state.endEmitted || isStrict === false && state.ended === true && state.length === 0;
}

function isReadable(stream) {
  if (stream?.[kIsReadable] != null) return stream[kIsReadable];
  if (typeof stream?.readable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isReadableNodeStream(stream) && stream.readable && !isReadableFinished(stream);
}

function isWritable(stream) {
  if (stream?.[kIsWritable] != null) return stream[kIsWritable];
  if (typeof stream?.writable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isWritableNodeStream(stream) && stream.writable && !isWritableEnded(stream);
}

function isFinished(stream, options) {
  if (!isNodeStream(stream)) return null;
  if (isDestroyed(stream)) return true;
  if (options?.readable !== false && isReadable(stream)) return false;
  return !(options?.writable !== false && isWritable(stream));
}

function isWritableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.writableErrored || (stream._writableState?.errored ?? null);
}

function isReadableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.readableErrored || (stream._readableState?.errored ?? null);
}

function isClosed(stream) {
  if (!isNodeStream(stream)) return null;
  if (typeof stream.closed === 'boolean') return stream.closed;
  const ofWritable = stream._writableState?.closed;
  const ofReadable = stream._readableState?.closed;
  if (typeof ofWritable === 'boolean' || typeof ofReadable === 'boolean') return ofWritable || ofReadable;
  if (typeof stream._closed === 'boolean' && isOutgoingMessage(stream)) return stream._closed;
  return null;
}

/** Whether something of it has been read, or it was given up. */
function isDisturbed(stream) {
  return Boolean(stream && (stream[kIsDisturbed] ?? (stream.readableDidRead || stream.readableAborted)));
}

function isErrored(stream) {
  if (!stream) return false;
  const { _readableState: readable, _writableState: writable } = stream;
  return Boolean(stream[kIsErrored] ?? stream.readableErrored ?? stream.writableErrored ??
    readable?.errorEmitted ?? writable?.errorEmitted ?? readable?.errored ?? writable?.errored);
}

// ---------------------------------------------------------------------------
// Messages of `http`
// ---------------------------------------------------------------------------

function isOutgoingMessage(stream) {
  return ['_closed', '_defaultKeepAlive', '_removedConnection', '_removedContLen']
    .every((name) => typeof stream[name] === 'boolean');
}

function isServerResponse(stream) {
  return typeof stream._sent100 === 'boolean' && isOutgoingMessage(stream);
}

function isServerRequest(stream) {
  return typeof stream._consuming === 'boolean' && typeof stream._dumped === 'boolean' &&
    stream.req?.upgradeOrConnect === undefined;
}

/** A request of a client, or what libraries have like it. */
function isRequest(stream) {
  return Boolean(stream?.setHeader && has(stream, 'abort'));
}

function willEmitClose(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  if (!state) return isServerResponse(stream);
  return Boolean(state.autoDestroy && state.emitClose && state.closed === false);
}

module.exports = {
  isClosed,
  isDestroyed,
  isDisturbed,
  isDuplexNodeStream,
  isErrored,
  isFinished,
  isIterable,
  isNodeStream,
  isReadable,
  isReadableEnded,
  isReadableErrored,
  isReadableFinished,
  isReadableNodeStream,
  isReadableStream,
  isRequest,
  isServerRequest,
  isServerResponse,
  isTransformStream,
  isWebStream,
  isWritable,
  isWritableEnded,
  isWritableErrored,
  isWritableFinished,
  isWritableNodeStream,
  isWritableStream,
  kControllerErrorFunction,
  kIsClosedPromise,
  kIsDestroyed,
  kIsDisturbed,
  kIsErrored,
  kIsReadable,
  kIsWritable,
  kOnConstructed,
  willEmitClose,
};
