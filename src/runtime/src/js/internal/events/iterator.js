'use strict';

// `events.on`: the events of an emitter as an asynchronous iterator.
//
// https://nodejs.org/api/events.html#eventsonemitter-eventname-options

const { AbortError, codes } = require('internal/errors');
const { validateInteger } = require('internal/validators');
const { addAbortListener } = require('internal/events/abort_listener');
const { kFirstEventParam, kWatermarkData } = require('internal/events/symbols');

const AsyncIteratorPrototype = Object.getPrototypeOf(
  Object.getPrototypeOf(async function* () {}).prototype);

/** A queue whose first items are taken without moving the others. */
class Queue {
  #items = [];
  #first = 0;

  get size() {
    return this.#items.length - this.#first;
  }

  push(item) {
    this.#items.push(item);
  }

  shift() {
    const item = this.#items[this.#first];
    this.#items[this.#first++] = undefined;
    if (this.#first === this.#items.length) {
      this.#items = [];
      this.#first = 0;
    }
    return item;
  }
}

/** `addTo` and `removeFrom` add and remove listeners of whatever has events. */
function eventIterator(emitter, event, options, { addTo, removeFrom }) {
  const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
  validateInteger(high, 'options.highWaterMark', 1);
  const low = options.lowWaterMark ?? options.lowWatermark ?? 1;
  validateInteger(low, 'options.lowWaterMark', 1);

  const { signal } = options;
  const events = new Queue();
  const waiting = new Queue();
  const listeners = [];
  let isPaused = false;
  let isFinished = false;
  let error = null;

  function listen(name, listener) {
    addTo(emitter, name, listener);
    listeners.push([name, listener]);
  }

  const onEvent = options[kFirstEventParam] ? (value) => take(value) : (...args) => take(args);

  function take(value) {
    if (waiting.size > 0) {
      waiting.shift().resolve({ value, done: false });
      return;
    }
    events.push(value);
    if (!isPaused && events.size > high) {
      isPaused = true;
      emitter.pause();
    }
  }

  function onError(reason) {
    if (waiting.size > 0) waiting.shift().reject(reason);
    else error = reason;
    close();
  }

  function close() {
    abortListener?.[Symbol.dispose]();
    for (const [name, listener] of listeners.splice(0)) removeFrom(emitter, name, listener);
    isFinished = true;
    const end = { value: undefined, done: true };
    while (waiting.size > 0) waiting.shift().resolve(end);
    return Promise.resolve(end);
  }

  const iterator = {
    __proto__: {
      __proto__: AsyncIteratorPrototype,
      [Symbol.asyncIterator]: AsyncIteratorPrototype[Symbol.asyncIterator],
      [Symbol.asyncDispose]: AsyncIteratorPrototype[Symbol.asyncDispose],
    },

    next() {
      if (events.size > 0) {
        const value = events.shift();
        if (isPaused && events.size < low) {
          if (!isFinished) emitter.resume();
          isPaused = false;
        }
        return Promise.resolve({ value, done: false });
      }
      if (error) {
        const reason = Promise.reject(error);
        error = null;
        return reason;
      }
      if (isFinished) return close();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },

    return() {
      return close();
    },

    throw(reason) {
      if (!reason || !(reason instanceof Error)) {
        throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', reason);
      }
      onError(reason);
    },

    [Symbol.asyncIterator]() {
      return this;
    },

    [kWatermarkData]: {
      get size() {
        return events.size;
      },
      get low() {
        return low;
      },
      get high() {
        return high;
      },
      get isPaused() {
        return isPaused;
      },
    },
  };

  listen(event, onEvent);
  if (event !== 'error' && typeof emitter.on === 'function') listen('error', onError);
  for (const name of options.close ?? []) listen(name, close);

  const abortListener = signal ?
    addAbortListener(signal, () => onError(new AbortError(undefined, { cause: signal.reason }))) :
    null;
  return iterator;
}

module.exports = { eventIterator };
