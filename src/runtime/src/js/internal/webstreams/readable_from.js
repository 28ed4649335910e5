'use strict';

// Streams of iterables: https://streams.spec.whatwg.org/#rs-from

const { codes } = require('internal/errors');
const { createReadableStream } = require('internal/webstreams/readable_stream');
const { invalidState, kState, nothing, promised } = require('internal/webstreams/util');

const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');

/** An iterator that gives promises, of something that is iterated over in either way. */
function asyncIteratorOf(iterable) {
  const ofPromises = iterable[Symbol.asyncIterator];
  const method = ofPromises ?? iterable[Symbol.iterator];
  if (typeof method !== 'function') {
    throw new codes.ERR_ARG_NOT_ITERABLE(require('internal/inspect').inspect(iterable));
  }
  const iterator = Reflect.apply(method, iterable, []);
  if (!isObject(iterator)) throw invalidState('The iterator method must return an object');
  if (ofPromises != null) return iterator;
  return (async function* () {
    return yield* { [Symbol.iterator]: () => iterator };
  })();
}

async function mustBeObject(result, method) {
  if (!isObject(await result)) {
    throw invalidState(`The promise returned by the iterator.${method}() method must fulfill with an object`);
  }
  return result;
}

function fromIterable(iterable) {
  const iterator = asyncIteratorOf(iterable);
  const { next } = iterator;
  const stream = createReadableStream(nothing, { pull, cancel }, 0);

  async function pull() {
    const { controller } = stream[kState];
    const result = await mustBeObject(promised(next, iterator, []), 'next');
    if (result.done) controller.close();
    else controller.enqueue(await result.value);
  }

  async function cancel(reason) {
    const method = iterator.return;
    if (method === undefined) return;
    await mustBeObject(Function.prototype.call.call(method, iterator, reason), 'return');
  }

  return stream;
}

module.exports = { fromIterable };
