'use strict';

// `for await` over a readable stream: https://streams.spec.whatwg.org/#rs-asynciterator

const { ReaderState } = require('internal/webstreams/readable_state');
const { stateOf, kState } = require('internal/webstreams/util');

const AsyncIteratorPrototype = Object.getPrototypeOf(
  Object.getPrototypeOf(async function* () {}).prototype);

/** Behind an iterator. */
class IteratorState {
  isFinished = false;
  /** What `next` or `return` has begun last. */
  ongoing = undefined;

  constructor(reader, preventCancel) {
    this.reader = reader;
    this.preventCancel = preventCancel;
  }

  /** Does something when what has been begun before is over. */
  then(steps) {
    this.ongoing = this.ongoing === undefined ? steps() : this.ongoing.then(steps, steps);
    return this.ongoing;
  }

  next() {
    if (this.isFinished) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.reader.read({
        chunk(value) {
          resolve({ done: false, value });
        },
        close: () => {
          this.finish();
          resolve({ done: true, value: undefined });
        },
        error: (error) => {
          this.finish();
          reject(error);
        },
      });
    });
  }

  finish() {
    this.isFinished = true;
    if (this.reader.stream !== undefined) this.reader.release();
  }

  async return(value) {
    if (!this.isFinished) {
      const cancelled = this.preventCancel ? undefined : this.reader.stream.cancel(value);
      this.finish();
      await cancelled;
    }
    return { done: true, value };
  }
}

const prototype = Object.setPrototypeOf({
  next() {
    try {
      const state = stateOf(this, IteratorState, 'ReadableStreamAsyncIterator');
      return state.then(() => state.next());
    } catch (error) {
      return Promise.reject(error);
    }
  },

  return(value) {
    try {
      const state = stateOf(this, IteratorState, 'ReadableStreamAsyncIterator');
      return state.then(() => state.return(value));
    } catch (error) {
      return Promise.reject(error);
    }
  },
}, AsyncIteratorPrototype);
Object.defineProperty(prototype, Symbol.toStringTag, {
  configurable: true, value: 'ReadableStream AsyncIterator',
});

/** An iterator over a stream, given as its `ReadableState`, that nobody else reads from. */
function iterate(stream, preventCancel) {
  const iterator = Object.create(prototype);
  Object.defineProperty(iterator, kState, {
    value: new IteratorState(new ReaderState(stream, false), preventCancel),
  });
  return iterator;
}

module.exports = { iterate };
