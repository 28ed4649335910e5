'use strict';

// What all streams of the web are made with: queues, strategies, checks, what `inspect` shows.
// https://streams.spec.whatwg.org/#supporting-ao
//
// What the standard calls internal slots and abstract operations are here the properties and
// methods of an object behind each public one: a `ReadableState` behind a `ReadableStream`, a
// `WriterState` behind a `WritableStreamDefaultWriter`. The public object has it under `kState`.

const { codes } = require('internal/errors');
const {
  kValidateObjectAllowObjects, kValidateObjectAllowObjectsAndNull, validateFunction, validateObject,
} = require('internal/validators');

/** The state behind a public object. */
const kState = Symbol('kState');
/** What constructors are called with that programs must not call. */
const kInternal = Symbol('kInternal');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

/** How a sink or a transformer is closed when nobody has said anything about it. */
function nothing() {}

/** Nobody need handle the rejection of this promise. */
function markHandled(promise) {
  promise.then(undefined, nothing);
}

function invalidState(message) {
  return new codes.ERR_INVALID_STATE.TypeError(message);
}

// ---------------------------------------------------------------------------
// Queues
// ---------------------------------------------------------------------------

/** How many places are given up before a queue is moved to the front. */
const MOST_EMPTY = 64;

/** A queue of which the first item is taken without moving the others. */
class Deque {
  items = [];
  first = 0;

  get length() {
    return this.items.length - this.first;
  }

  push(item) {
    this.items.push(item);
  }

  peek() {
    return this.items[this.first];
  }

  shift() {
    const { items, first } = this;
    const item = items[first];
    items[first] = undefined;
    this.first = first + 1;
    if (this.first === items.length) {
      items.length = 0;
      this.first = 0;
    } else if (this.first >= MOST_EMPTY && this.first * 2 >= items.length) {
      items.splice(0, this.first);
      this.first = 0;
    }
    return item;
  }

  /** All of it, which is no longer in there. */
  takeAll() {
    const items = this.first === 0 ? this.items : this.items.slice(this.first);
    this.items = [];
    this.first = 0;
    return items;
  }
}

/** https://streams.spec.whatwg.org/#queue-with-sizes */
class SizedQueue extends Deque {
  total = 0;

  /** A value and its size stand in two places, one after the other. */
  get length() {
    return (this.items.length - this.first) / 2;
  }

  enqueue(value, size) {
    size = Number(size);
    if (!(size >= 0) || size === Infinity) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('size', size);
    }
    this.items.push(value, size);
    this.total += size;
  }

  dequeue() {
    const value = this.shift();
    // Rounding may have made it less than nothing.
    this.total = Math.max(this.total - this.shift(), 0);
    return value;
  }

  clear() {
    this.takeAll();
    this.total = 0;
  }
}

// ---------------------------------------------------------------------------
// What programs give
// ---------------------------------------------------------------------------

/** https://streams.spec.whatwg.org/#validate-and-normalize-high-water-mark */
function highWaterMarkOf(strategy, otherwise) {
  const value = strategy?.highWaterMark;
  if (value === undefined) return otherwise;
  const number = +value;
  if (Number.isNaN(number) || number < 0) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.highWaterMark', value);
  }
  return number;
}

function one() {
  return 1;
}

/** https://streams.spec.whatwg.org/#make-size-algorithm-from-size-function */
function sizeAlgorithmOf(strategy) {
  const size = strategy?.size;
  if (size === undefined) return one;
  validateFunction(size, 'strategy.size');
  return (chunk) => Reflect.apply(size, undefined, [chunk]);
}

/** An underlying source, a sink or a transformer. */
function validateUnderlying(value, name) {
  validateObject(value, name, kValidateObjectAllowObjects);
}

function validateOptions(value, name) {
  validateObject(value, name, kValidateObjectAllowObjectsAndNull);
}

/**
 * A method of an underlying object, as a function of so many arguments that gives a promise
 * whatever it does; `otherwise` where there is none.
 */
function promisedMethod(object, method, name, count, otherwise) {
  if (!method) return otherwise;
  validateFunction(method, name);
  switch (count) {
    case 0: return () => promised(method, object, []);
    case 1: return (argument) => promised(method, object, [argument]);
    default: return (argument, controller) => promised(method, object, [argument, controller]);
  }
}

/** What `start` of an underlying object gives; it is called at once. */
function callStart(object, start, controller) {
  return start ? Function.prototype.bind.call(start, object, controller)() : undefined;
}

/** What a function gives, as a promise. */
function promised(method, receiver, args) {
  try {
    return Promise.resolve(Reflect.apply(method, receiver, args));
  } catch (error) {
    return Promise.reject(error);
  }
}

function resolved() {
  return Promise.resolve();
}

// ---------------------------------------------------------------------------
// Classes
// ---------------------------------------------------------------------------

/** Makes properties of a class as Web IDL wants them. */
function defineInterface(Class, names, tag = Class.name) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
  if (tag !== null) {
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { configurable: true, value: tag });
  }
}

/** The state behind an object of one kind; an error if there is none. */
function stateOf(object, State, name) {
  const state = object?.[kState];
  if (!(state instanceof State)) throw new codes.ERR_INVALID_THIS(name);
  return state;
}

/** What `inspect` shows: nothing where it does not look so deep. */
function showFields(name, depth, options, fields) {
  if (depth < 0) return undefined;
  const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
  return `${name} ${require('internal/inspect').inspect(fields, inner)}`;
}

/**
 * A promise that a state has only once somebody has asked for it: hardly anybody looks at
 * `closed`. Nobody need handle its rejection.
 */
class Settling {
  isPending = true;

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers();
    this.promise = promise;
    this.settle = { resolve, reject };
    markHandled(promise);
  }

  resolve(value) {
    this.isPending = false;
    this.settle.resolve(value);
  }

  reject(error) {
    this.isPending = false;
    this.settle.reject(error);
  }
}

/** What the states of streams of both directions have of their end. */
class EndingState {
  storedError = undefined;
  isClosed = undefined;

  /** What `stream.finished` waits for. */
  whenClosed() {
    if (this.isClosed === undefined) this.settle(this.isClosed = new Settling());
    return this.isClosed.promise;
  }

  settle(settling) {
    if (this.state === 'closed') settling.resolve();
    else if (this.state === 'errored') settling.reject(this.storedError);
  }
}

/** What becomes of a promise that is rejected: one that is settled already gives way to the next. */
function rejected(settling, error) {
  if (settling === undefined || !settling.isPending) return undefined;
  settling.reject(error);
  return settling;
}

module.exports = {
  Deque,
  EndingState,
  Settling,
  SizedQueue,
  callStart,
  defineInterface,
  highWaterMarkOf,
  invalidState,
  kInspect,
  kInternal,
  kState,
  markHandled,
  nothing,
  one,
  promised,
  promisedMethod,
  rejected,
  resolved,
  showFields,
  sizeAlgorithmOf,
  stateOf,
  validateOptions,
  validateUnderlying,
};
