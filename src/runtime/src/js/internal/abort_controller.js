'use strict';

// https://nodejs.org/api/globals.html#class-abortcontroller

const { codes } = require('internal/errors');
const { validateUint32 } = require('internal/validators');
const {
  Event, EventTarget, defineEventHandler, kNewListener, kRemoveListener, kTrustEvent,
  showDeeper,
} = require('internal/event_target');
const { kMaxEventTargetListeners } = require('internal/events/symbols');
const { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS } = codes;

const kInspect = Symbol.for('nodejs.util.inspect.custom');
/** What the constructor of signals is called with from here. */
const kInternal = Symbol('kDontThrowSymbol');

/** Signals with a listener that would otherwise be collected before they are aborted. */
const kept = new Set();

/** Ends the timers of signals that are collected. */
let timers;

function newException(message, name) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, name);
}

/** Whether a signal is aborted, and why: proxies of signals show it, too. */
const kState = Symbol('kState');

/** What depends on a signal: weak references to composite ones. */
const kDependantSignals = Symbol('kDependantSignals');
let forgotten;

/** Takes a composite signal that is gone out of the list of one that it depended on. */
function forget({ source, held }) {
  source.deref()?.[kDependantSignals]?.delete(held);
}

class AbortSignal extends EventTarget {
  #isComposite = false;
  #hasTimeout = false;
  /** Of a composite signal those that it depends on. */
  #sources = null;

  constructor(internal = undefined) {
    if (internal !== kInternal) throw new ERR_ILLEGAL_CONSTRUCTOR();
    super();
    this[kState] = { isAborted: false, reason: undefined };
    // However many listen, nothing leaks.
    this[kMaxEventTargetListeners] = 0;
  }

  static #check(signal) {
    if (!AbortSignal.#is(signal)) throw new ERR_INVALID_THIS('AbortSignal');
    return signal;
  }

  static #is(value) {
    return value !== null && typeof value === 'object' && value[kState] !== undefined;
  }

  get aborted() {
    return AbortSignal.#check(this)[kState].isAborted;
  }

  get reason() {
    return AbortSignal.#check(this)[kState].reason;
  }

  throwIfAborted() {
    if (AbortSignal.#check(this)[kState].isAborted) throw this[kState].reason;
  }

  static abort(reason = newException('This operation was aborted', 'AbortError')) {
    const signal = new AbortSignal(kInternal);
    signal[kState].isAborted = true;
    signal[kState].reason = reason;
    return signal;
  }

  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = new AbortSignal(kInternal);
    signal.#hasTimeout = true;
    const held = new WeakRef(signal);
    const { setTimeout, clearTimeout } = require('timers');
    const timer = setTimeout(() => {
      const signal = held.deref();
      if (signal === undefined) return;
      kept.delete(signal);
      AbortSignal.#abort(
        signal, newException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay);
    timer.unref();
    timers ??= new FinalizationRegistry(clearTimeout);
    timers.register(signal, timer);
    return signal;
  }

  static any(signals) {
    const list = signalsOf(signals);
    const result = new AbortSignal(kInternal);
    result.#isComposite = true;
    for (const signal of list) {
      if (signal.aborted) {
        result[kState].isAborted = true;
        result[kState].reason = signal.reason;
        return result;
      }
    }
    result.#sources = new Set();
    const held = new WeakRef(result);
    const follow = (source) => {
      if (result.#sources.has(source)) return;
      // The sources live as long as the result; the result only as long as somebody wants it.
      result.#sources.add(source);
      source[kDependantSignals] ??= new Set();
      source[kDependantSignals].add(held);
      forgotten ??= new FinalizationRegistry(forget);
      forgotten.register(result, { source: new WeakRef(source), held });
    };
    for (const signal of list) {
      if (!signal.#isComposite) follow(signal);
      else for (const source of signal.#sources ?? []) follow(source);
    }
    return result;
  }

  static #abort(signal, reason) {
    if (signal[kState].isAborted) return;
    signal[kState].isAborted = true;
    signal[kState].reason = reason;
    const following = [];
    for (const held of signal[kDependantSignals] ?? []) {
      const dependent = held.deref();
      if (dependent === undefined || dependent[kState].isAborted) continue;
      dependent[kState].isAborted = true;
      dependent[kState].reason = reason;
      following.push(dependent);
    }
    signal[kDependantSignals] = undefined;
    AbortSignal.#tell(signal);
    for (const dependent of following) AbortSignal.#tell(dependent);
  }

  static #tell(signal) {
    kept.delete(signal);
    signal.dispatchEvent(new Event('abort', { [kTrustEvent]: true }));
  }

  [kNewListener](size, type, listener, once, capture, passive, weak) {
    super[kNewListener](size, type, listener, once, capture, passive, weak);
    const mayCome = this.#hasTimeout || this.#isComposite && this.#sources?.size > 0;
    if (mayCome && type === 'abort' && !this[kState].isAborted && weak === undefined && size === 1) kept.add(this);
  }

  [kRemoveListener](size, type, listener, capture) {
    super[kRemoveListener](size, type, listener, capture);
    if (type === 'abort' && size === 0) kept.delete(this);
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    return showDeeper(this, 'AbortSignal', depth, options, { aborted: this.aborted });
  }

  /** Has a signal give another one, which follows it, when it is cloned or transferred. */
  static #makeTransferable(signal) {
    const follower = () => {
      const copy = new AbortSignal(kInternal);
      if (signal.aborted) AbortSignal.#abort(copy, structuredClone(signal.reason));
      else signal.addEventListener('abort', () => AbortSignal.#abort(copy, structuredClone(signal.reason)), { once: true });
      AbortSignal.#makeTransferable(copy);
      return copy;
    };
    const { structuredClone, kClone, kTransfer } = require('internal/structured_clone');
    Object.defineProperty(signal, kTransfer, { value: () => [follower(), () => {}] });
    Object.defineProperty(signal, kClone, { value: follower });
    return signal;
  }

  static [kInternal] = {
    abort: (signal, reason) => AbortSignal.#abort(signal, reason),
    makeTransferable: (signal) => AbortSignal.#makeTransferable(signal),
    is: (value) => AbortSignal.#is(value),
  };
}

const internals = AbortSignal[kInternal];
delete AbortSignal[kInternal];

/** The signals of an iterable. */
function signalsOf(signals) {
  const fail = (message) => {
    const error = new TypeError(message);
    error.code = 'ERR_INVALID_ARG_TYPE';
    native('errors').showCodeInStack(error);
    throw error;
  };
  if (signals === null || typeof signals !== 'object' && typeof signals !== 'function' ||
      typeof signals[Symbol.iterator] !== 'function') {
    fail('signals cannot be converted to sequence.');
  }
  const list = [...signals];
  list.forEach((signal, index) => {
    if (!internals.is(signal)) fail(`signals[${index}] is not of type AbortSignal.`);
  });
  return list;
}

for (const name of ['aborted']) Object.defineProperty(AbortSignal.prototype, name, { enumerable: true });
for (const name of ['abort', 'timeout', 'any']) Object.defineProperty(AbortSignal, name, { enumerable: true });
Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag, { configurable: true, value: 'AbortSignal' });
defineEventHandler(AbortSignal.prototype, 'abort');

class AbortController {
  #signal;

  get signal() {
    this.#signal ??= new AbortSignal(kInternal);
    return this.#signal;
  }

  abort(reason = newException('This operation was aborted', 'AbortError')) {
    internals.abort(this.#signal ??= new AbortSignal(kInternal), reason);
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    return showDeeper(this, 'AbortController', depth, options, { signal: this.signal });
  }
}

for (const name of ['signal', 'abort']) {
  Object.defineProperty(AbortController.prototype, name, { enumerable: true });
}
Object.defineProperty(AbortController.prototype, Symbol.toStringTag, { configurable: true, value: 'AbortController' });

/** https://nodejs.org/api/util.html#utiltransferableabortsignalsignal */
function transferableAbortSignal(signal) {
  if (!internals.is(signal)) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  return internals.makeTransferable(signal);
}

/** https://nodejs.org/api/util.html#utiltransferableabortcontroller */
function transferableAbortController() {
  const controller = new AbortController();
  internals.makeTransferable(controller.signal);
  return controller;
}

module.exports = {
  AbortController,
  AbortSignal,
  isAbortSignal: internals.is,
  transferableAbortController,
  transferableAbortSignal,
};
