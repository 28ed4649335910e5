'use strict';

// https://nodejs.org/api/timers.html
//
// Timers of the same duration are in a list, in the order in which they end. The lists are
// in a heap by when their first timer ends; the event loop is told of the first of them.

const { codes } = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const loop = native('timers');
const { getContext, setContext } = native('async_context');
const { Heap } = require('internal/heap');

/** Longer durations would overflow 32 bits, and are taken for one millisecond. */
const TIMEOUT_MAX = 2 ** 31 - 1;

const kList = Symbol('list');
const kPrevious = Symbol('previous');
const kNext = Symbol('next');
const kRefed = Symbol('refed');
const kContext = Symbol('context');
const kHasPrimitive = Symbol('kHasPrimitive');

// ---------------------------------------------------------------------------
// Lists of timers of one duration
// ---------------------------------------------------------------------------

class TimersList {
  constructor(duration, expiry) {
    this.duration = duration;
    this.expiry = expiry;
    this.heapIndex = undefined;
    this[kPrevious] = this[kNext] = this;
  }

  append(timer) {
    const last = this[kPrevious];
    timer[kList] = this;
    timer[kPrevious] = last;
    timer[kNext] = this;
    last[kNext] = this[kPrevious] = timer;
  }

  get first() {
    return this[kNext] === this ? undefined : this[kNext];
  }
}

function unlink(timer) {
  timer[kPrevious][kNext] = timer[kNext];
  timer[kNext][kPrevious] = timer[kPrevious];
  timer[kPrevious] = timer[kNext] = timer;
  timer[kList] = undefined;
}

const listsByDuration = new Map();
const lists = new Heap((a, b) => a.expiry < b.expiry);
/** The time at which the event loop calls. */
let nextExpiry = Infinity;
/** How many timers are waited for that hold the event loop. */
let refCount = 0;

function changeRefCount(by) {
  const before = refCount;
  refCount += by;
  if (before === 0 && refCount > 0) loop.holdForTimers(true);
  else if (before > 0 && refCount === 0) loop.holdForTimers(false);
}

function insert(timer, duration, start) {
  timer._idleStart = start;
  let list = listsByDuration.get(duration);
  if (list === undefined) {
    list = new TimersList(duration, start + duration);
    listsByDuration.set(duration, list);
    lists.push(list);
    if (list.expiry < nextExpiry) {
      nextExpiry = list.expiry;
      loop.setDeadline(nextExpiry);
      loop.holdForTimers(refCount > 0);
    }
  }
  list.append(timer);
}

/** Takes a timer away from what is waited for. */
function remove(timer) {
  const list = timer[kList];
  if (list === undefined) return;
  unlink(timer);
  if (list.first === undefined && !list.isRunning) {
    listsByDuration.delete(list.duration);
    lists.remove(list);
  }
}

/** Called by the event loop, which is told when to call next: what follows this call may still change it. */
function processTimers(now) {
  nextExpiry = Infinity;
  let ranAny = false;
  let list;
  while ((list = lists.peek()) !== undefined) {
    if (list.expiry > now) {
      now = loop.updatedNow();
      if (list.expiry > now) break;
    }
    if (ranAny) loop.runTicks();
    ranAny = true;
    runList(list, now);
  }
  if (list === undefined) return;
  nextExpiry = list.expiry;
  loop.setDeadline(nextExpiry);
  loop.holdForTimers(refCount > 0);
}

function runList(list, now) {
  let ranAny = false;
  let timer;
  list.isRunning = true;
  try {
    while ((timer = list.first) !== undefined) {
      const elapsed = now - timer._idleStart;
      if (elapsed < list.duration) {
        list.expiry = Math.max(timer._idleStart + list.duration, now + 1);
        lists.update(list);
        return;
      }
      if (ranAny) loop.runTicks();
      ranAny = true;
      run(timer, now);
    }
  } finally {
    list.isRunning = false;
    if (list.first === undefined) {
      // Its duration may have got another list meanwhile.
      if (listsByDuration.get(list.duration) === list) listsByDuration.delete(list.duration);
      lists.remove(list);
    }
  }
}

function run(timer, now) {
  unlink(timer);
  if (timer._destroyed) return;
  let start;
  if (timer._repeat) start = loop.updatedNow();
  const outer = getContext();
  setContext(timer[kContext]);
  try {
    const args = timer._timerArgs;
    if (args === undefined) timer._onTimeout();
    else Reflect.apply(timer._onTimeout, timer, args);
  } catch (error) {
    native('process').raise(error);
  } finally {
    setContext(outer);
    if (timer._repeat && timer._idleTimeout !== -1 && !timer._destroyed) {
      timer._idleTimeout = timer._repeat;
      if (timer[kList] === undefined) insert(timer, timer._idleTimeout, start ?? now);
    } else if (timer[kList] === undefined && !timer._destroyed) {
      timer._destroyed = true;
      forget(timer);
      if (timer[kRefed]) changeRefCount(-1);
    }
  }
}

// ---------------------------------------------------------------------------
// Timers
// ---------------------------------------------------------------------------

/** The timers that were asked for their numbers: they can be cleared by those. */
const knownTimers = Object.create(null);
let lastNumber = 0;

function forget(timer) {
  if (timer[kHasPrimitive]) delete knownTimers[timer._number];
}

class Timeout {
  constructor(callback, after, args, isRepeat, isRefed) {
    if (after === undefined) after = 1;
    else after *= 1;
    if (!(after >= 1 && after <= TIMEOUT_MAX)) {
      if (after > TIMEOUT_MAX) {
        warn(`${after} does not fit into a 32-bit signed integer.`, 'TimeoutOverflowWarning');
      } else if (after < 0 && !warnedOfNegative) {
        warnedOfNegative = true;
        warn(`${after} is a negative number.`, 'TimeoutNegativeWarning');
      } else if (Number.isNaN(after) && !warnedOfNaN) {
        warnedOfNaN = true;
        warn(`${after} is not a number.`, 'TimeoutNaNWarning');
      }
      after = 1;
    }
    this._idleTimeout = after;
    this._idlePrev = this;
    this._idleNext = this;
    this._idleStart = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    hide(this, kPrevious, this);
    hide(this, kNext, this);
    hide(this, kList, undefined);
    hide(this, kContext, getContext());
    hide(this, kHasPrimitive, false);
    hide(this, kRefed, isRefed);
    hide(this, '_number', 0);
    if (isRefed) changeRefCount(1);
    insert(this, Math.trunc(after), loop.updatedNow());
  }

  /** Starts again from now. */
  refresh() {
    if (this._destroyed && this[kList] === undefined) {
      this._destroyed = false;
      if (this[kRefed]) changeRefCount(1);
    } else {
      remove(this);
    }
    insert(this, Math.trunc(this._idleTimeout), loop.updatedNow());
    return this;
  }

  ref() {
    if (!this[kRefed]) {
      this[kRefed] = true;
      if (!this._destroyed) changeRefCount(1);
    }
    return this;
  }

  unref() {
    if (this[kRefed]) {
      this[kRefed] = false;
      if (!this._destroyed) changeRefCount(-1);
    }
    return this;
  }

  hasRef() {
    return this[kRefed];
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.dispose]() {
    clearTimeout(this);
  }

  [Symbol.toPrimitive]() {
    if (!this[kHasPrimitive]) {
      this[kHasPrimitive] = true;
      this._number = ++lastNumber;
      knownTimers[this._number] = this;
    }
    return this._number;
  }
}

let warnedOfNegative = false;
let warnedOfNaN = false;

function warn(message, name) {
  require('process').emitWarning(`${message}\nTimeout duration was set to 1.`, name);
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

function setTimeout(callback, after, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, after, args.length > 0 ? args : undefined, false, true);
}

function setInterval(callback, repeat, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, repeat, args.length > 0 ? args : undefined, true, true);
}

function clearTimeout(timer) {
  if (timer?._onTimeout) {
    timer._onTimeout = null;
    unschedule(timer);
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const known = knownTimers[timer];
    if (known !== undefined) {
      known._onTimeout = null;
      unschedule(known);
    }
  }
}

function unschedule(timer) {
  if (timer._destroyed) return;
  timer._destroyed = true;
  forget(timer);
  remove(timer);
  if (timer[kRefed]) changeRefCount(-1);
  timer._idleTimeout = -1;
}

function clearInterval(timer) {
  clearTimeout(timer);
}

// ---------------------------------------------------------------------------
// Immediates
// ---------------------------------------------------------------------------

/** Those that wait, in order; they are run up to the ones that are added meanwhile. */
let immediates = [];
let immediateRefCount = 0;

function tellOfImmediates() {
  loop.setImmediates(immediates.length > 0, immediateRefCount > 0);
}

class Immediate {
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    hide(this, kContext, getContext());
    hide(this, kRefed, true);
    immediates.push(this);
    if (immediateRefCount++ === 0 || immediates.length === 1) tellOfImmediates();
  }

  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      immediateRefCount++;
      tellOfImmediates();
    }
    return this;
  }

  unref() {
    if (this[kRefed] === true) {
      this[kRefed] = false;
      immediateRefCount--;
      tellOfImmediates();
    }
    return this;
  }

  hasRef() {
    return Boolean(this[kRefed]);
  }

  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

function finishImmediate(immediate) {
  immediate._destroyed = true;
  if (immediate[kRefed]) immediateRefCount--;
  immediate[kRefed] = null;
}

/** Called by the event loop. */
function processImmediates() {
  const queue = immediates;
  immediates = [];
  const outer = getContext();
  let ranAny = false;
  for (const immediate of queue) {
    if (immediate._destroyed) continue;
    if (ranAny) loop.runTicks();
    ranAny = true;
    finishImmediate(immediate);
    setContext(immediate[kContext]);
    try {
      const { _onImmediate: callback, _argv: args } = immediate;
      if (args === undefined) callback.call(immediate);
      else Reflect.apply(callback, immediate, args);
    } catch (error) {
      native('process').raise(error);
    } finally {
      immediate._onImmediate = null;
      setContext(outer);
    }
  }
  tellOfImmediates();
}

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args.length > 0 ? args : undefined);
}

function clearImmediate(immediate) {
  if (!immediate?._onImmediate || immediate._destroyed) return;
  finishImmediate(immediate);
  immediate._onImmediate = null;
  const at = immediates.indexOf(immediate);
  if (at >= 0) immediates.splice(at, 1);
  tellOfImmediates();
}

loop.onDue(processTimers, processImmediates);
require('internal/timers').activeCounts = () => ({ timeouts: refCount, immediates: immediateRefCount });

module.exports = {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval,
};

Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('timers/promises'),
});

