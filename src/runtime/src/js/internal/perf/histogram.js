'use strict';

// Histograms of high dynamic range, after HdrHistogram: values are counted in buckets whose
// width grows with the value, so that a number of digits is always right.
//
// https://nodejs.org/api/perf_hooks.html#class-histogram

const { codes } = require('internal/errors');
const { inspect } = require('internal/inspect');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');

const { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_OUT_OF_RANGE } = codes;

/** The least value where there is none: the greatest of 64 bits. */
const NO_MINIMUM = 2n ** 63n - 1n;

/** The counts, and the arithmetic of their buckets. */
class Counts {
  constructor(lowest, highest, figures) {
    this.lowest = lowest;
    this.highest = highest;
    this.figures = figures;
    const magnitude = Math.max(Math.ceil(Math.log2(2 * 10 ** figures)), 1);
    this.unit = Math.floor(Math.log2(lowest));
    this.halfMagnitude = magnitude - 1;
    this.subCount = 2 ** magnitude;
    this.halfCount = this.subCount / 2;
    this.reset();
  }

  reset() {
    /** By index; most of them are never used. */
    this.counts = new Map();
    this.total = 0;
    this.exceeds = 0;
    this.min = Infinity;
    this.max = 0;
  }

  #bucketOf(value) {
    const least = this.subCount * 2 ** this.unit;
    if (value < least) return 0;
    return Math.floor(Math.log2(value / least)) + 1;
  }

  /** The lowest value of those that are counted with a value, and how many they are. */
  rangeOf(value) {
    const bucket = this.#bucketOf(value);
    const size = 2 ** (bucket + this.unit);
    const sub = Math.floor(value / size);
    const width = sub >= this.subCount ? size * 2 : size;
    return { lowest: sub * size, width };
  }

  highestLike(value) {
    const { lowest, width } = this.rangeOf(value);
    return lowest + width - 1;
  }

  record(value, count = 1) {
    if (value > this.highest) {
      this.exceeds += count;
      return;
    }
    const { lowest } = this.rangeOf(value);
    this.counts.set(lowest, (this.counts.get(lowest) ?? 0) + count);
    this.total += count;
    if (value !== 0 && value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Lowest values and counts, in order. */
  sorted() {
    return [...this.counts].sort(([a], [b]) => a - b);
  }

  get minimum() {
    if (this.counts.get(0) > 0) return 0;
    return this.total === 0 ? Number(NO_MINIMUM) : this.rangeOf(this.min).lowest;
  }

  get maximum() {
    return this.max === 0 ? 0 : this.highestLike(this.max);
  }

  #middleOf(lowest) {
    return lowest + Math.floor(this.rangeOf(lowest).width / 2);
  }

  get mean() {
    let sum = 0;
    for (const [lowest, count] of this.counts) sum += this.#middleOf(lowest) * count;
    return sum / this.total;
  }

  /** The mean of a power of the distances from the mean. */
  moment(power) {
    const { mean } = this;
    let sum = 0;
    for (const [lowest, count] of this.counts) sum += (this.#middleOf(lowest) - mean) ** power * count;
    return sum / this.total;
  }

  percentile(percentile) {
    const wanted = Math.max(Math.floor(percentile / 100 * this.total + 0.5), 1);
    let seen = 0;
    for (const [lowest, count] of this.sorted()) {
      seen += count;
      if (seen >= wanted) return this.highestLike(lowest);
    }
    return 0;
  }

  /** Percentiles that come the closer to 100 the fewer values are left. */
  percentiles() {
    const result = new Map();
    const entries = this.sorted();
    let seen = 0;
    let next = 0;
    let last = 0;
    for (const [lowest, count] of entries) {
      seen += count;
      last = lowest;
      while (next <= 100 * seen / this.total) {
        if (seen >= this.total && next > 0 && result.has(next)) break;
        result.set(next, lowest);
        const halves = Math.trunc(Math.log(100 / (100 - next)) / Math.log(2)) + 1;
        next += 100 / 2 ** halves;
        if (seen >= this.total) break;
      }
    }
    result.set(100, last);
    return result;
  }
}

// ---------------------------------------------------------------------------

const kCreate = Symbol('create');
const kCounts = Symbol('kHandle');

const countsOf = (histogram, name = 'Histogram') => {
  const counts = histogram?.[kCounts];
  if (!(counts instanceof Counts)) throw new ERR_INVALID_THIS(name);
  return counts;
};

class Histogram {
  constructor(token, counts) {
    if (token !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    Object.defineProperty(this, kCounts, { __proto__: null, value: counts });
  }

  get count() {
    return countsOf(this).total;
  }

  get countBigInt() {
    return BigInt(countsOf(this).total);
  }

  get min() {
    return countsOf(this).minimum;
  }

  get minBigInt() {
    const counts = countsOf(this);
    return counts.total === 0 ? NO_MINIMUM : BigInt(counts.minimum);
  }

  get max() {
    return countsOf(this).maximum;
  }

  get maxBigInt() {
    return BigInt(countsOf(this).maximum);
  }

  get mean() {
    return countsOf(this).mean;
  }

  get exceeds() {
    return countsOf(this).exceeds;
  }

  get exceedsBigInt() {
    return BigInt(countsOf(this).exceeds);
  }

  get stddev() {
    return Math.sqrt(countsOf(this).moment(2));
  }

  get skewness() {
    const counts = countsOf(this);
    const deviation = Math.sqrt(counts.moment(2));
    return counts.total === 0 || deviation === 0 ? 0 : counts.moment(3) / deviation ** 3;
  }

  get kurtosis() {
    const counts = countsOf(this);
    const variance = counts.moment(2);
    return counts.total === 0 || variance === 0 ? 0 : counts.moment(4) / variance ** 2 - 3;
  }

  percentile(percentile) {
    const counts = countsOf(this);
    validatePercentile(percentile);
    return counts.percentile(percentile);
  }

  percentileBigInt(percentile) {
    const counts = countsOf(this);
    validatePercentile(percentile);
    return BigInt(counts.percentile(percentile));
  }

  get percentiles() {
    return countsOf(this).percentiles();
  }

  get percentilesBigInt() {
    return new Map([...countsOf(this).percentiles()].map(([key, value]) => [key, BigInt(value)]));
  }

  reset() {
    countsOf(this).reset();
  }

  toJSON() {
    countsOf(this);
    const { count, min, max, mean, exceeds, stddev, skewness, kurtosis, percentiles } = this;
    return {
      count, min, max, mean, exceeds, stddev, skewness, kurtosis,
      percentiles: Object.fromEntries(percentiles),
    };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const { min, max, mean, exceeds, stddev, skewness, kurtosis, count, percentiles } = this;
    const shown = { min, max, mean, exceeds, stddev, skewness, kurtosis, count, percentiles };
    return `Histogram ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

function validatePercentile(percentile) {
  validateNumber(percentile, 'percentile');
  if (Number.isNaN(percentile) || percentile <= 0 || percentile > 100) {
    throw new ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
  }
}

class RecordableHistogram extends Histogram {
  #last;

  record(val) {
    const counts = countsOf(this, 'RecordableHistogram');
    if (typeof val !== 'bigint') validateInteger(val, 'val', 0);
    counts.record(Number(val));
  }

  /** Records the nanoseconds since it was called before. */
  recordDelta() {
    const counts = countsOf(this, 'RecordableHistogram');
    const time = require('process').hrtime.bigint();
    if (this.#last !== undefined && time > this.#last) counts.record(Number(time - this.#last));
    this.#last = time;
  }

  add(other) {
    const counts = countsOf(this, 'RecordableHistogram');
    if (!(other?.[kCounts] instanceof Counts)) throw new ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    for (const [value, count] of other[kCounts].counts) counts.record(value, count);
    counts.exceeds += other[kCounts].exceeds;
  }
}

function createHistogram(options = {}) {
  validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  if (typeof lowest !== 'bigint') validateInteger(lowest, 'options.lowest', 1, Number.MAX_SAFE_INTEGER);
  if (typeof highest !== 'bigint') {
    validateNumber(highest, 'options.highest');
    if (highest < 2 * Number(lowest)) {
      throw new ERR_OUT_OF_RANGE('options.highest', `>= 2 * options.lowest (${2n * BigInt(lowest)}n)`, highest);
    }
  }
  validateInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(kCreate, new Counts(Number(lowest), Number(highest), figures));
}

// ---------------------------------------------------------------------------
// https://nodejs.org/api/perf_hooks.html#perf_hooksmonitoreventloopdelayoptions
// ---------------------------------------------------------------------------

/** Counts the nanoseconds between the calls of a timer. */
class ELDHistogram extends Histogram {
  #resolution;
  #timer;

  constructor(token, counts, resolution) {
    super(token, counts);
    this.#resolution = resolution;
  }

  enable() {
    if (this.#timer !== undefined) return false;
    const { hrtime } = require('process');
    let last = hrtime.bigint();
    this.#timer = require('timers').setInterval(() => {
      const time = hrtime.bigint();
      countsOf(this).record(Number(time - last));
      last = time;
    }, this.#resolution).unref();
    return true;
  }

  disable() {
    if (this.#timer === undefined) return false;
    require('timers').clearInterval(this.#timer);
    this.#timer = undefined;
    return true;
  }

  [Symbol.dispose]() {
    this.disable();
  }
}

function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  const HOUR = 3.6e12;
  return new ELDHistogram(kCreate, new Counts(1, HOUR, 3), resolution);
}

const isHistogram = (value) => value?.[kCounts] instanceof Counts;

module.exports = { createHistogram, isHistogram, monitorEventLoopDelay };
