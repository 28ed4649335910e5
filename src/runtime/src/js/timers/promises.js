'use strict';

// https://nodejs.org/api/timers.html#timers-promises-api

const timers = require('timers');
const { AbortError, codes } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateNumber, validateObject,
} = require('internal/validators');

const kInternal = Symbol('kScheduler');

/** Rejects a promise when a signal is aborted; the result does so no longer. */
function onAbort(signal, abort) {
  if (!signal) return undefined;
  signal.addEventListener('abort', abort);
  return () => signal.removeEventListener('abort', abort);
}

function checkOptions(options) {
  validateObject(options, 'options');
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref');
}

const aborted = (signal) => new AbortError(undefined, { cause: signal.reason });

function setTimeout(after, value, options = {}) {
  try {
    if (after !== undefined) validateNumber(after, 'delay');
    checkOptions(options);
  } catch (error) {
    return Promise.reject(error);
  }
  const { signal, ref = true } = options;
  if (signal?.aborted) return Promise.reject(aborted(signal));
  let forget;
  const promise = new Promise((resolve, reject) => {
    const timer = timers.setTimeout(resolve, after, value);
    if (!ref) timer.unref();
    forget = onAbort(signal, () => {
      if (timer._destroyed) return;
      timers.clearTimeout(timer);
      reject(aborted(signal));
    });
  });
  return forget === undefined ? promise : finallyForget(promise, forget);
}

function setImmediate(value, options = {}) {
  try {
    checkOptions(options);
  } catch (error) {
    return Promise.reject(error);
  }
  const { signal, ref = true } = options;
  if (signal?.aborted) return Promise.reject(aborted(signal));
  let forget;
  const promise = new Promise((resolve, reject) => {
    const immediate = timers.setImmediate(resolve, value);
    if (!ref) immediate.unref();
    forget = onAbort(signal, () => {
      if (immediate._destroyed) return;
      timers.clearImmediate(immediate);
      reject(aborted(signal));
    });
  });
  return forget === undefined ? promise : finallyForget(promise, forget);
}

function finallyForget(promise, forget) {
  return promise.finally(forget);
}

async function* setInterval(after, value, options = {}) {
  if (after !== undefined) validateNumber(after, 'delay');
  checkOptions(options);
  const { signal, ref = true } = options;
  if (signal?.aborted) throw aborted(signal);
  let forget;
  let interval;
  try {
    /** How often the time has passed without anybody having been told. */
    let count = 0;
    let wake;
    interval = timers.setInterval(() => {
      count++;
      wake?.();
      wake = undefined;
    }, after);
    if (!ref) interval.unref();
    forget = onAbort(signal, () => {
      timers.clearInterval(interval);
      wake?.(Promise.reject(aborted(signal)));
      wake = undefined;
    });
    while (!signal?.aborted) {
      if (count === 0) await new Promise((resolve) => { wake = resolve; });
      for (; count > 0; count--) yield value;
    }
    throw aborted(signal);
  } finally {
    timers.clearInterval(interval);
    forget?.();
  }
}

/** https://wicg.github.io/scheduling-apis */
class Scheduler {
  constructor(internal) {
    if (internal !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  yield() {
    if (!(this instanceof Scheduler)) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setImmediate();
  }

  wait(delay, options) {
    if (!(this instanceof Scheduler)) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setTimeout(delay, undefined, options);
  }
}

module.exports = {
  setTimeout,
  setImmediate,
  setInterval,
  scheduler: new Scheduler(kInternal),
};
