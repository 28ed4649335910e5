'use strict';

// Entries of the timeline: https://nodejs.org/api/perf_hooks.html#class-performanceentry

const { codes } = require('internal/errors');
const { inspect } = require('internal/inspect');
const { validateNumber, validateObject } = require('internal/validators');
const { now } = require('internal/perf/clock');

const {
  ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_MISSING_ARGS,
  ERR_PERFORMANCE_INVALID_TIMESTAMP, ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS,
} = codes;

const kCreate = Symbol('create');

let detailOf;

class PerformanceEntry {
  #name;
  #entryType;
  #startTime;
  #duration;
  #detail;

  constructor(token, name, entryType, startTime, duration, detail) {
    if (token !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#name = name;
    this.#entryType = entryType;
    this.#startTime = startTime;
    this.#duration = duration;
    this.#detail = detail;
  }

  static #check(entry) {
    if (entry === null || typeof entry !== 'object' || !(#name in entry)) {
      throw new ERR_INVALID_THIS('PerformanceEntry');
    }
    return entry;
  }

  static {
    detailOf = (entry) => PerformanceEntry.#check(entry).#detail;
  }

  get name() {
    return PerformanceEntry.#check(this).#name;
  }

  get entryType() {
    return PerformanceEntry.#check(this).#entryType;
  }

  get startTime() {
    return PerformanceEntry.#check(this).#startTime;
  }

  get duration() {
    return PerformanceEntry.#check(this).#duration;
  }

  toJSON() {
    const { name, entryType, startTime, duration } = this;
    return { name, entryType, startTime, duration };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `${this.constructor.name} ${inspect(this.toJSON(), inner)}`;
  }
}

/** Entries of types that have a detail. */
class DetailedEntry extends PerformanceEntry {
  get detail() {
    return detailOf(this);
  }

  toJSON() {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, detail };
  }
}

/** Names that stand for times of the process itself. */
const MILESTONES = [
  'nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete',
];

class PerformanceMark extends PerformanceEntry {
  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    name = `${name}`;
    if (MILESTONES.includes(name)) throw new ERR_INVALID_ARG_VALUE('name', name);
    if (options != null) validateObject(options, 'options');
    const startTime = options?.startTime ?? now();
    validateNumber(startTime, 'startTime');
    if (startTime < 0) throw new ERR_PERFORMANCE_INVALID_TIMESTAMP(startTime);
    super(kCreate, name, 'mark', startTime, 0, cloned(options?.detail));
  }

  get detail() {
    return detailOf(this);
  }

  toJSON() {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, detail };
  }
}

function cloned(detail) {
  if (detail == null) return null;
  if (typeof detail !== 'object' && typeof detail !== 'function' && typeof detail !== 'symbol') return detail;
  return require('internal/structured_clone').structuredClone(detail);
}

class PerformanceMeasure extends PerformanceEntry {
  get detail() {
    return detailOf(this);
  }

  toJSON() {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, detail };
  }
}

/** The time of a mark, or of a milestone of the process. */
function timeOf(mark, findMark) {
  if (typeof mark === 'number') {
    if (mark < 0) throw new ERR_PERFORMANCE_INVALID_TIMESTAMP(mark);
    return mark;
  }
  const name = `${mark}`;
  if (MILESTONES.includes(name)) return require('internal/perf/node_timing').milestone(name);
  const found = findMark(name);
  if (found === undefined) {
    const { DOMException } = require('internal/dom_exception');
    throw new DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
  }
  return found.startTime;
}

/** `performance.measure`; `findMark` gives the last mark of a name. */
function newMeasure(name, startOrOptions, endMark, findMark) {
  const options = startOrOptions !== null && typeof startOrOptions === 'object' ? startOrOptions : undefined;
  const { start, end, duration } = options ?? {};
  if (options !== undefined && Object.keys(options).length > 0) {
    if (start === undefined && end === undefined && duration === undefined && options.detail === undefined) {
      throw new ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('One of options.start or options.end is required');
    }
    if (endMark !== undefined) throw new ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('endMark must not be specified');
    if (start !== undefined && end !== undefined && duration !== undefined) {
      throw new ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(
        'Must not have options.start, options.end, and options.duration specified');
    }
  }
  let to;
  if (endMark !== undefined) to = timeOf(endMark, findMark);
  else if (end !== undefined) to = timeOf(end, findMark);
  else if (start !== undefined && duration !== undefined) to = timeOf(start, findMark) + timeOf(duration, findMark);
  else to = now();

  let from;
  if (start !== undefined) from = timeOf(start, findMark);
  else if (duration !== undefined && end !== undefined) from = timeOf(end, findMark) - timeOf(duration, findMark);
  else if (typeof startOrOptions === 'string') from = timeOf(startOrOptions, findMark);
  else from = 0;
  return new PerformanceMeasure(kCreate, name, 'measure', from, to - from, cloned(options?.detail));
}

const newEntry = (name, entryType, startTime, duration, detail) => (
  new DetailedEntry(kCreate, name, entryType, startTime, duration, detail));
Object.defineProperty(DetailedEntry, 'name', { value: 'PerformanceEntry' });

// ---------------------------------------------------------------------------

const enumerable = { __proto__: null, enumerable: true };
const tag = (value) => ({ __proto__: null, configurable: true, value });

Object.defineProperties(PerformanceEntry.prototype, {
  name: enumerable, entryType: enumerable, startTime: enumerable, duration: enumerable, toJSON: enumerable,
});
Object.defineProperties(PerformanceMark.prototype, { detail: enumerable, [Symbol.toStringTag]: tag('PerformanceMark') });
Object.defineProperties(PerformanceMeasure.prototype, {
  detail: enumerable, [Symbol.toStringTag]: tag('PerformanceMeasure'),
});

module.exports = {
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  kCreate,
  newEntry,
  newMeasure,
};
