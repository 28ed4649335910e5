'use strict';

// The frame of all asynchronous contexts: what each storage holds. A frame never changes, so
// callbacks, promises and timers keep it by holding it (`native('async_context')`).

const { getContext, setContext } = native('async_context');

class AsyncContextFrame {
  constructor(storage, store, next) {
    this.storage = storage;
    this.store = store;
    this.next = next;
  }

  /** The part of a frame that holds something for a storage. */
  static find(frame, storage) {
    while (frame !== undefined && frame.storage !== storage) frame = frame.next;
    return frame;
  }

  /** A frame that holds a store more. */
  static with(frame, storage, store) {
    return new AsyncContextFrame(storage, store, AsyncContextFrame.without(frame, storage));
  }

  /** A frame that holds nothing for a storage. */
  static without(frame, storage) {
    const found = AsyncContextFrame.find(frame, storage);
    if (found === undefined) return frame;
    return copyUntil(frame, found);
  }
}

function copyUntil(frame, end) {
  if (frame === end) return end.next;
  return new AsyncContextFrame(frame.storage, frame.store, copyUntil(frame.next, end));
}

module.exports = { AsyncContextFrame, getContext, setContext };
