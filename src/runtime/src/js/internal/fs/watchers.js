'use strict';

// Who is told of changes of files: https://nodejs.org/api/fs.html#fswatchfilename-options-listener

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { assertEncoding, getValidatedPath } = require('internal/fs/utils');
const { emptyStats, statsOf } = require('internal/fs/stats');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateObject, validateUint32,
} = require('internal/validators');
const { async: start, operations: op, setWatchReferenced, unwatch, watch: nativeWatch } = native('fs');

// ---------------------------------------------------------------------------
// What the system tells
// ---------------------------------------------------------------------------

class FSWatcher extends EventEmitter {
  #number;
  #encoding;

  /** Begins to watch. */
  start(path, { persistent, recursive, encoding, ignore }) {
    this.#encoding = encoding;
    const isIgnored = ignoring(ignore);
    try {
      this.#number = nativeWatch(path, recursive, (event, name) => {
        if (name !== null && isIgnored?.(name)) return;
        this.emit('change', event, this.#shown(name));
      });
    } catch (error) {
      error.filename = path;
      throw error;
    }
    if (!persistent) setWatchReferenced(this.#number, false);
  }

  #shown(name) {
    if (name === null || !this.#encoding || this.#encoding === 'utf8') return name;
    const bytes = Buffer.from(name);
    return this.#encoding === 'buffer' ? bytes : bytes.toString(this.#encoding);
  }

  close() {
    if (this.#number === undefined) return;
    unwatch(this.#number);
    this.#number = undefined;
    process.nextTick(() => this.emit('close'));
  }

  ref() {
    if (this.#number !== undefined) setWatchReferenced(this.#number, true);
    return this;
  }

  unref() {
    if (this.#number !== undefined) setWatchReferenced(this.#number, false);
    return this;
  }
}

/** What `options.ignore` may be: texts, regular expressions, functions. */
function validateIgnore(value, name) {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    value.forEach((each, i) => validateIgnore(each, `${name}[${i}]`));
    return;
  }
  if (typeof value === 'string') {
    if (value === '') throw new ERR_INVALID_ARG_VALUE(name, value, 'must be a non-empty string');
    return;
  }
  if (typeof value !== 'function' && !(value instanceof RegExp)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'RegExp', 'Function', 'Array'], value);
  }
}

/** A function that says which names are nobody's business; none if all are. */
function ignoring(value) {
  if (value === undefined || value === null) return undefined;
  const tests = (Array.isArray(value) ? value : [value]).map((each) => {
    if (typeof each === 'function') return each;
    if (each instanceof RegExp) return (name) => each.test(name);
    const { matches } = require('internal/glob');
    // A pattern without a slash is for names in all folders.
    const isDeep = each.includes('/');
    return (name) => matches(isDeep ? name : name.slice(name.lastIndexOf('/') + 1), each, false);
  });
  return (name) => tests.some((test) => test(name));
}

function watchOptions(options) {
  if (typeof options === 'string') options = { encoding: options };
  if (options !== undefined && options !== null) validateObject(options, 'options');
  options = { persistent: true, recursive: false, encoding: 'utf8', ...options };
  validateBoolean(options.persistent, 'options.persistent');
  validateBoolean(options.recursive, 'options.recursive');
  validateIgnore(options.ignore, 'options.ignore');
  if (options.encoding !== 'buffer') assertEncoding(options.encoding);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  return options;
}

function watch(filename, options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  options = watchOptions(options);
  filename = getValidatedPath(filename);
  const watcher = new FSWatcher();
  watcher.start(filename, options);
  if (listener) watcher.on('change', listener);
  const { signal } = options;
  if (signal) {
    const close = () => watcher.close();
    if (signal.aborted) process.nextTick(close);
    else {
      signal.addEventListener('abort', close);
      watcher.once('close', () => signal.removeEventListener('abort', close));
    }
  }
  return watcher;
}

/** The same as an iterator, for `fs/promises`. */
async function* watchChanges(filename, options = {}) {
  options = watchOptions(options);
  const { maxQueue = 2048, signal } = options;
  validateUint32(maxQueue, 'options.maxQueue');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  filename = getValidatedPath(filename);
  const waiting = [];
  let wake;
  const watcher = new FSWatcher();
  watcher.start(filename, options);
  watcher.on('change', (eventType, name) => {
    if (waiting.length < maxQueue) waiting.push({ eventType, filename: name });
    wake?.();
  });
  const onAbort = () => wake?.();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift();
      if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
      await new Promise((resolve) => { wake = resolve; });
    }
  } finally {
    watcher.close();
    signal?.removeEventListener('abort', onAbort);
  }
}

// ---------------------------------------------------------------------------
// What is asked for again and again
// ---------------------------------------------------------------------------

const USUAL_INTERVAL = 5007;

class StatWatcher extends EventEmitter {
  #path;
  #isBigInt;
  #interval;
  #previous;
  #timer;
  #isRefed = true;
  #isStopped = false;

  constructor(path, interval, isBigInt, isPersistent) {
    super();
    this.#path = path;
    this.#interval = interval;
    this.#isBigInt = isBigInt;
    this.#isRefed = isPersistent;
    this.#look();
  }

  #look() {
    start(op.stat, (error, numbers) => {
      if (this.#isStopped) return;
      const current = error ? emptyStats(this.#isBigInt) : statsOf(numbers);
      const previous = this.#previous;
      this.#previous = current;
      if (previous === undefined) {
        if (error) this.emit('change', current, current);
      } else if (hasChanged(previous, current)) {
        this.emit('change', current, previous);
      }
      if (this.#isStopped) return;
      this.#timer = setTimeout(() => this.#look(), this.#interval);
      if (!this.#isRefed) this.#timer.unref();
    }, this.#path, this.#isBigInt);
  }

  stop() {
    if (this.#isStopped) return;
    this.#isStopped = true;
    clearTimeout(this.#timer);
    process.nextTick(() => this.emit('stop'));
  }

  ref() {
    this.#isRefed = true;
    this.#timer?.ref();
    return this;
  }

  unref() {
    this.#isRefed = false;
    this.#timer?.unref();
    return this;
  }
}

const COMPARED = ['ctimeMs', 'mtimeMs', 'birthtimeMs', 'size', 'mode', 'uid', 'gid', 'ino', 'dev'];

function hasChanged(one, other) {
  return COMPARED.some((name) => one[name] !== other[name]);
}

const statWatchers = new Map();

function watchFile(filename, options, listener) {
  filename = require('path').resolve(String(getValidatedPath(filename)));
  if (options === null || typeof options !== 'object') {
    listener = options;
    options = null;
  }
  options = { interval: USUAL_INTERVAL, persistent: true, bigint: false, ...options };
  validateFunction(listener, 'listener');
  validateUint32(options.interval, 'interval');
  let watcher = statWatchers.get(filename);
  if (watcher === undefined) {
    watcher = new StatWatcher(filename, options.interval, options.bigint, options.persistent);
    statWatchers.set(filename, watcher);
  }
  watcher.addListener('change', listener);
  return watcher;
}

function unwatchFile(filename, listener) {
  filename = require('path').resolve(String(getValidatedPath(filename)));
  const watcher = statWatchers.get(filename);
  if (watcher === undefined) return;
  if (typeof listener === 'function') watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') === 0) {
    watcher.stop();
    statWatchers.delete(filename);
  }
}

module.exports = { FSWatcher, unwatchFile, watch, watchChanges, watchFile };
