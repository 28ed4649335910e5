'use strict';

// Operators on readable streams: https://nodejs.org/api/stream.html#readablemapfn-options
//
// Those that give streams are generators here, of which `install` makes streams.

const { AbortError, codes } = require('internal/errors');
const {
  validateAbortSignal, validateFunction, validateInteger, validateObject,
} = require('internal/validators');
const { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS, ERR_OUT_OF_RANGE } = codes;

/** What takes the place of a value that is left away. */
const kNone = Symbol('kEmpty');
/** What comes after the last value. */
const kEnd = Symbol('kEof');

function validateOptions(options) {
  if (options != null) validateObject(options, 'options');
  if (options?.signal != null) validateAbortSignal(options.signal, 'options.signal');
}

function map(fn, options) {
  validateFunction(fn, 'fn');
  validateOptions(options);
  let concurrency = 1;
  if (options?.concurrency != null) concurrency = Math.floor(options.concurrency);
  let highWaterMark = concurrency - 1;
  if (options?.highWaterMark != null) highWaterMark = Math.floor(options.highWaterMark);
  validateInteger(concurrency, 'options.concurrency', 1);
  validateInteger(highWaterMark, 'options.highWaterMark', 0);
  return mapped(this, fn, options, concurrency, highWaterMark + concurrency);
}

/**
 * Calls a function for each value, for so many at the same time, and gives the results in
 * the order of the values.
 */
async function* mapped(stream, fn, options, concurrency, most) {
  const { AbortSignal } = require('internal/abort_controller');
  const signal = AbortSignal.any([options?.signal].filter(Boolean));
  const context = { signal };
  const queue = [];
  let running = 0;
  let isDone = false;
  /** Lets who waits for results go on, and who waits for room. */
  let onResult = null;
  let onRoom = null;

  function wake() {
    onResult?.();
    onResult = null;
  }
  function makeRoom() {
    if (onRoom && !isDone && running < concurrency && queue.length < most) {
      onRoom();
      onRoom = null;
    }
  }
  function onSettled() {
    running--;
    makeRoom();
  }
  function onFailed() {
    isDone = true;
    onSettled();
  }

  async function pump() {
    try {
      for await (const value of stream) {
        if (isDone) return;
        if (signal.aborted) throw new AbortError();
        let result;
        try {
          result = fn(value, context);
          if (result === kNone) continue;
          result = Promise.resolve(result);
        } catch (error) {
          result = Promise.reject(error);
        }
        running++;
        result.then(onSettled, onFailed);
        queue.push(result);
        wake();
        if (!isDone && (queue.length >= most || running >= concurrency)) {
          await new Promise((resolve) => { onRoom = resolve; });
        }
      }
      queue.push(kEnd);
    } catch (error) {
      const result = Promise.reject(error);
      result.then(onSettled, onFailed);
      queue.push(result);
    } finally {
      isDone = true;
      wake();
    }
  }

  pump();
  try {
    for (;;) {
      while (queue.length > 0) {
        const value = await queue[0];
        if (value === kEnd) return;
        if (signal.aborted) throw new AbortError();
        if (value !== kNone) yield value;
        queue.shift();
        makeRoom();
      }
      await new Promise((resolve) => { onResult = resolve; });
    }
  } finally {
    isDone = true;
    onRoom?.();
    onRoom = null;
  }
}

function filter(fn, options) {
  validateFunction(fn, 'fn');
  return map.call(this, async (value, context) => (await fn(value, context) ? value : kNone), options);
}

function flatMap(fn, options) {
  const values = map.call(this, fn, options);
  return (async function* () {
    for await (const value of values) yield* value;
  })();
}

function toCount(number) {
  number = Number(number);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw new ERR_OUT_OF_RANGE('number', '>= 0', number);
  return number;
}

function drop(number, options) {
  validateOptions(options);
  let count = toCount(number);
  const stream = this;
  return (async function* () {
    if (options?.signal?.aborted) throw new AbortError();
    for await (const value of stream) {
      if (options?.signal?.aborted) throw new AbortError();
      if (count-- <= 0) yield value;
    }
  })();
}

function take(number, options) {
  validateOptions(options);
  let count = toCount(number);
  const stream = this;
  return (async function* () {
    if (options?.signal?.aborted) throw new AbortError();
    for await (const value of stream) {
      if (options?.signal?.aborted) throw new AbortError();
      if (count-- > 0) yield value;
      // Without waiting for one more.
      if (count <= 0) return;
    }
  })();
}

async function forEach(fn, options) {
  validateFunction(fn, 'fn');
  const values = map.call(this, async (value, context) => {
    await fn(value, context);
    return kNone;
  }, options);
  for await (const _ of values);
}

async function some(fn, options = undefined) {
  for await (const _ of filter.call(this, fn, options)) return true;
  return false;
}

async function every(fn, options = undefined) {
  validateFunction(fn, 'fn');
  return !(await some.call(this, async (...args) => !(await fn(...args)), options));
}

async function find(fn, options) {
  for await (const value of filter.call(this, fn, options)) return value;
  return undefined;
}

async function toArray(options) {
  validateOptions(options);
  const values = [];
  for await (const value of this) {
    if (options?.signal?.aborted) throw new AbortError(undefined, { cause: options.signal.reason });
    values.push(value);
  }
  return values;
}

async function reduce(reducer, initialValue, options) {
  validateFunction(reducer, 'reducer');
  validateOptions(options);
  let hasValue = arguments.length > 1;
  if (options?.signal?.aborted) {
    const error = new AbortError(undefined, { cause: options.signal.reason });
    this.once('error', () => {});
    const { finished } = require('internal/stream/end_of_stream');
    await finished(this.destroy(error));
    throw error;
  }
  const controller = new (require('internal/abort_controller').AbortController)();
  const { signal } = controller;
  if (options?.signal) {
    options.signal.addEventListener('abort', () => controller.abort(), { once: true });
  }
  let isEmpty = true;
  try {
    for await (const value of this) {
      isEmpty = false;
      if (options?.signal?.aborted) throw new AbortError();
      if (hasValue) {
        initialValue = await reducer(initialValue, value, { signal });
      } else {
        initialValue = value;
        hasValue = true;
      }
    }
    if (isEmpty && !hasValue) {
      const error = new ERR_MISSING_ARGS('reduce');
      error.message = 'Reduce of an empty stream requires an initial value';
      throw error;
    }
  } finally {
    controller.abort();
  }
  return initialValue;
}

function compose(stream, options) {
  validateOptions(options);
  const { isNodeStream, isWritable } = require('internal/stream/predicates');
  if (isNodeStream(stream) && !isWritable(stream)) {
    throw new ERR_INVALID_ARG_VALUE('stream', stream, 'must be writable');
  }
  const composed = require('internal/stream/compose').compose(this, stream);
  if (options?.signal) {
    require('internal/stream/abort').destroyOnAbort(options.signal, composed);
  }
  return composed;
}

module.exports = {
  ofStreams: { drop, filter, flatMap, map, take },
  ofPromises: { every, forEach, reduce, toArray, some, find },
  compose,
};
