'use strict';

// https://nodejs.org/api/async_context.html#class-asynclocalstorage

const { validateFunction, validateObject } = require('internal/validators');
const { AsyncContextFrame, getContext, setContext } = require('internal/async/context_frame');

class AsyncLocalStorage {
  #defaultValue;
  #name;

  constructor(options = {}) {
    validateObject(options, 'options');
    this.#defaultValue = options.defaultValue;
    if (options.name !== undefined) this.#name = `${options.name}`;
  }

  get name() {
    return this.#name || '';
  }

  static bind(fn) {
    validateFunction(fn, 'fn');
    const run = AsyncLocalStorage.snapshot();
    return { bound(...args) {
      return run(() => Reflect.apply(fn, this, args));
    } }.bound;
  }

  static snapshot() {
    const frame = getContext();
    return { bound(fn, ...args) {
      return runIn(frame, fn, this, args);
    } }.bound;
  }

  disable() {
    setContext(AsyncContextFrame.without(getContext(), this));
  }

  enterWith(store) {
    setContext(AsyncContextFrame.with(getContext(), this, store));
  }

  run(store, callback, ...args) {
    const outer = getContext();
    const found = AsyncContextFrame.find(outer, this);
    if (found !== undefined && Object.is(found.store, store)) {
      return Reflect.apply(callback, null, args);
    }
    const frame = AsyncContextFrame.with(outer, this, store);
    setContext(frame);
    try {
      return Reflect.apply(callback, null, args);
    } finally {
      const current = getContext();
      // What other storages have entered meanwhile stays.
      if (current === frame) setContext(outer);
      else if (found === undefined) setContext(AsyncContextFrame.without(current, this));
      else setContext(AsyncContextFrame.with(current, this, found.store));
    }
  }

  exit(callback, ...args) {
    return this.run(undefined, callback, ...args);
  }

  getStore() {
    const found = AsyncContextFrame.find(getContext(), this);
    return found === undefined ? this.#defaultValue : found.store;
  }

  withScope(store) {
    return new RunScope(this, store);
  }
}

/** Holds a store from now until it is disposed of. */
class RunScope {
  #storage;
  #previous;
  #isDisposed = false;

  constructor(storage, store) {
    this.#storage = storage;
    this.#previous = storage.getStore();
    storage.enterWith(store);
  }

  dispose() {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#storage.enterWith(this.#previous);
  }

  [Symbol.dispose]() {
    this.dispose();
  }
}

/** Calls a function in a frame, and comes back to the one before. */
function runIn(frame, callback, receiver, args) {
  const outer = getContext();
  setContext(frame);
  try {
    return Reflect.apply(callback, receiver, args);
  } finally {
    setContext(outer);
  }
}

module.exports = { AsyncLocalStorage };
