'use strict';

// https://nodejs.org/api/stream.html#writable-streams
//
// As with readable streams, it is part of the interface in which tick something happens.

const { AbortError, codes } = require('internal/errors');
const { Stream } = require('internal/stream/legacy');
const { construct, destroy, errorOrDestroy, undestroy } = require('internal/stream/destroy');
const { writable: F } = require('internal/stream/flags');
const { WritableState, nothingBuffered, resetBuffer } = require('internal/stream/writable_state');
const { Buffer } = require('buffer');
const { nextTick } = native('process');
const {
  ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_MULTIPLE_CALLBACK, ERR_UNKNOWN_ENCODING,
} = codes;

function nothing() {}

function Writable(options) {
  if (!(this instanceof Writable)) return new Writable(options);
  // What most have, so that those share a shape.
  this._events ??= {
    close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined,
  };
  this._writableState = new WritableState(options, this, false);
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
  }
  Stream.call(this, options);
  if (options?.signal) require('internal/stream/abort').addAbortSignal(options.signal, this);
  if (this._construct != null) construct(this, () => startWriting(this));
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);

Writable.WritableState = WritableState;

/** A duplex stream is one, too, though it does not inherit from it. */
Object.defineProperty(Writable, Symbol.hasInstance, {
  value: function(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && Boolean(object) && object._writableState instanceof WritableState;
  },
});

/** What has been constructed writes what has been buffered. */
function startWriting(stream) {
  const state = stream._writableState;
  if ((state.flags & F.writing) === 0) clearBuffer(stream, state);
  if ((state.flags & F.ending) !== 0) finishMaybe(stream, state);
}

Writable.prototype.pipe = function() {
  errorOrDestroy(this, new codes.ERR_STREAM_CANNOT_PIPE());
};

// ---------------------------------------------------------------------------
// Writing
// ---------------------------------------------------------------------------

/** Writes; the result is an error, or whether more may be written. */
function write(stream, chunk, encoding, callback) {
  if (callback == null || typeof callback !== 'function') callback = nothing;
  const state = stream._writableState;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if ((state.flags & F.objectMode) === 0) {
    if (!encoding) encoding = state.defaultEncoding;
    else if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
    if (typeof chunk === 'string') {
      if ((state.flags & F.decodeStrings) !== 0) {
        chunk = Buffer.from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof Buffer) {
      encoding = 'buffer';
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
  }
  if ((state.flags & (F.ending | F.destroyed)) !== 0) {
    const error = (state.flags & F.ending) !== 0 ?
      new codes.ERR_STREAM_WRITE_AFTER_END() : new codes.ERR_STREAM_DESTROYED('write');
    nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }
  state.pendingcb++;
  return writeOrBuffer(stream, state, chunk, encoding, callback);
}

Writable.prototype.write = function(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  return write(this, chunk, encoding, callback) === true;
};

function writeOrBuffer(stream, state, chunk, encoding, callback) {
  const length = (state.flags & F.objectMode) !== 0 ? 1 : chunk.length;
  state.length += length;
  if ((state.flags & (F.writing | F.hasErrored | F.constructed)) !== F.constructed || state.corked > 0) {
    if (state.buffered === nothingBuffered) state.buffered = [];
    state.buffered.push({ chunk, encoding, callback });
    if (encoding !== 'buffer') state.flags &= ~F.allBuffers;
    if (callback !== nothing) state.flags &= ~F.allNoop;
  } else {
    state.writelen = length;
    state.writecb = callback;
    state.flags |= F.writing | F.sync;
    state.onwrite ??= (error) => onWrite(stream, error);
    stream._write(chunk, encoding, state.onwrite);
    state.flags &= ~F.sync;
  }
  // What has been written at once takes no room.
  const hasRoom = state.length < state.highWaterMark || state.length === 0;
  if (!hasRoom) state.flags |= F.needDrain;
  return hasRoom && (state.flags & (F.destroyed | F.hasErrored)) === 0;
}

function writeNow(stream, state, isVector, length, chunk, encoding, callback) {
  state.writelen = length;
  state.writecb = callback;
  state.flags |= F.writing | F.sync;
  state.onwrite ??= (error) => onWrite(stream, error);
  if ((state.flags & F.destroyed) !== 0) state.onwrite(new codes.ERR_STREAM_DESTROYED('write'));
  else if (isVector) stream._writev(chunk, state.onwrite);
  else stream._write(chunk, encoding, state.onwrite);
  state.flags &= ~F.sync;
}

Writable.prototype._write = function(chunk, encoding, callback) {
  if (!this._writev) throw new ERR_METHOD_NOT_IMPLEMENTED('_write()');
  this._writev([{ chunk, encoding }], callback);
};

Writable.prototype._writev = null;

/** What `_write` and `_writev` call when they are done. */
function onWrite(stream, error) {
  const state = stream._writableState;
  const isSync = (state.flags & F.sync) !== 0;
  const callback = state.writecb;
  if (typeof callback !== 'function') {
    errorOrDestroy(stream, new ERR_MULTIPLE_CALLBACK());
    return;
  }
  state.flags &= ~F.writing;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;

  if (error) {
    error.stack; // eslint-disable-line no-unused-expressions
    if (!state.errored) state.errored = error;
    // The other side ends with it.
    if (stream._readableState && !stream._readableState.errored) stream._readableState.errored = error;
    if (isSync) nextTick(onWriteError, stream, state, error, callback);
    else onWriteError(stream, state, error, callback);
    return;
  }
  if (state.buffered.length > state.bufferedIndex) clearBuffer(stream, state);
  if (!isSync) {
    afterWrite(stream, state, 1, callback);
    return;
  }
  // What is written in one tick is told of together.
  if (callback === nothing) {
    const wantsDrain = (state.flags & (F.ending | F.destroyed | F.needDrain)) === F.needDrain &&
      state.length === 0;
    if ((state.flags & F.afterWritePending) === 0 && (wantsDrain || (state.flags & F.destroyed) !== 0)) {
      state.flags |= F.afterWritePending;
      nextTick(afterWrite, stream, state, 1, callback);
    } else {
      state.pendingcb--;
      if ((state.flags & F.ending) !== 0) finishMaybe(stream, state, true);
    }
  } else if (state.afterWriteTickInfo !== null && state.afterWriteTickInfo.callback === callback) {
    state.afterWriteTickInfo.count++;
  } else {
    state.afterWriteTickInfo = { count: 1, callback, stream, state };
    state.flags |= F.afterWritePending;
    nextTick(afterWriteTick, state.afterWriteTickInfo);
  }
}

function onWriteError(stream, state, error, callback) {
  state.pendingcb--;
  callback(error);
  // What is buffered will not be written either.
  errorBuffer(state);
  errorOrDestroy(stream, error);
}

function afterWriteTick({ stream, state, count, callback }) {
  state.afterWriteTickInfo = null;
  afterWrite(stream, state, count, callback);
}

function afterWrite(stream, state, count, callback) {
  state.flags &= ~F.afterWritePending;
  const isDrained = (state.flags & (F.ending | F.needDrain)) === F.needDrain && !stream.destroyed &&
    state.length === 0;
  if (isDrained) {
    state.flags &= ~F.needDrain;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if ((state.flags & F.destroyed) !== 0) errorBuffer(state);
  if ((state.flags & F.ending) !== 0) finishMaybe(stream, state, true);
}

/** Calls back, with an error, for all that will not be written. */
function errorBuffer(state) {
  if ((state.flags & F.writing) !== 0) return;
  const { buffered } = state;
  for (let at = state.bufferedIndex; at < buffered.length; at++) {
    const { chunk, callback } = buffered[at];
    state.length -= (state.flags & F.objectMode) !== 0 ? 1 : chunk.length;
    callback(state.errored ?? new codes.ERR_STREAM_DESTROYED('write'));
  }
  callFinishCallbacks(state, state.errored ?? new codes.ERR_STREAM_DESTROYED('end'));
  resetBuffer(state);
}

/** Buffers of so many written entries are made shorter. */
const LONG = 256;

/** Writes what has been buffered: all at once if there is `_writev`. */
function clearBuffer(stream, state) {
  const busy = F.bufferProcessing | F.destroyed | F.constructed;
  if (state.corked > 0 || (state.flags & busy) !== F.constructed) return;
  const { buffered, bufferedIndex } = state;
  const count = buffered.length - bufferedIndex;
  if (count === 0) return;

  let at = bufferedIndex;
  state.flags |= F.bufferProcessing;
  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const callback = (state.flags & F.allNoop) !== 0 ? nothing : (error) => {
      for (let each = at; each < buffered.length; each++) buffered[each].callback(error);
    };
    const chunks = (state.flags & F.allNoop) !== 0 && at === 0 ? buffered : buffered.slice(at);
    chunks.allBuffers = (state.flags & F.allBuffers) !== 0;
    writeNow(stream, state, true, state.length, chunks, '', callback);
    resetBuffer(state);
  } else {
    do {
      const { chunk, encoding, callback } = buffered[at];
      buffered[at++] = null;
      const length = (state.flags & F.objectMode) !== 0 ? 1 : chunk.length;
      writeNow(stream, state, false, length, chunk, encoding, callback);
    } while (at < buffered.length && (state.flags & F.writing) === 0);
    if (at === buffered.length) {
      resetBuffer(state);
    } else if (at > LONG) {
      buffered.splice(0, at);
      state.bufferedIndex = 0;
    } else {
      state.bufferedIndex = at;
    }
  }
  state.flags &= ~F.bufferProcessing;
}

Writable.prototype.cork = function() {
  this._writableState.corked++;
};

Writable.prototype.uncork = function() {
  const state = this._writableState;
  if (state.corked === 0) return;
  state.corked--;
  if ((state.flags & F.writing) === 0) clearBuffer(this, state);
};

Writable.prototype.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!Buffer.isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

// ---------------------------------------------------------------------------
// The end
// ---------------------------------------------------------------------------

Writable.prototype.end = function(chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = write(this, chunk, encoding);
    if (result instanceof Error) error = result;
  }
  if (state.corked > 0) {
    state.corked = 1;
    this.uncork();
  }
  if (error) {
    // It has been told already.
  } else if ((state.flags & (F.hasErrored | F.ending)) === 0) {
    state.flags |= F.ending;
    finishMaybe(this, state, true);
    state.flags |= F.ended;
  } else if ((state.flags & F.finished) !== 0) {
    error = new codes.ERR_STREAM_ALREADY_FINISHED('end');
  } else if ((state.flags & F.destroyed) !== 0) {
    error = new codes.ERR_STREAM_DESTROYED('end');
  }
  if (typeof callback === 'function') {
    if (error) {
      nextTick(callback, error);
    } else if ((state.flags & F.hasErrored) !== 0) {
      nextTick(callback, state.errored);
    } else if ((state.flags & F.finished) !== 0) {
      nextTick(callback, null);
    } else {
      state.flags |= F.hasFinishCallbacks;
      state.finishCallbacks ??= [];
      state.finishCallbacks.push(callback);
    }
  }
  return this;
};

function callFinishCallbacks(state, error) {
  const callbacks = state.finishCallbacks;
  if (callbacks === null) return;
  state.finishCallbacks = null;
  state.flags &= ~F.hasFinishCallbacks;
  for (const callback of callbacks) callback(error);
}

/** Whether all has been written, and nothing stands in the way of the end. */
function needFinish(state) {
  const all = F.ending | F.constructed | F.destroyed | F.finished | F.writing | F.hasErrored |
    F.errorEmitted | F.closeEmitted;
  return (state.flags & all) === (F.ending | F.constructed) && state.length === 0 &&
    state.buffered.length === 0;
}

function finishMaybe(stream, state, isSync) {
  if (!needFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb > 0) return;
  if (isSync) {
    state.pendingcb++;
    nextTick(finishLater, stream, state);
  } else if (needFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finishLater(stream, state) {
  if (needFinish(state)) finish(stream, state);
  else state.pendingcb--;
}

function prefinish(stream, state) {
  if ((state.flags & (F.prefinished | F.finalCalled)) !== 0) return;
  if (typeof stream._final === 'function' && (state.flags & F.destroyed) === 0) {
    state.flags |= F.finalCalled;
    callFinal(stream, state);
  } else {
    state.flags |= F.prefinished;
    stream.emit('prefinish');
  }
}

function callFinal(stream, state) {
  let isDone = false;
  function onFinal(error) {
    if (isDone) {
      errorOrDestroy(stream, error ?? new ERR_MULTIPLE_CALLBACK());
      return;
    }
    isDone = true;
    state.pendingcb--;
    if (error) {
      callFinishCallbacks(state, error);
      errorOrDestroy(stream, error, (state.flags & F.sync) !== 0);
    } else if (needFinish(state)) {
      state.flags |= F.prefinished;
      stream.emit('prefinish');
      // `finish` comes later, even if `_final` was done at once.
      state.pendingcb++;
      nextTick(finish, stream, state);
    }
  }
  state.flags |= F.sync;
  state.pendingcb++;
  try {
    stream._final(onFinal);
  } catch (error) {
    onFinal(error);
  }
  state.flags &= ~F.sync;
}

function finish(stream, state) {
  state.pendingcb--;
  state.flags |= F.finished;
  callFinishCallbacks(state, null);
  stream.emit('finish');
  if ((state.flags & F.autoDestroy) !== 0) {
    // A duplex stream waits for its other side.
    const other = stream._readableState;
    if (!other || other.autoDestroy && (other.endEmitted || other.readable === false)) stream.destroy();
  }
}

Writable.prototype.destroy = function(error, callback) {
  const state = this._writableState;
  if ((state.flags & F.destroyed) === 0 &&
      (state.bufferedIndex < state.buffered.length || (state.flags & F.hasFinishCallbacks) !== 0)) {
    nextTick(errorBuffer, state);
  }
  destroy.call(this, error, callback);
  return this;
};

Writable.prototype._undestroy = undestroy;
Writable.prototype._destroy = function(error, callback) {
  callback(error);
};

Writable.prototype[Symbol.for('nodejs.rejection')] = function(error) {
  this.destroy(error);
};

Writable.prototype[Symbol.asyncDispose] = function() {
  let error;
  if (!this.destroyed) {
    error = this.writableFinished ? null : new AbortError();
    this.destroy(error);
  }
  return new Promise((resolve, reject) => {
    const { eos } = require('internal/stream/end_of_stream');
    eos(this, (failure) => (failure && failure.name !== 'AbortError' ? reject(failure) : resolve(null)));
  });
};

Writable.fromWeb = function fromWeb(writableStream, options) {
  return require('internal/webstreams/adapters_from_web').writableFromWeb(writableStream, options);
};

Writable.toWeb = function toWeb(streamWritable) {
  return require('internal/webstreams/adapters_to_web').writableToWeb(streamWritable);
};

// ---------------------------------------------------------------------------
// Properties
// ---------------------------------------------------------------------------

function defineGetter(name, get, set) {
  Object.defineProperty(Writable.prototype, name, { configurable: true, enumerable: false, get, set });
}

defineGetter('closed', function() { return this._writableState ? this._writableState.closed : false; });
defineGetter('destroyed', function() {
  return this._writableState ? this._writableState.destroyed : false;
}, function(value) {
  if (this._writableState) this._writableState.destroyed = value;
});
defineGetter('writable', function() {
  const state = this._writableState;
  // The constructor of a duplex stream sets it to false.
  return Boolean(state) && state.writable !== false &&
    (state.flags & (F.ending | F.ended | F.destroyed | F.hasErrored)) === 0;
}, function(value) {
  if (this._writableState) this._writableState.writable = Boolean(value);
});
defineGetter('writableFinished', function() {
  return this._writableState ? this._writableState.finished : false;
});
defineGetter('writableObjectMode', function() {
  return this._writableState ? this._writableState.objectMode : false;
});
defineGetter('writableBuffer', function() { return this._writableState?.getBuffer(); });
defineGetter('writableEnded', function() { return this._writableState ? this._writableState.ending : false; });
defineGetter('writableNeedDrain', function() {
  const state = this._writableState;
  return state ? (state.flags & (F.destroyed | F.ending | F.needDrain)) === F.needDrain : false;
});
defineGetter('writableHighWaterMark', function() { return this._writableState?.highWaterMark; });
defineGetter('writableCorked', function() { return this._writableState ? this._writableState.corked : 0; });
defineGetter('writableLength', function() { return this._writableState?.length; });
defineGetter('errored', function() { return this._writableState ? this._writableState.errored : null; });
defineGetter('writableAborted', function() {
  const state = this._writableState;
  return Boolean(state.writable !== false && (state.destroyed || state.errored) && !state.finished);
});

module.exports = Writable;

// For duplex streams.
Object.defineProperty(Writable, Symbol.for('axil.internals'), { value: { startWriting } });
