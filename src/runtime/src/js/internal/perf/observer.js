'use strict';

// The timeline of entries, and those who are told of them:
// https://nodejs.org/api/perf_hooks.html#class-performanceobserver

const { codes } = require('internal/errors');
const { inspect } = require('internal/inspect');
const { validateFunction, validateObject } = require('internal/validators');

const {
  ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS,
} = codes;

const SUPPORTED = Object.freeze([
  'dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'quic', 'resource',
]);

/** What `performance.getEntries` gives. */
const timeline = { mark: [], measure: [], resource: [] };

const observers = new Set();
const pending = new Set();
let isQueued = false;

const kCreate = Symbol('create');
const byTime = (a, b) => a.startTime - b.startTime;

class PerformanceObserverEntryList {
  #entries;

  constructor(token, entries) {
    if (token !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#entries = entries.sort(byTime);
  }

  getEntries() {
    return this.#entries.slice();
  }

  getEntriesByType(type) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    type = `${type}`;
    return this.#entries.filter((entry) => entry.entryType === type);
  }

  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    name = `${name}`;
    return this.#entries.filter((entry) => (
      entry.name === name && (type === undefined || entry.entryType === type)));
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    return `PerformanceObserverEntryList ${inspect(this.#entries, options)}`;
  }
}

let offer;
let dispatch;

class PerformanceObserver {
  #callback;
  #buffer = [];
  #types = new Set();
  #kind;

  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }

  static get supportedEntryTypes() {
    return SUPPORTED;
  }

  static {
    offer = (observer, entry) => {
      if (!observer.#types.has(entry.entryType)) return;
      observer.#buffer.push(entry);
      dispatchLater(observer);
    };
    dispatch = (observer) => {
      const entries = observer.#buffer.splice(0);
      if (entries.length > 0) {
        const list = new PerformanceObserverEntryList(kCreate, entries);
        observer.#callback.call(observer, list, observer);
      }
    };
  }

  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = { ...options };
    if (entryTypes === undefined && type === undefined) {
      throw new ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    }
    if (entryTypes != null && type != null) {
      throw new ERR_INVALID_ARG_VALUE(
        'options.entryTypes', entryTypes, 'options.entryTypes can not set with options.type together');
    }
    const kind = type !== undefined ? 'single' : 'multiple';
    if (this.#kind !== undefined && this.#kind !== kind) {
      const { DOMException } = require('internal/dom_exception');
      throw new DOMException(
        `PerformanceObserver can not change to ${kind === 'single' ? 'single' : 'multiple'} observations`,
        'InvalidModificationError');
    }
    this.#kind = kind;
    if (kind === 'multiple') {
      if (!Array.isArray(entryTypes)) throw new ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
      this.#types = new Set(entryTypes.filter((each) => SUPPORTED.includes(each)));
      this.#buffer = [];
    } else {
      if (!SUPPORTED.includes(type)) return;
      this.#types.add(type);
      if (buffered && timeline[type] !== undefined) {
        this.#buffer.push(...timeline[type]);
        dispatchLater(this);
      }
    }
    if (this.#types.size > 0) observers.add(this);
    else this.disconnect();
  }

  disconnect() {
    observers.delete(this);
    pending.delete(this);
    this.#buffer = [];
    this.#types.clear();
    this.#kind = undefined;
  }

  takeRecords() {
    return this.#buffer.splice(0);
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const shown = {
      connected: observers.has(this),
      pending: pending.has(this),
      entryTypes: [...this.#types],
      buffer: this.#buffer,
    };
    return `PerformanceObserver ${inspect(shown, options)}`;
  }
}

function dispatchLater(observer) {
  pending.add(observer);
  if (isQueued) return;
  isQueued = true;
  require('timers').setImmediate(() => {
    isQueued = false;
    const due = [...pending];
    pending.clear();
    for (const each of due) dispatch(each);
  });
}

/** Tells all who want to know of an entry. */
function enqueue(entry) {
  for (const observer of observers) offer(observer, entry);
}

const hasObserver = (type) => observers.size > 0 && SUPPORTED.includes(type);

/** Adds an entry to the timeline. */
function record(entry) {
  const list = timeline[entry.entryType];
  if (list !== undefined) {
    list.push(entry);
    // More of them than anybody reads are likely to be a leak.
    if (list.length === 1e6 + 1 && entry.entryType !== 'resource') warnOfLeak(entry.entryType, list.length);
  }
  enqueue(entry);
}

function warnOfLeak(type, count) {
  const clear = type === 'mark' ? 'performance.clearMarks' : 'performance.clearMeasures';
  const warning = new Error(
    `Possible perf_hooks memory leak detected. ${count} ${type} entries added to the global ` +
    `performance entry buffer. Use ${clear} to clear the buffer.`);
  warning.name = 'MaxPerformanceEntryBufferExceededWarning';
  warning.entryType = type;
  warning.count = count;
  require('process').emitWarning(warning);
}

function entries(type, name) {
  const lists = type === undefined ? Object.values(timeline).flat() : [...timeline[type] ?? []];
  const found = name === undefined ? lists : lists.filter((entry) => entry.name === name);
  return found.sort(byTime);
}

function clear(type, name) {
  timeline[type] = name === undefined ? [] : timeline[type].filter((entry) => entry.name !== name);
}

const enumerable = { __proto__: null, enumerable: true };
const tag = (value) => ({ __proto__: null, configurable: true, value });
Object.defineProperties(PerformanceObserver.prototype, {
  observe: enumerable, disconnect: enumerable, takeRecords: enumerable, [Symbol.toStringTag]: tag('PerformanceObserver'),
});
Object.defineProperties(PerformanceObserverEntryList.prototype, {
  getEntries: enumerable,
  getEntriesByType: enumerable,
  getEntriesByName: enumerable,
  [Symbol.toStringTag]: tag('PerformanceObserverEntryList'),
});

module.exports = {
  PerformanceObserver, PerformanceObserverEntryList, clear, enqueue, entries, hasObserver, record, timeline,
};
