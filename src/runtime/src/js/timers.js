'use strict';

// https://nodejs.org/api/timers.html
//
// Timers of the same duration are in a list, in the order in which they end. The lists are
// in a heap by when their first timer ends; the event loop is told of the first of them.

const { validateFunction } = require('internal/validators');
const loop = native('timers');
const { runTicks: runNextTicks } = loop;
const { getContext, setContext } = native('async_context');
const { Heap } = require('internal/heap');
const { kAsyncId, kTriggerId, newAsyncId, running } = require('internal/async/running');

/** Longer durations would overflow 32 bits, and are taken for one millisecond. */
const TIMEOUT_MAX = 2 ** 31 - 1;

const kRefed = Symbol('refed');
const kContext = Symbol('kAsyncContextFrame');
const kHasPrimitive = Symbol('kHasPrimitive');

// ---------------------------------------------------------------------------
// Timers and immediates as asynchronous resources
// ---------------------------------------------------------------------------

function beginResource(resource, type) {
  const id = resource[kAsyncId] = newAsyncId();
  const trigger = resource[kTriggerId] = running.id;
  resource[kContext] = getContext();
  running.hooks?.init(id, type, trigger, resource);
}

function endResource(resource) {
  running.hooks?.destroy(resource[kAsyncId]);
}

/** Calls the function of a timer as the resource that it is; what it throws is the program's. */
function runResource(resource, name, args) {
  const { id, trigger, resource: outer } = running;
  const context = getContext();
  running.id = resource[kAsyncId];
  running.trigger = resource[kTriggerId];
  running.resource = resource;
  setContext(resource[kContext]);
  try {
    running.hooks?.before(running.id);
    if (args === undefined) resource[name]();
    else Reflect.apply(resource[name], resource, args);
    running.hooks?.after(running.id);
  } catch (error) {
    native('process').raise(error);
  } finally {
    setContext(context);
    running.id = id;
    running.trigger = trigger;
    running.resource = outer;
  }
}

// ---------------------------------------------------------------------------
// Lists of timers of one duration
// ---------------------------------------------------------------------------

class TimersList {
  /** Timers lead to all others of their duration: one level of them is enough. */
  [Symbol.for('nodejs.util.inspect.custom')](_, options) {
    return require('internal/inspect').inspect(this, { ...options, depth: 0, customInspect: false });
  }

  constructor(expiry, duration) {
    this._idleNext = this;
    this._idlePrev = this;
    this.expiry = expiry;
    this.id = timerListId++;
    this.msecs = duration;
    this.heapIndex = undefined;
  }

  append(timer) {
    const last = this._idlePrev;
    timer._idlePrev = last;
    timer._idleNext = this;
    last._idleNext = this._idlePrev = timer;
  }

  get first() {
    return this._idleNext === this ? undefined : this._idleNext;
  }
}

let timerListId = -(2 ** 53) + 1;

/** Whether a timer is in a list. */
const waits = (timer) => timer._idleNext !== null && timer._idleNext !== undefined;

function unlink(timer) {
  if (!waits(timer)) return;
  timer._idlePrev._idleNext = timer._idleNext;
  timer._idleNext._idlePrev = timer._idlePrev;
  timer._idlePrev = timer._idleNext = null;
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
    list = new TimersList(start + duration, duration);
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
  if (!waits(timer)) return;
  unlink(timer);
  const list = listsByDuration.get(Math.trunc(timer._idleTimeout));
  if (list !== undefined && list.first === undefined && !list.isRunning) {
    listsByDuration.delete(list.msecs);
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
    if (ranAny) runNextTicks();
    ranAny = true;
    listOnTimeout(list, now);
  }
  if (list === undefined) return;
  nextExpiry = list.expiry;
  loop.setDeadline(nextExpiry);
  loop.holdForTimers(refCount > 0);
}

function listOnTimeout(list, now) {
  let ranAny = false;
  let timer;
  list.isRunning = true;
  try {
    while ((timer = list.first) !== undefined) {
      const elapsed = now - timer._idleStart;
      if (elapsed < list.msecs) {
        list.expiry = Math.max(timer._idleStart + list.msecs, now + 1);
        lists.update(list);
        return;
      }
      if (ranAny) runNextTicks();
      ranAny = true;
      unlink(timer);
      if (timer._destroyed) continue;
      const start = timer._repeat ? loop.updatedNow() : now;
      runResource(timer, '_onTimeout', timer._timerArgs);
      afterRun(timer, start);
    }
  } finally {
    list.isRunning = false;
    if (list.first === undefined) {
      // Its duration may have got another list meanwhile.
      if (listsByDuration.get(list.msecs) === list) listsByDuration.delete(list.msecs);
      lists.remove(list);
    }
  }
}

/** Has an interval wait again from when it began to run. */
function afterRun(timer, start) {
  if (timer._repeat && timer._onTimeout && timer._idleTimeout !== -1 && !timer._destroyed) {
    timer._idleTimeout = timer._repeat;
    if (!waits(timer)) insert(timer, timer._idleTimeout, start);
  } else if (!waits(timer) && !timer._destroyed) {
    finish(timer);
  }
}

/** It is no longer waited for. */
function finish(timer) {
  timer._destroyed = true;
  if (timer[kHasPrimitive]) delete knownTimers[timer[kAsyncId]];
  if (timer[kRefed]) changeRefCount(-1);
  endResource(timer);
}

// ---------------------------------------------------------------------------
// Timers
// ---------------------------------------------------------------------------

/** The timers that were asked for their numbers: they can be cleared by those. */
const knownTimers = Object.create(null);

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
    this._idlePrev = null;
    this._idleNext = null;
    this._idleStart = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    this[kRefed] = isRefed;
    this[kHasPrimitive] = false;
    beginResource(this, 'Timeout');
    if (isRefed) changeRefCount(1);
    insert(this, Math.trunc(after), loop.updatedNow());
  }

  /** Starts again from now. */
  refresh() {
    if (this._destroyed && !waits(this)) {
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
      knownTimers[this[kAsyncId]] = this;
    }
    return this[kAsyncId];
  }
}

let warnedOfNegative = false;
let warnedOfNaN = false;

function warn(message, name) {
  require('process').emitWarning(`${message}\nTimeout duration was set to 1.`, name);
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
    timer._onTimeout = undefined;
    unschedule(timer);
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const known = knownTimers[timer];
    if (known !== undefined) {
      known._onTimeout = undefined;
      unschedule(known);
    }
  }
}

function unschedule(timer) {
  if (timer._destroyed) return;
  remove(timer);
  finish(timer);
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
    this[kRefed] = true;
    beginResource(this, 'Immediate');
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

/** It is not waited for any more. */
function leaveQueue(immediate) {
  immediate._destroyed = true;
  if (immediate[kRefed]) immediateRefCount--;
  immediate[kRefed] = null;
}

/** Called by the event loop. */
function processImmediate() {
  const queue = immediates;
  immediates = [];
  let ranAny = false;
  for (const immediate of queue) {
    if (immediate._destroyed) continue;
    if (ranAny) runNextTicks();
    ranAny = true;
    leaveQueue(immediate);
    runResource(immediate, '_onImmediate', immediate._argv);
    immediate._onImmediate = undefined;
    endResource(immediate);
  }
  tellOfImmediates();
}

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args.length > 0 ? args : undefined);
}

function clearImmediate(immediate) {
  if (!immediate?._onImmediate || immediate._destroyed) return;
  leaveQueue(immediate);
  endResource(immediate);
  immediate._onImmediate = undefined;
  const at = immediates.indexOf(immediate);
  if (at >= 0) immediates.splice(at, 1);
  tellOfImmediates();
}

// In stacks they are methods of `process`, which is not made for that alone.
const receiver = new (class process {})();
loop.onDue(processTimers.bind(receiver), processImmediate.bind(receiver));
require('internal/timers').activeCounts = () => ({ timeouts: refCount, immediates: immediateRefCount });

module.exports = {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval,
};

for (const name of ['setTimeout', 'setImmediate']) {
  Object.defineProperty(module.exports[name], Symbol.for('nodejs.util.promisify.custom'), {
    enumerable: true,
    get: () => require('timers/promises')[name],
  });
}

Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('timers/promises'),
});

