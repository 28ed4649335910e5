'use strict';

// The state of the readable side of a stream (`_readableState`).

const { defineErrored, defineFlags, readable: F } = require('internal/stream/flags');
const { getDefaultHighWaterMark, highWaterMarkOf } = require('internal/stream/high_water_mark');

/** What nobody pipes from has. */
const noPipes = Object.freeze([]);

function ReadableState(options, stream, isDuplex) {
  this.flags = F.emitClose | F.autoDestroy | F.constructed | F.sync;
  this.highWaterMark = 0;
  this.buffer = [];
  /** Where the buffer begins: what is before that has been read. */
  this.bufferIndex = 0;
  /** Of the buffer, in bytes or objects. */
  this.length = 0;
  this.pipes = noPipes;
  /** The destinations that have asked to wait: one, or a set of them. */
  this.awaitDrainWriters = null;
  this.error = null;
  this.decoder = null;
  this.encoding = null;
  this.defaultEncoding = 'utf8';
  if (options) {
    if (options.objectMode || isDuplex && options.readableObjectMode) this.flags |= F.objectMode;
    this.highWaterMark = highWaterMarkOf(
      (this.flags & F.objectMode) !== 0, options, 'readableHighWaterMark', isDuplex);
    if (options.emitClose === false) this.flags &= ~F.emitClose;
    if (options.autoDestroy === false) this.flags &= ~F.autoDestroy;
    const encoding = options.defaultEncoding;
    if (encoding != null && encoding !== 'utf8' && encoding !== 'utf-8') {
      const { Buffer } = require('buffer');
      const { codes } = require('internal/errors');
      if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
      this.defaultEncoding = encoding;
    }
    if (options.encoding) {
      const { StringDecoder } = require('string_decoder');
      this.decoder = new StringDecoder(options.encoding);
      this.encoding = options.encoding;
    }
  } else {
    this.highWaterMark = getDefaultHighWaterMark(false);
  }
}

defineFlags(ReadableState.prototype, F, [
  'objectMode', 'ended', 'endEmitted', 'reading', 'constructed', 'sync', 'needReadable',
  'emittedReadable', 'readableListening', 'resumeScheduled', 'errorEmitted', 'emitClose',
  'autoDestroy', 'destroyed', 'closed', 'closeEmitted', 'multiAwaitDrain', 'readingMore',
  'dataEmitted',
]);
defineErrored(ReadableState.prototype);

/** A property with three values, of two bits: null where nobody has said anything. */
function defineThreefold(name, known, yes) {
  Object.defineProperty(ReadableState.prototype, name, {
    configurable: true,
    enumerable: false,
    get() { return (this.flags & known) === 0 ? null : (this.flags & yes) !== 0; },
    set(value) {
      if (value == null) this.flags &= ~(known | yes);
      else if (value) this.flags |= known | yes;
      else this.flags = (this.flags | known) & ~yes;
    },
  });
}

defineThreefold('flowing', F.hasFlowing, F.isFlowing);
defineThreefold('paused', F.hasPaused, F.isPaused);

Object.defineProperty(ReadableState.prototype, 'pipesCount', {
  configurable: true,
  enumerable: false,
  get() { return this.pipes.length; },
});

/** Takes so many bytes from the buffer, or one object; all of it if no number is given. */
function take(count, state) {
  if (state.length === 0) return null;
  const { buffer } = state;
  const first = state.bufferIndex;
  let result;
  let next;
  if ((state.flags & F.objectMode) !== 0) {
    result = buffer[first];
    buffer[first] = null;
    next = first + 1;
  } else if (!count || count >= state.length) {
    if (buffer.length - first === 1) result = buffer[first];
    else if (state.decoder !== null) result = (first === 0 ? buffer : buffer.slice(first)).join('');
    else result = concat(buffer, first, state.length);
    next = buffer.length;
  } else if (count < buffer[first].length) {
    // A part of the first one.
    result = buffer[first].slice(0, count);
    buffer[first] = buffer[first].slice(count);
    return result;
  } else if (count === buffer[first].length) {
    result = buffer[first];
    buffer[first] = null;
    next = first + 1;
  } else {
    let missing = count;
    const parts = [];
    next = first;
    while (missing > 0) {
      const part = buffer[next];
      if (part.length > missing) {
        parts.push(part.slice(0, missing));
        buffer[next] = part.slice(missing);
        break;
      }
      parts.push(part);
      missing -= part.length;
      buffer[next++] = null;
    }
    result = state.decoder !== null ? parts.join('') : concat(parts, 0, count);
  }
  if (next === buffer.length) {
    buffer.length = 0;
    state.bufferIndex = 0;
  } else if (next > 1024) {
    buffer.splice(0, next);
    state.bufferIndex = 0;
  } else {
    state.bufferIndex = next;
  }
  return result;
}

function concat(parts, first, length) {
  const { Buffer } = require('buffer');
  return Buffer.concat(first === 0 ? parts : parts.slice(first), length);
}

module.exports = { ReadableState, noPipes, take };
