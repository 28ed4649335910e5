'use strict';

// https://nodejs.org/api/stream.html#readable-streams
//
// The order of events, and what happens in the same tick, is what programs rely on. Where a
// method schedules something instead of doing it, that is part of the interface.

const { AbortError, codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { Stream } = require('internal/stream/legacy');
const { construct, destroy, errorOrDestroy, undestroy } = require('internal/stream/destroy');
const { readable: F } = require('internal/stream/flags');
const { ReadableState, take } = require('internal/stream/readable_state');
const { Buffer } = require('buffer');
const { nextTick } = native('process');

const on = Stream.prototype.on;

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  // What most have, so that those share a shape.
  this._events ??= { close: undefined, error: undefined, data: undefined, end: undefined, readable: undefined };
  this._readableState = new ReadableState(options, this, false);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
  }
  Stream.call(this, options);
  if (options?.signal) require('internal/stream/abort').addAbortSignal(options.signal, this);
  if (this._construct != null) {
    construct(this, () => {
      const state = this._readableState;
      if ((state.flags & F.needReadable) !== 0) maybeReadMore(this, state);
    });
  }
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);

Readable.ReadableState = ReadableState;
Readable._fromList = take;

Readable.prototype.destroy = destroy;
Readable.prototype._undestroy = undestroy;
Readable.prototype._destroy = function(error, callback) {
  callback(error);
};

Readable.prototype[Symbol.for('nodejs.rejection')] = function(error) {
  this.destroy(error);
};

Readable.prototype[Symbol.asyncDispose] = function() {
  let error;
  if (!this.destroyed) {
    error = this.readableEnded ? null : new AbortError();
    this.destroy(error);
  }
  return new Promise((resolve, reject) => {
    const { eos } = require('internal/stream/end_of_stream');
    eos(this, (failure) => (failure && failure !== error ? reject(failure) : resolve(null)));
  });
};

// ---------------------------------------------------------------------------
// What comes in
// ---------------------------------------------------------------------------

Readable.prototype.push = function(chunk, encoding) {
  const state = this._readableState;
  if (chunk === null) return pushEnd(this, state);
  if ((state.flags & F.objectMode) === 0) {
    if (typeof chunk === 'string') {
      encoding ||= state.defaultEncoding;
      if (state.encoding !== encoding) {
        chunk = Buffer.from(chunk, encoding);
        encoding = '';
      }
    } else {
      if (!(chunk instanceof Buffer)) {
        if (!ArrayBuffer.isView(chunk)) return pushInvalid(this, state, chunk);
        chunk = toBuffer(chunk);
      }
      encoding = '';
    }
    if (chunk.length <= 0) return pushEmpty(this, state);
  }
  if ((state.flags & F.ended) !== 0) {
    errorOrDestroy(this, new codes.ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }
  if ((state.flags & (F.destroyed | F.hasErrored)) !== 0) return false;
  state.flags &= ~F.reading;
  if (state.decoder !== null && !encoding) {
    chunk = state.decoder.write(chunk);
    if (chunk.length === 0 && (state.flags & F.objectMode) === 0) {
      maybeReadMore(this, state);
      return canPushMore(state);
    }
  }
  addChunk(this, state, chunk, false);
  return canPushMore(state);
};

/** Puts something back. */
Readable.prototype.unshift = function(chunk, encoding) {
  const state = this._readableState;
  if (chunk === null) return pushEnd(this, state);
  if ((state.flags & F.objectMode) === 0) {
    if (typeof chunk === 'string') {
      encoding ||= state.defaultEncoding;
      if (state.encoding !== encoding) {
        chunk = Buffer.from(chunk, encoding);
        if (state.encoding) chunk = chunk.toString(state.encoding);
      }
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = toBuffer(chunk);
    } else {
      return pushInvalid(this, state, chunk);
    }
    if (chunk.length <= 0) return canPushMore(state);
  }
  if ((state.flags & F.endEmitted) !== 0) {
    errorOrDestroy(this, new codes.ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
  } else if ((state.flags & (F.destroyed | F.hasErrored)) !== 0) {
    return false;
  } else {
    addChunk(this, state, chunk, true);
  }
  return canPushMore(state);
};

function toBuffer(view) {
  return view instanceof Buffer ? view : Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

function pushEnd(stream, state) {
  state.flags &= ~F.reading;
  onEnd(stream, state);
  return false;
}

function pushEmpty(stream, state) {
  state.flags &= ~F.reading;
  maybeReadMore(stream, state);
  return canPushMore(state);
}

function pushInvalid(stream, state, chunk) {
  if (chunk === undefined) return pushEmpty(stream, state);
  errorOrDestroy(stream, new codes.ERR_INVALID_ARG_TYPE(
    'chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
  return false;
}

function canPushMore(state) {
  return (state.flags & F.ended) === 0 && (state.length < state.highWaterMark || state.length === 0);
}

function addChunk(stream, state, chunk, isFront) {
  if ((state.flags & (F.isFlowing | F.sync)) === F.isFlowing && state.length === 0 &&
      stream.listenerCount('data') > 0) {
    // It need not be buffered.
    drained(state);
    state.flags |= F.dataEmitted;
    stream.emit('data', chunk);
  } else {
    state.length += (state.flags & F.objectMode) !== 0 ? 1 : chunk.length;
    if (!isFront) state.buffer.push(chunk);
    else if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk;
    else state.buffer.unshift(chunk);
    if ((state.flags & F.needReadable) !== 0) emitReadable(stream);
  }
  maybeReadMore(stream, state);
}

/** Nobody is waited for any more. */
function drained(state) {
  if ((state.flags & F.multiAwaitDrain) !== 0) state.awaitDrainWriters.clear();
  else state.awaitDrainWriters = null;
}

function onEnd(stream, state) {
  if ((state.flags & F.ended) !== 0) return;
  if (state.decoder !== null) {
    const rest = state.decoder.end();
    if (rest?.length) {
      state.buffer.push(rest);
      state.length += (state.flags & F.objectMode) !== 0 ? 1 : rest.length;
    }
  }
  state.flags |= F.ended;
  if ((state.flags & F.sync) !== 0) {
    // Somebody is reading just now, and is told later.
    emitReadable(stream);
  } else {
    state.flags = state.flags & ~F.needReadable | F.emittedReadable;
    emitReadableNow(stream);
  }
}

function emitReadable(stream) {
  const state = stream._readableState;
  state.flags &= ~F.needReadable;
  if ((state.flags & F.emittedReadable) === 0) {
    state.flags |= F.emittedReadable;
    nextTick(emitReadableNow, stream);
  }
}

function emitReadableNow(stream) {
  const state = stream._readableState;
  if ((state.flags & (F.destroyed | F.hasErrored)) === 0 &&
      (state.length > 0 || (state.flags & F.ended) !== 0)) {
    stream.emit('readable');
    state.flags &= ~F.emittedReadable;
  }
  // Who does not flow, and has not enough, is told again.
  if ((state.flags & (F.isFlowing | F.ended)) === 0 && state.length <= state.highWaterMark) {
    state.flags |= F.needReadable;
  } else {
    state.flags &= ~F.needReadable;
  }
  flow(stream);
}

/** Reads ahead, once nothing else is done in this tick. */
function maybeReadMore(stream, state) {
  if ((state.flags & (F.readingMore | F.constructed)) === F.constructed) {
    state.flags |= F.readingMore;
    nextTick(readMore, stream, state);
  }
}

function readMore(stream, state) {
  // It ends where nothing comes at once, and where there is enough.
  while ((state.flags & (F.reading | F.ended)) === 0 &&
         (state.length < state.highWaterMark ||
          (state.flags & F.isFlowing) !== 0 && state.length === 0)) {
    const before = state.length;
    stream.read(0);
    if (state.length === before) break;
  }
  state.flags &= ~F.readingMore;
}

// ---------------------------------------------------------------------------
// What goes out
// ---------------------------------------------------------------------------

/** No high-water mark is raised to more. */
const MOST = 0x40000000;

function raisedHighWaterMark(count) {
  if (count > MOST) throw new codes.ERR_OUT_OF_RANGE('size', '<= 1GiB', count);
  // The next power of two.
  return count <= 1 ? 1 : 2 ** (32 - Math.clz32(count - 1));
}

/** How much a call of `read` gives. */
function countToRead(count, state) {
  if (count <= 0 || state.length === 0 && (state.flags & F.ended) !== 0) return 0;
  if ((state.flags & F.objectMode) !== 0) return 1;
  if (Number.isNaN(count)) {
    // Bytes as they have come; text that nobody waits for in one piece.
    if (state.length > 0 && ((state.flags & F.isFlowing) !== 0 || state.decoder === null)) {
      return state.buffer[state.bufferIndex].length;
    }
    return state.length;
  }
  if (count <= state.length) return count;
  return (state.flags & F.ended) !== 0 ? state.length : 0;
}

Readable.prototype.read = function(count) {
  if (count === undefined) count = NaN;
  else if (!Number.isInteger(count)) count = Number.parseInt(count, 10);
  const state = this._readableState;
  const asked = count;
  if (count > state.highWaterMark) state.highWaterMark = raisedHighWaterMark(count);
  if (count !== 0) state.flags &= ~F.emittedReadable;

  // Somebody only wants `readable` to be emitted, and there is enough for that.
  if (count === 0 && (state.flags & F.needReadable) !== 0 &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) ||
       (state.flags & F.ended) !== 0)) {
    if (state.length === 0 && (state.flags & F.ended) !== 0) endReadable(this);
    else emitReadable(this);
    return null;
  }
  count = countToRead(count, state);
  if (count === 0 && (state.flags & F.ended) !== 0) {
    if (state.length === 0) endReadable(this);
    return null;
  }

  const isWanted = (state.flags & F.needReadable) !== 0 || state.length === 0 ||
    state.length - count < state.highWaterMark;
  const busy = F.ended | F.reading | F.destroyed | F.hasErrored | F.constructed;
  if (isWanted && (state.flags & busy) === F.constructed) {
    state.flags |= F.reading | F.sync;
    if (state.length === 0) state.flags |= F.needReadable;
    try {
      this._read(state.highWaterMark);
    } catch (error) {
      errorOrDestroy(this, error);
    }
    state.flags &= ~F.sync;
    // Something may have been pushed at once.
    if ((state.flags & F.reading) === 0) count = countToRead(asked, state);
  }

  const result = count > 0 ? take(count, state) : null;
  if (result === null) {
    if (state.length <= state.highWaterMark) state.flags |= F.needReadable;
    else state.flags &= ~F.needReadable;
    count = 0;
  } else {
    state.length -= count;
    drained(state);
  }
  if (state.length === 0) {
    if ((state.flags & F.ended) === 0) state.flags |= F.needReadable;
    else if (asked !== count) endReadable(this);
  }
  if (result !== null && (state.flags & F.closeEmitted) === 0) {
    state.flags |= F.dataEmitted;
    this.emit('data', result);
  }
  return result;
};

Readable.prototype._read = function(count) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

function endReadable(stream) {
  const state = stream._readableState;
  if ((state.flags & F.endEmitted) === 0) {
    state.flags |= F.ended;
    nextTick(emitEnd, state, stream);
  }
}

function emitEnd(state, stream) {
  if ((state.flags & (F.hasErrored | F.closeEmitted | F.endEmitted)) !== 0 || state.length > 0) return;
  state.flags |= F.endEmitted;
  stream.emit('end');
  if (stream.writable && stream.allowHalfOpen === false) {
    nextTick(endWritable, stream);
  } else if ((state.flags & F.autoDestroy) !== 0) {
    // A duplex stream waits for its other side.
    const other = stream._writableState;
    if (!other || other.autoDestroy && (other.finished || other.writable === false)) stream.destroy();
  }
}

function endWritable(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

// ---------------------------------------------------------------------------
// Flowing and paused
// ---------------------------------------------------------------------------

Readable.prototype.on = function(event, listener) {
  const result = on.call(this, event, listener);
  const state = this._readableState;
  if (event === 'data') {
    state.readableListening = this.listenerCount('readable') > 0;
    // Unless it was paused explicitly.
    if (state.flowing !== false) this.resume();
  } else if (event === 'readable') {
    if ((state.flags & (F.endEmitted | F.readableListening)) === 0) {
      state.flags = (state.flags | F.readableListening | F.needReadable | F.hasFlowing) &
        ~(F.isFlowing | F.emittedReadable);
      if (state.length > 0) emitReadable(this);
      else if ((state.flags & F.reading) === 0) nextTick(beginReading, this);
    }
  }
  return result;
};
Readable.prototype.addListener = Readable.prototype.on;

function beginReading(stream) {
  stream.read(0);
}

Readable.prototype.removeListener = function(event, listener) {
  const result = Stream.prototype.removeListener.call(this, event, listener);
  if (event === 'readable') {
    // Later: a listener that is removed and added again must not change anything.
    nextTick(updateReadableListening, this);
  }
  return result;
};
Readable.prototype.off = Readable.prototype.removeListener;

Readable.prototype.removeAllListeners = function(event) {
  const result = Stream.prototype.removeAllListeners.apply(this, arguments);
  if (event === 'readable' || event === undefined) nextTick(updateReadableListening, this);
  return result;
};

function updateReadableListening(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if ((state.flags & F.resumeScheduled) !== 0 && state.paused === false) {
    state.flags |= F.hasFlowing | F.isFlowing;
  } else if (stream.listenerCount('data') > 0) {
    stream.resume();
  } else if ((state.flags & F.readableListening) === 0) {
    state.flags &= ~(F.hasFlowing | F.isFlowing);
  }
}

Readable.prototype.resume = function() {
  const state = this._readableState;
  if ((state.flags & F.destroyed) !== 0) return this;
  if ((state.flags & F.isFlowing) === 0) {
    // With listeners of `readable` it is they who read.
    state.flowing = (state.flags & F.readableListening) === 0;
    if ((state.flags & F.resumeScheduled) === 0) {
      state.flags |= F.resumeScheduled;
      nextTick(resumeNow, this, state);
    }
  }
  state.flags = (state.flags | F.hasPaused) & ~F.isPaused;
  return this;
};

function resumeNow(stream, state) {
  if ((state.flags & F.reading) === 0) stream.read(0);
  state.flags &= ~F.resumeScheduled;
  stream.emit('resume');
  flow(stream);
  if ((state.flags & (F.isFlowing | F.reading)) === F.isFlowing) stream.read(0);
}

Readable.prototype.pause = function() {
  const state = this._readableState;
  if ((state.flags & F.destroyed) !== 0) return this;
  if (state.flowing !== false) {
    state.flags = (state.flags | F.hasFlowing) & ~F.isFlowing;
    this.emit('pause');
  }
  state.flags |= F.hasPaused | F.isPaused;
  return this;
};

function flow(stream) {
  const state = stream._readableState;
  while ((state.flags & F.isFlowing) !== 0 && stream.read() !== null);
}

Readable.prototype.isPaused = function() {
  return this._readableState.paused === true || this._readableState.flowing === false;
};

Readable.prototype.setEncoding = function(encoding) {
  const { StringDecoder } = require('string_decoder');
  const state = this._readableState;
  const decoder = new StringDecoder(encoding);
  state.decoder = decoder;
  state.encoding = decoder.encoding;
  // What is there already becomes a string, too.
  let content = '';
  for (const chunk of state.buffer.slice(state.bufferIndex)) content += decoder.write(chunk);
  state.buffer.length = 0;
  state.bufferIndex = 0;
  if (content !== '') state.buffer.push(content);
  state.length = content.length;
  return this;
};

// ---------------------------------------------------------------------------
// Iteration
// ---------------------------------------------------------------------------

Readable.prototype[Symbol.asyncIterator] = function() {
  return require('internal/stream/iteration').iterate(this);
};

Readable.prototype.iterator = function(options) {
  if (options !== undefined) {
    validateObject(options, 'options');
  }
  return require('internal/stream/iteration').iterate(this, options);
};

// ---------------------------------------------------------------------------
// Properties
// ---------------------------------------------------------------------------

function defineGetter(name, get, set) {
  Object.defineProperty(Readable.prototype, name, { configurable: true, enumerable: false, get, set });
}

const gone = F.destroyed | F.errorEmitted | F.endEmitted;

Object.defineProperty(Readable.prototype, 'readable', {
  configurable: true,
  enumerable: false,
  get() {
    const state = this._readableState;
    // The constructor of a duplex stream sets it to false.
    return Boolean(state) && state.readable !== false && (state.flags & gone) === 0;
  },
  set(value) {
    if (this._readableState) this._readableState.readable = Boolean(value);
  },
});
defineGetter('readableDidRead', function() { return this._readableState.dataEmitted; });
defineGetter('readableAborted', function() {
  const state = this._readableState;
  return Boolean(state.readable !== false && (state.destroyed || state.errored) && !state.endEmitted);
});
defineGetter('readableHighWaterMark', function() { return this._readableState.highWaterMark; });
defineGetter('readableBuffer', function() { return this._readableState?.buffer; });
defineGetter('readableFlowing', function() { return this._readableState.flowing; }, function(value) {
  if (this._readableState) this._readableState.flowing = value;
});
defineGetter('readableLength', function() { return this._readableState.length; });
defineGetter('readableObjectMode', function() {
  return this._readableState ? this._readableState.objectMode : false;
});
defineGetter('readableEncoding', function() {
  return this._readableState ? this._readableState.encoding : null;
});
defineGetter('errored', function() { return this._readableState ? this._readableState.errored : null; });
defineGetter('closed', function() { return this._readableState ? this._readableState.closed : false; });
defineGetter('destroyed', function() {
  return this._readableState ? this._readableState.destroyed : false;
}, function(value) {
  if (this._readableState) this._readableState.destroyed = value;
});
defineGetter('readableEnded', function() {
  return this._readableState ? this._readableState.endEmitted : false;
});

module.exports = Readable;

// For duplex streams.
Object.defineProperty(Readable, Symbol.for('axil.internals'), { value: { maybeReadMore } });

require('internal/stream/pipe').install(Readable);
require('internal/stream/readable_sources').install(Readable);
