'use strict';

// https://nodejs.org/api/perf_hooks.html

const { NotImplementedError, codes } = require('internal/errors');
const { inspect } = require('internal/inspect');
const { validateFunction, validateObject } = require('internal/validators');
const { EventTarget, defineEventHandler, init } = require('internal/event_target');
const { now, timeOrigin } = require('internal/perf/clock');
const {
  PerformanceEntry, PerformanceMark, PerformanceMeasure, newEntry, newMeasure,
} = require('internal/perf/entries');
const {
  PerformanceObserver, PerformanceObserverEntryList, clear, enqueue, entries, record, timeline,
} = require('internal/perf/observer');

const { PerformanceResourceTiming, markResourceTiming, setBufferSize } = require('internal/perf/resource_timing');

const { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS, ERR_MISSING_ARGS } = codes;

const kPerformance = Symbol('performance');

function check(performance) {
  if (performance?.[kPerformance] !== true) throw new ERR_INVALID_THIS('Performance');
}

class Performance extends EventTarget {
  constructor() {
    throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  clearMarks(name = undefined) {
    check(this);
    clear('mark', name === undefined ? undefined : `${name}`);
  }

  clearMeasures(name = undefined) {
    check(this);
    clear('measure', name === undefined ? undefined : `${name}`);
  }

  clearResourceTimings(name = undefined) {
    check(this);
    clear('resource', name === undefined ? undefined : `${name}`);
  }

  getEntries() {
    check(this);
    return entries();
  }

  getEntriesByName(name, type = undefined) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    return entries(type === undefined ? undefined : `${type}`, `${name}`);
  }

  getEntriesByType(type) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    return entries(`${type}`);
  }

  mark(name, options = {}) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    const mark = new PerformanceMark(name, options);
    record(mark);
    return mark;
  }

  measure(name, startOrMeasureOptions = {}, endMark = undefined) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    const findMark = (wanted) => timeline.mark.findLast((mark) => mark.name === wanted);
    const measure = newMeasure(`${name}`, startOrMeasureOptions, endMark, findMark);
    record(measure);
    return measure;
  }

  now() {
    check(this);
    return now();
  }

  setResourceTimingBufferSize(maxSize) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('maxSize');
    if (typeof maxSize === 'bigint' || typeof maxSize === 'symbol') {
      const kind = typeof maxSize === 'bigint' ? 'BigInt' : 'Symbol';
      throw Object.assign(
        new TypeError(`maxSize is a ${kind} and cannot be converted to a number.`), { code: 'ERR_INVALID_ARG_TYPE' });
    }
    // An unsigned number of 32 bits.
    setBufferSize(maxSize >>> 0);
  }

  get timeOrigin() {
    check(this);
    return timeOrigin;
  }

  toJSON() {
    check(this);
    return {
      nodeTiming: this.nodeTiming,
      timeOrigin: this.timeOrigin,
      eventLoopUtilization: this.eventLoopUtilization(),
    };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `Performance ${inspect({ nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin }, inner)}`;
  }
}

/** How long the event loop has waited and worked, in all or since other measurements. */
function eventLoopUtilization(util1, util2) {
  const { idleTime = 0 } = native('timers');
  const idle = typeof idleTime === 'function' ? idleTime() : idleTime;
  const { milestone } = require('internal/perf/node_timing');
  const loopStart = milestone('loopStart');
  // Before the loop, nothing has been waited for nor done.
  if (loopStart <= 0) return { idle: 0, active: 0, utilization: 0 };
  if (util2) {
    const waited = util1.idle - util2.idle;
    const worked = util1.active - util2.active;
    return { idle: waited, active: worked, utilization: worked / (waited + worked) };
  }
  const active = now() - loopStart - idle;
  if (!util1) return { idle, active, utilization: active / (idle + active) };
  const waited = idle - util1.idle;
  const worked = active - util1.active;
  return { idle: waited, active: worked, utilization: worked / (waited + worked) };
}

// ---------------------------------------------------------------------------
// https://nodejs.org/api/perf_hooks.html#perf_hookstimerifyfn-options
// ---------------------------------------------------------------------------

function finish(name, start, args, histogram) {
  const duration = now() - start;
  histogram?.record(Math.max(Math.ceil(duration * 1e6), 1));
  const entry = newEntry(name, 'function', start, duration, args);
  for (let i = 0; i < args.length; i++) entry[i] = args[i];
  enqueue(entry);
}

function timerify(fn, options = {}) {
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && typeof histogram?.record !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }
  function timerified(...args) {
    const start = now();
    const result = new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
    if (!new.target && typeof result?.finally === 'function') {
      return result.finally(() => finish(fn.name, start, args, histogram));
    }
    finish(fn.name, start, args, histogram);
    return result;
  }
  Object.defineProperties(timerified, {
    length: { __proto__: null, configurable: false, enumerable: true, value: fn.length },
    name: { __proto__: null, configurable: false, enumerable: true, value: `timerified ${fn.name}` },
  });
  return timerified;
}

// ---------------------------------------------------------------------------

const enumerable = { __proto__: null, enumerable: true };
const hidden = (value) => ({ __proto__: null, configurable: true, enumerable: false, writable: true, value });

Object.defineProperties(Performance.prototype, {
  clearMarks: enumerable,
  clearMeasures: enumerable,
  clearResourceTimings: enumerable,
  getEntries: enumerable,
  getEntriesByName: enumerable,
  getEntriesByType: enumerable,
  mark: enumerable,
  measure: enumerable,
  now: enumerable,
  setResourceTimingBufferSize: enumerable,
  timeOrigin: enumerable,
  toJSON: enumerable,
  eventLoopUtilization: hidden(eventLoopUtilization),
  nodeTiming: {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get: () => require('internal/perf/node_timing').nodeTiming,
  },
  markResourceTiming: hidden({
    markResourceTiming(timingInfo, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus,
                       deliveryType = '') {
      return markResourceTiming(
        this, timingInfo, requestedUrl, initiatorType, cacheMode, bodyInfo, responseStatus, deliveryType);
    },
  }.markResourceTiming),
  timerify: hidden(timerify),
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'Performance' },
});
defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');

const performance = Object.create(Performance.prototype);
init(performance);
performance[kPerformance] = true;

const constants = Object.freeze({
  NODE_PERFORMANCE_GC_MAJOR: 4,
  NODE_PERFORMANCE_GC_MINOR: 1,
  NODE_PERFORMANCE_GC_MINOR_MARK_SWEEP: 2,
  NODE_PERFORMANCE_GC_INCREMENTAL: 8,
  NODE_PERFORMANCE_GC_WEAKCB: 16,
  NODE_PERFORMANCE_GC_FLAGS_NO: 0,
  NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2,
  NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
  NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
  NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
  NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32,
  NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
});

module.exports = {
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  PerformanceObserverEntryList,
  PerformanceResourceTiming,
  monitorEventLoopDelay: (...args) => require('internal/perf/histogram').monitorEventLoopDelay(...args),
  eventLoopUtilization,
  timerify,
  createHistogram: (...args) => require('internal/perf/histogram').createHistogram(...args),
  createSlidingWindowHistogram() {
    throw new NotImplementedError('perf_hooks.createSlidingWindowHistogram');
  },
  importHistogram() {
    throw new NotImplementedError('perf_hooks.importHistogram');
  },
  performance,
};
Object.defineProperty(module.exports, 'constants', { __proto__: null, enumerable: true, value: constants });
