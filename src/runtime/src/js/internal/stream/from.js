'use strict';

// Readable streams of iterables: https://nodejs.org/api/stream.html#streamreadablefromiterable-options

const { codes } = require('internal/errors');
const { Buffer } = require('buffer');
const { nextTick } = native('process');

function from(Readable, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) {
    return new Readable({
      objectMode: true,
      ...options,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }
  let iterator;
  let isAsync;
  if (iterable?.[Symbol.asyncIterator]) {
    isAsync = true;
    iterator = iterable[Symbol.asyncIterator]();
  } else if (iterable?.[Symbol.iterator]) {
    isAsync = false;
    iterator = iterable[Symbol.iterator]();
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('iterable', ['Iterable'], iterable);
  }

  const readable = new Readable({ objectMode: true, highWaterMark: 1, ...options });
  let isReading = false;

  readable._read = function() {
    if (isReading) return;
    isReading = true;
    if (isAsync) pushAsync();
    else pushNow();
  };

  readable._destroy = function(error, callback) {
    close(error).then(
      () => nextTick(callback, error),
      (failure) => nextTick(callback, failure || error));
  };

  async function close(error) {
    const hasError = error !== undefined && error !== null;
    if (hasError && typeof iterator.throw === 'function') {
      const { value, done } = await iterator.throw(error);
      await value;
      if (done) return;
    }
    if (typeof iterator.return === 'function') {
      const { value } = await iterator.return();
      await value;
    }
  }

  /** Whether one more may be pushed. */
  function pushValue(value) {
    if (value === null) throw new codes.ERR_STREAM_NULL_VALUES();
    if (readable.push(value)) return true;
    isReading = false;
    return false;
  }

  /** As long as values come at once, nothing is waited for. */
  function pushNow() {
    try {
      for (;;) {
        const { value, done } = iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        if (typeof value?.then === 'function') {
          pushPromised(value);
          return;
        }
        if (!pushValue(value)) return;
      }
    } catch (error) {
      readable.destroy(error);
    }
  }

  async function pushPromised(promise) {
    try {
      const value = await promise;
      if (value === null) {
        isReading = false;
        throw new codes.ERR_STREAM_NULL_VALUES();
      }
      if (pushValue(value)) pushNow();
    } catch (error) {
      readable.destroy(error);
    }
  }

  async function pushAsync() {
    try {
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        if (value === null) {
          isReading = false;
          throw new codes.ERR_STREAM_NULL_VALUES();
        }
        if (!pushValue(value)) return;
      }
    } catch (error) {
      readable.destroy(error);
    }
  }

  return readable;
}

module.exports = { from };
