'use strict';

// How streams begin (`_construct`) and end: https://nodejs.org/api/stream.html#writabledestroyerror

const { AbortError, aggregateTwoErrors, codes } = require('internal/errors');
const { common, readable: R, writable: W } = require('internal/stream/flags');
const { nextTick } = native('process');

const kDestroy = Symbol('kDestroy');
const kConstruct = Symbol('kConstruct');

/** Notes an error on both sides, unless there is one. */
function note(error, writable, readable) {
  if (!error) return;
  // So that the stack is made where it happened.
  error.stack; // eslint-disable-line no-unused-expressions
  if (writable && !writable.errored) writable.errored = error;
  if (readable && !readable.errored) readable.errored = error;
}

/** The method `destroy` of all streams. */
function destroy(error, callback) {
  const readable = this._readableState;
  const writable = this._writableState;
  const state = writable || readable;
  if (writable?.destroyed || readable?.destroyed) {
    if (typeof callback === 'function') callback();
    return this;
  }
  note(error, writable, readable);
  if (writable) writable.destroyed = true;
  if (readable) readable.destroyed = true;
  // What is not constructed yet is destroyed after that.
  if (!state.constructed) {
    this.once(kDestroy, function(later) {
      runDestroy(this, aggregateTwoErrors(later, error), callback);
    });
  } else {
    runDestroy(this, error, callback);
  }
  return this;
}

function runDestroy(stream, error, callback) {
  let isDone = false;
  function onDestroy(error) {
    if (isDone) return;
    isDone = true;
    const readable = stream._readableState;
    const writable = stream._writableState;
    note(error, writable, readable);
    if (writable) writable.closed = true;
    if (readable) readable.closed = true;
    if (typeof callback === 'function') callback(error);
    if (error) nextTick(emitErrorAndClose, stream, error);
    else nextTick(emitClose, stream);
  }
  try {
    stream._destroy(error || null, onDestroy);
  } catch (thrown) {
    onDestroy(thrown);
  }
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function emitClose(stream) {
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (writable) writable.closeEmitted = true;
  if (readable) readable.closeEmitted = true;
  if (writable?.emitClose || readable?.emitClose) stream.emit('close');
}

function emitError(stream, error) {
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (writable?.errorEmitted || readable?.errorEmitted) return;
  if (writable) writable.errorEmitted = true;
  if (readable) readable.errorEmitted = true;
  stream.emit('error', error);
}

/** Has a destroyed stream begin again: what sockets do that reconnect. */
function undestroy() {
  const { _readableState: readable, _writableState: writable } = this;
  const reset = common.destroyed | common.closed | common.closeEmitted | common.errorEmitted;
  if (readable) {
    readable.flags = readable.flags & ~(reset | R.reading | R.ended | R.endEmitted) | common.constructed;
    if (readable.readable === false) readable.flags |= R.ended | R.endEmitted;
    readable.errored = null;
  }
  if (writable) {
    writable.flags = writable.flags &
      ~(reset | W.ended | W.ending | W.finalCalled | W.prefinished | W.finished) | common.constructed;
    if (writable.writable === false) writable.flags |= W.ended | W.ending | W.finished;
    writable.errored = null;
  }
}

/** Ends a stream with an error, or only emits that, if it is not to be destroyed. */
function errorOrDestroy(stream, error, isSync) {
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (writable?.destroyed || readable?.destroyed) return stream;
  if (readable?.autoDestroy || writable?.autoDestroy) {
    stream.destroy(error);
  } else if (error) {
    note(error, writable, readable);
    if (isSync) nextTick(emitError, stream, error);
    else emitError(stream, error);
  }
  return stream;
}

/** Calls `_construct`, and `callback` after it. */
function construct(stream, callback) {
  if (typeof stream._construct !== 'function') return;
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (readable) readable.constructed = false;
  if (writable) writable.constructed = false;
  stream.once(kConstruct, callback);
  // Both sides of a duplex stream come here.
  if (stream.listenerCount(kConstruct) > 1) return;
  nextTick(runConstruct, stream);
}

function runConstruct(stream) {
  let isDone = false;
  function onConstruct(error) {
    if (isDone) {
      errorOrDestroy(stream, error ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    isDone = true;
    const readable = stream._readableState;
    const writable = stream._writableState;
    const state = writable || readable;
    if (readable) readable.constructed = true;
    if (writable) writable.constructed = true;
    if (state.destroyed) {
      stream.emit(kDestroy, error);
    } else if (error) {
      errorOrDestroy(stream, error, true);
    } else {
      stream.emit(kConstruct);
    }
  }
  try {
    stream._construct((error) => nextTick(onConstruct, error));
  } catch (error) {
    nextTick(onConstruct, error);
  }
}

/** Ends a stream of whatever sort. */
function destroyer(stream, error) {
  const {
    isDestroyed, isFinished, isRequest, isServerRequest, kIsDestroyed,
  } = require('internal/stream/predicates');
  if (!stream || isDestroyed(stream)) return;
  if (!error && !isFinished(stream)) error = new AbortError();
  if (isServerRequest(stream)) {
    // The response still needs the socket.
    stream.socket = null;
    stream.destroy(error);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(error);
  } else if (typeof stream.close === 'function') {
    stream.close();
  }
  if (!stream.destroyed) stream[kIsDestroyed] = true;
}

module.exports = { construct, destroy, destroyer, errorOrDestroy, undestroy };
