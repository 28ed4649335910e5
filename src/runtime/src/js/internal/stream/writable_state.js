'use strict';

// The state of the writable side of a stream (`_writableState`).

const { defineErrored, defineFlags, writable: F } = require('internal/stream/flags');
const { getDefaultHighWaterMark, highWaterMarkOf } = require('internal/stream/high_water_mark');

/** What has nothing buffered has. */
const nothingBuffered = Object.freeze([]);

function WritableState(options, stream, isDuplex) {
  this.flags = F.emitClose | F.autoDestroy | F.constructed | F.sync | F.decodeStrings |
    F.allBuffers | F.allNoop;
  this.highWaterMark = 0;
  /** Of what is written and not yet done, in bytes or objects. */
  this.length = 0;
  /** How often `cork` has been called. */
  this.corked = 0;
  /** What `_write` calls back, made when something is written. */
  this.onwrite = null;
  /** The callback and the length of what is being written. */
  this.writecb = null;
  this.writelen = 0;
  this.buffered = nothingBuffered;
  this.bufferedIndex = 0;
  /** How many callbacks have not been called: `finish` waits for them. */
  this.pendingcb = 0;
  this.error = null;
  this.defaultEncoding = 'utf8';
  /** Callbacks of one kind in the same tick are called together. */
  this.afterWriteTickInfo = null;
  /** What waits for `finish`. */
  this.finishCallbacks = null;
  if (options) {
    if (options.objectMode || isDuplex && options.writableObjectMode) this.flags |= F.objectMode;
    this.highWaterMark = highWaterMarkOf(
      (this.flags & F.objectMode) !== 0, options, 'writableHighWaterMark', isDuplex);
    if (options.decodeStrings === false) this.flags &= ~F.decodeStrings;
    if (options.emitClose === false) this.flags &= ~F.emitClose;
    if (options.autoDestroy === false) this.flags &= ~F.autoDestroy;
    const encoding = options.defaultEncoding;
    if (encoding != null && encoding !== 'utf8' && encoding !== 'utf-8') {
      const { Buffer } = require('buffer');
      const { codes } = require('internal/errors');
      if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
      this.defaultEncoding = encoding;
    }
  } else {
    this.highWaterMark = getDefaultHighWaterMark(false);
  }
}

defineFlags(WritableState.prototype, F, [
  'objectMode', 'finalCalled', 'needDrain', 'ending', 'ended', 'finished', 'destroyed',
  'decodeStrings', 'writing', 'sync', 'bufferProcessing', 'constructed', 'prefinished',
  'errorEmitted', 'emitClose', 'autoDestroy', 'closed', 'closeEmitted', 'allBuffers', 'allNoop',
]);
defineErrored(WritableState.prototype);

WritableState.prototype.getBuffer = function getBuffer() {
  return this.buffered.slice(this.bufferedIndex);
};

Object.defineProperty(WritableState.prototype, 'bufferedRequestCount', {
  configurable: true,
  get() { return this.buffered.length - this.bufferedIndex; },
});

function resetBuffer(state) {
  state.buffered = nothingBuffered;
  state.bufferedIndex = 0;
  state.flags |= F.allBuffers | F.allNoop;
}

module.exports = { WritableState, nothingBuffered, resetBuffer };
