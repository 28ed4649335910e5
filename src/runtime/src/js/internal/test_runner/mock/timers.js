'use strict';

// Time that stands until a test moves it: https://nodejs.org/api/test.html#class-mocktimers

const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE } } = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateFunction, validateNumber, validateObject, validateOneOf,
} = require('internal/validators');

const APIS = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'scheduler.wait', 'AbortSignal.timeout'];
const TIMEOUT_MAX = 2 ** 31 - 1;

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

/** A timer that stands still. */
class MockTimeout {
  constructor(tracker, entry) {
    Object.defineProperty(this, 'tracker', { value: tracker });
    Object.defineProperty(this, 'entry', { value: entry });
  }

  hasRef() {
    return true;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  refresh() {
    this.tracker.refresh(this.entry);
    return this;
  }

  close() {
    this.tracker.cancel(this.entry);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.entry.id;
  }

  [Symbol.dispose]() {
    this.close();
  }
}

/** What waits, in the order in which it is due. */
class Schedule {
  constructor() {
    this.now = 0;
    this.entries = [];
    this.nextId = 1;
  }

  add(callback, delay, args, isInterval) {
    const entry = { id: this.nextId++, callback, args, runAt: this.now + delay, delay, isInterval, isActive: true };
    entry.timer = new MockTimeout(this, entry);
    this.#insert(entry);
    return entry;
  }

  #insert(entry) {
    const at = this.entries.findIndex((other) => other.runAt > entry.runAt);
    if (at === -1) this.entries.push(entry);
    else this.entries.splice(at, 0, entry);
  }

  cancel(entry) {
    entry.isActive = false;
    const at = this.entries.indexOf(entry);
    if (at !== -1) this.entries.splice(at, 1);
  }

  refresh(entry) {
    if (!entry.isActive) return;
    this.cancel(entry);
    entry.isActive = true;
    entry.runAt = this.now + entry.delay;
    this.#insert(entry);
  }

  find(timer) {
    if (timer instanceof MockTimeout) return timer.entry;
    return this.entries.find((entry) => entry.id === Number(timer));
  }

  /** Moves time, and runs what is due then. */
  advance(time) {
    this.now += time;
    let entry;
    while ((entry = this.entries[0]) !== undefined && entry.runAt <= this.now) {
      this.entries.shift();
      if (entry.isInterval) {
        entry.runAt += Math.max(entry.delay, 1);
        this.#insert(entry);
      } else {
        entry.isActive = false;
      }
      Reflect.apply(entry.callback, undefined, entry.args);
    }
  }
}

function delayOf(value) {
  const delay = Number(value);
  return delay >= 1 && delay <= TIMEOUT_MAX ? Math.trunc(delay) : 1;
}

class MockTimers {
  #isEnabled = false;
  #schedule = new Schedule();
  #undo = [];

  // -------------------------------------------------------------------------
  // What stands for functions
  // -------------------------------------------------------------------------

  #replace(object, name, value) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, {
      __proto__: null,
      value,
      writable: descriptor?.writable ?? true,
      enumerable: descriptor?.enumerable ?? false,
      configurable: true,
    });
    this.#undo.push(() => {
      if (descriptor === undefined) delete object[name];
      else Object.defineProperty(object, name, descriptor);
    });
  }

  #setter(name, isInterval, delayOfArguments) {
    const schedule = this.#schedule;
    const fn = {
      [name](callback, delay, ...args) {
        validateFunction(callback, 'callback');
        const all = delayOfArguments === undefined ? args : [delay, ...args].slice(arguments.length < 2 ? 1 : 0);
        return schedule.add(callback, delayOfArguments ?? delayOf(delay), all, isInterval).timer;
      },
    }[name];
    return fn;
  }

  #clearer(name) {
    const schedule = this.#schedule;
    return {
      [name](timer) {
        if (timer === undefined || timer === null) return;
        const entry = schedule.find(timer);
        if (entry !== undefined) schedule.cancel(entry);
      },
    }[name];
  }

  /** A promise for what `add` starts, which a signal can end. */
  #promised(value, options, add) {
    const { promise, resolve, reject } = Promise.withResolvers();
    try {
      if (options !== undefined) validateObject(options, 'options');
      validateAbortSignal(options?.signal, 'options.signal');
    } catch (error) {
      return Promise.reject(error);
    }
    const signal = options?.signal;
    const abort = () => reject(new AbortError(undefined, { cause: signal.reason }));
    if (signal?.aborted) {
      abort();
      return promise;
    }
    const entry = add(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    });
    const onAbort = () => {
      this.#schedule.cancel(entry);
      abort();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    return promise;
  }

  #mockTimeout() {
    const timers = require('timers');
    const promises = require('timers/promises');
    const set = this.#setter('setTimeout', false);
    const clear = this.#clearer('clearTimeout');
    const wait = { setTimeout: (delay, value, options) => this.#promised(
      value, options, (done) => this.#schedule.add(done, delayOf(delay), [], false)) }.setTimeout;
    Object.defineProperty(set, kCustomPromisify, { __proto__: null, configurable: true, value: wait });
    for (const object of [globalThis, timers]) {
      this.#replace(object, 'setTimeout', set);
      this.#replace(object, 'clearTimeout', clear);
    }
    this.#replace(promises, 'setTimeout', wait);
  }

  #mockInterval() {
    const timers = require('timers');
    const promises = require('timers/promises');
    const set = this.#setter('setInterval', true);
    const clear = this.#clearer('clearInterval');
    for (const object of [globalThis, timers]) {
      this.#replace(object, 'setInterval', set);
      this.#replace(object, 'clearInterval', clear);
    }
    const schedule = this.#schedule;
    this.#replace(promises, 'setInterval', async function* setInterval(delay, value, options) {
      const signal = options?.signal;
      if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
      let ticks = 0;
      let wake;
      const onAbort = () => wake?.();
      const entry = schedule.add(() => {
        ticks++;
        wake?.();
      }, delayOf(delay), [], true);
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        for (;;) {
          if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
          if (ticks === 0) {
            await new Promise((resolve) => { wake = resolve; });
            continue;
          }
          ticks--;
          yield value ?? schedule.now;
        }
      } finally {
        schedule.cancel(entry);
        signal?.removeEventListener('abort', onAbort);
      }
    });
  }

  #mockImmediate() {
    const timers = require('timers');
    const promises = require('timers/promises');
    // What is immediate is due before anything that takes time.
    const set = this.#setter('setImmediate', false, -1);
    const clear = this.#clearer('clearImmediate');
    for (const object of [globalThis, timers]) {
      this.#replace(object, 'setImmediate', set);
      this.#replace(object, 'clearImmediate', clear);
    }
    this.#replace(promises, 'setImmediate', { setImmediate: (value, options) => this.#promised(
      value, options, (done) => this.#schedule.add(done, -1, [], false)) }.setImmediate);
  }

  #mockWait() {
    const { scheduler } = require('timers/promises');
    this.#replace(scheduler, 'wait', { wait: (delay, options) => this.#promised(
      undefined, options, (done) => this.#schedule.add(done, delayOf(delay), [], false)) }.wait);
  }

  #mockAbortTimeout() {
    const schedule = this.#schedule;
    this.#replace(AbortSignal, 'timeout', { timeout(delay) {
      validateNumber(delay, 'delay', 0, Number.MAX_SAFE_INTEGER);
      const controller = new AbortController();
      schedule.add(() => {
        controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
      }, delay, [], false);
      return controller.signal;
    } }.timeout);
  }

  #mockDate() {
    const schedule = this.#schedule;
    const NativeDate = globalThis.Date;
    if (NativeDate.isMock) throw new ERR_INVALID_STATE('Date is already being mocked!');
    const MockDate = new Proxy(NativeDate, {
      __proto__: null,
      apply: () => new NativeDate(schedule.now).toString(),
      construct: (target, args, newTarget) => (
        Reflect.construct(target, args.length === 0 ? [schedule.now] : args, newTarget === MockDate ? target : newTarget)),
      get: (target, name, receiver) => {
        if (name === 'now') return now;
        if (name === 'isMock') return true;
        if (name === 'toString') return toString;
        return Reflect.get(target, name, receiver);
      },
    });
    const now = { now: () => schedule.now }.now;
    const toString = { toString: () => NativeDate.toString() }.toString;
    Object.defineProperty(NativeDate.prototype, 'constructor', { value: MockDate, writable: true, configurable: true, enumerable: false });
    this.#undo.push(() => {
      Object.defineProperty(NativeDate.prototype, 'constructor', { value: NativeDate, writable: true, configurable: true, enumerable: false });
    });
    this.#replace(globalThis, 'Date', MockDate);
  }

  // -------------------------------------------------------------------------
  // What tests call
  // -------------------------------------------------------------------------

  #checkEnabled() {
    if (!this.#isEnabled) {
      throw new ERR_INVALID_STATE('You should enable MockTimers first by calling the .enable function');
    }
  }

  tick(time = 1) {
    if (time < 0) throw new ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    this.#checkEnabled();
    this.#schedule.advance(time);
  }

  enable(options = { __proto__: null, apis: APIS, now: 0 }) {
    const given = { __proto__: null, ...options };
    if (this.#isEnabled) throw new ERR_INVALID_STATE('MockTimers is already enabled!');
    given.now ??= 0;
    if (Number.isNaN(given.now)) {
      throw new ERR_INVALID_ARG_VALUE('now', given.now, `epoch must be a positive integer received ${given.now}`);
    }
    given.apis ??= APIS;
    validateArray(given.apis, 'options.apis');
    for (const api of given.apis) validateOneOf(api, 'options.apis', APIS);
    this.#schedule = new Schedule();
    this.#setNow(given.now);
    this.#isEnabled = true;
    for (const api of given.apis) {
      switch (api) {
        case 'setTimeout': this.#mockTimeout(); break;
        case 'setInterval': this.#mockInterval(); break;
        case 'setImmediate': this.#mockImmediate(); break;
        case 'scheduler.wait': this.#mockWait(); break;
        case 'AbortSignal.timeout': this.#mockAbortTimeout(); break;
        default: this.#mockDate();
      }
    }
  }

  #setNow(now) {
    if (now instanceof Date || Object.prototype.toString.call(now) === '[object Date]') {
      this.#schedule.now = now.getTime();
      return;
    }
    if (typeof now !== 'number') throw new ERR_INVALID_ARG_TYPE('now', ['Date', 'number'], now);
    if (now < 0) throw new ERR_INVALID_ARG_VALUE('now', 'positive integer', now);
    this.#schedule.now = now;
  }

  setTime(time = 0) {
    validateNumber(time, 'time');
    if (time < 0) throw new ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    this.#checkEnabled();
    this.#schedule.now = time;
  }

  reset() {
    if (!this.#isEnabled) return;
    for (const undo of this.#undo.reverse()) undo();
    this.#undo = [];
    this.#isEnabled = false;
    this.#schedule = new Schedule();
  }

  runAll() {
    this.#checkEnabled();
    const last = this.#schedule.entries.at(-1);
    if (last === undefined) return;
    this.tick(Math.max(last.runAt - this.#schedule.now, 0));
  }

  [Symbol.dispose]() {
    this.reset();
  }
}

module.exports = { MockTimers };
