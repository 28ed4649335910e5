'use strict';

// Iterating over a readable stream: https://nodejs.org/api/stream.html#readablesymbolasynciterator
//
// It behaves as an asynchronous generator does that reads one chunk after the other, but what
// is there already is given without waiting.

const { aggregateTwoErrors } = require('internal/errors');
const { destroyer } = require('internal/stream/destroy');
const { eos } = require('internal/stream/end_of_stream');
const { enqueueMicrotask } = native('process');

const prototype = {
  [Symbol.asyncIterator]() {
    return this;
  },
  async [Symbol.asyncDispose]() {
    await this.return();
  },
};

function iterate(stream, options) {
  if (typeof stream.read !== 'function') {
    const Readable = require('internal/stream/readable');
    stream = Readable.wrap(stream, { objectMode: true });
  }

  /** Calls of methods that have not been answered, in order. */
  const requests = [];
  let hasStarted = false;
  let hasFinished = false;
  let isWaking = false;
  /** Null: the stream has come to its end. */
  let error;
  let cleanUp;

  function start() {
    hasStarted = true;
    stream.on('readable', wake);
    cleanUp = eos(stream, { writable: false }, (failure) => {
      error = failure ? aggregateTwoErrors(error, failure) : null;
      wake();
    });
  }

  /** Who waits goes on after what runs now. */
  function wake() {
    if (requests.length === 0 || isWaking) return;
    isWaking = true;
    enqueueMicrotask(wakeNow);
  }
  function wakeNow() {
    isWaking = false;
    answer();
  }

  function finish() {
    hasFinished = true;
    if ((error || options?.destroyOnReturn !== false) &&
        (error === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', wake);
      cleanUp();
    }
  }

  /** Answers the first requests, up to one that has to wait. */
  function answer() {
    while (requests.length > 0) {
      const { kind, value, resolve, reject } = requests[0];
      if (hasFinished) {
        requests.shift();
        if (kind === 'throw') reject(value);
        else resolve({ done: true, value: kind === 'return' ? value : undefined });
        continue;
      }
      if (kind === 'return') {
        requests.shift();
        if (hasStarted) finish();
        hasFinished = true;
        resolve({ done: true, value });
        continue;
      }
      if (kind === 'throw') {
        requests.shift();
        if (hasStarted) {
          error = aggregateTwoErrors(error, value);
          finish();
        } else {
          error = value;
        }
        hasFinished = true;
        reject(error);
        continue;
      }
      let chunk;
      try {
        if (!hasStarted) start();
        chunk = stream.destroyed ? null : stream.read();
      } catch (thrown) {
        error = aggregateTwoErrors(error, thrown);
      }
      if (chunk !== null && chunk !== undefined) {
        requests.shift();
        give(chunk, resolve, reject);
      } else if (error) {
        requests.shift();
        finish();
        reject(error);
      } else if (error === null) {
        requests.shift();
        finish();
        resolve({ done: true, value: undefined });
      } else {
        return;
      }
    }
  }

  function give(chunk, resolve, reject) {
    if (typeof chunk.then !== 'function') {
      resolve({ done: false, value: chunk });
      return;
    }
    chunk.then((value) => resolve({ done: false, value }), (failure) => {
      error = aggregateTwoErrors(error, failure);
      if (!hasFinished) finish();
      reject(error);
    });
  }

  function ask(kind, value) {
    return new Promise((resolve, reject) => {
      requests.push({ kind, value, resolve, reject });
      if (requests.length === 1) answer();
    });
  }

  return {
    __proto__: prototype,
    next() {
      // What is there need not wait in a list.
      if (requests.length === 0 && hasStarted && !hasFinished && !stream.destroyed) {
        const chunk = stream.read();
        if (chunk !== null) {
          if (typeof chunk.then !== 'function') return Promise.resolve({ done: false, value: chunk });
          return new Promise((resolve, reject) => give(chunk, resolve, reject));
        }
      }
      return ask('next', undefined);
    },
    return(value) {
      return ask('return', value);
    },
    throw(failure) {
      return ask('throw', failure);
    },
    stream,
  };
}

module.exports = { iterate };
