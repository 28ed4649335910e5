'use strict';

// The bits of a stream's state, and the properties by which the world knows them.
//
// A state has one number for all that is yes or no, so that it is made with few words. What
// programs know of it (`_readableState.ended`) are accessors.

/** What both sides have. */
const common = {
  objectMode: 1 << 0,
  constructed: 1 << 1,
  sync: 1 << 2,
  emitClose: 1 << 3,
  autoDestroy: 1 << 4,
  destroyed: 1 << 5,
  closed: 1 << 6,
  closeEmitted: 1 << 7,
  errorEmitted: 1 << 8,
  ended: 1 << 9,
  /** `errored` holds something. */
  hasErrored: 1 << 10,
};

/** What a readable side has. */
const readable = {
  ...common,
  endEmitted: 1 << 11,
  reading: 1 << 12,
  needReadable: 1 << 13,
  emittedReadable: 1 << 14,
  readableListening: 1 << 15,
  resumeScheduled: 1 << 16,
  multiAwaitDrain: 1 << 17,
  readingMore: 1 << 18,
  dataEmitted: 1 << 19,
  isFlowing: 1 << 20,
  /** Somebody has said whether it is to flow. */
  hasFlowing: 1 << 21,
  isPaused: 1 << 22,
  hasPaused: 1 << 23,
};

/** What a writable side has. */
const writable = {
  ...common,
  finalCalled: 1 << 11,
  needDrain: 1 << 12,
  ending: 1 << 13,
  finished: 1 << 14,
  decodeStrings: 1 << 15,
  writing: 1 << 16,
  bufferProcessing: 1 << 17,
  prefinished: 1 << 18,
  allBuffers: 1 << 19,
  allNoop: 1 << 20,
  /** There are functions that wait for `finish`. */
  hasFinishCallbacks: 1 << 21,
  /** An `afterWrite` is scheduled. */
  afterWritePending: 1 << 22,
};

/** Makes accessors of bits. */
function defineFlags(prototype, flags, names) {
  for (const name of names) {
    const bit = flags[name];
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: false,
      get() { return (this.flags & bit) !== 0; },
      set(value) {
        if (value) this.flags |= bit;
        else this.flags &= ~bit;
      },
    });
  }
}

/** The accessor of the error, whose bit tells that there is one. */
function defineErrored(prototype) {
  Object.defineProperty(prototype, 'errored', {
    configurable: true,
    enumerable: false,
    get() { return (this.flags & common.hasErrored) !== 0 ? this.error : null; },
    set(value) {
      if (value) {
        this.flags |= common.hasErrored;
        this.error = value;
      } else {
        this.flags &= ~common.hasErrored;
        this.error = null;
      }
    },
  });
}

module.exports = { common, defineErrored, defineFlags, readable, writable };
