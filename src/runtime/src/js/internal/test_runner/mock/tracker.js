'use strict';

// Mocks: https://nodejs.org/api/test.html#class-mocktracker

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE }, NotImplementedError } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');

/** What a mock has been called with, and what it does. */
class MockFunctionContext {
  #calls = [];
  #nextImplementations = new Map();
  #implementation;
  #restore;
  #times;

  constructor(implementation, restore, times) {
    this.#implementation = implementation;
    this.#restore = restore;
    this.#times = times;
  }

  get calls() {
    return this.#calls.slice();
  }

  callCount() {
    return this.#calls.length;
  }

  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall) {
    validateFunction(implementation, 'implementation');
    const next = this.#calls.length;
    const call = onCall ?? next;
    validateInteger(call, 'onCall', next);
    this.#nextImplementations.set(call, implementation);
  }

  restore() {
    const { descriptor, object, original, methodName } = this.#restore;
    if (typeof methodName === 'string' || typeof methodName === 'symbol') {
      Object.defineProperty(object, methodName, descriptor);
    } else {
      this.#implementation = original;
    }
  }

  resetCalls() {
    this.#calls = [];
  }

  /** Called with what the mock is called with. */
  static track(context, call) {
    context.#calls.push(call);
  }

  /** The function for the call to come. */
  static next(context) {
    const count = context.#calls.length;
    const once = context.#nextImplementations.get(count);
    const usual = context.#implementation;
    // Calls are counted when they end, so a mock that is to last some time is restored here.
    if (count + 1 === context.#times) context.restore();
    if (once === undefined) return usual;
    context.#nextImplementations.delete(count);
    return once;
  }
}

const { next: nextOf, track } = MockFunctionContext;
for (const name of ['next', 'track']) delete MockFunctionContext[name];

/** A property that a mock stands for, and what has been done to it. */
class MockPropertyContext {
  #object;
  #name;
  #value;
  #descriptor;
  #accesses = [];
  #onceValues = new Map();

  constructor(object, name, value) {
    this.#object = object;
    this.#name = name;
    this.#descriptor = Object.getOwnPropertyDescriptor(object, name);
    if (this.#descriptor === undefined) {
      throw new ERR_INVALID_ARG_VALUE('propertyName', name, 'is not a property of the object');
    }
    this.#value = value;
    const { configurable, enumerable } = this.#descriptor;
    Object.defineProperty(object, name, {
      __proto__: null,
      configurable,
      enumerable,
      get: () => this.#access('get'),
      set: (given) => this.#access('set', given),
    });
  }

  #access(type, given) {
    if (type === 'set' && !this.#descriptor.writable && this.#descriptor.set === undefined) {
      throw new ERR_INVALID_ARG_VALUE('propertyName', this.#name, 'cannot be set');
    }
    const count = this.#accesses.length;
    let value = type === 'set' ? given : this.#value;
    if (this.#onceValues.has(count)) {
      value = this.#onceValues.get(count);
      this.#onceValues.delete(count);
    } else if (type === 'set') {
      this.#value = given;
    }
    this.#accesses.push({ type, value, stack: new Error() });
    return value;
  }

  get accesses() {
    return this.#accesses.slice();
  }

  accessCount() {
    return this.#accesses.length;
  }

  mockImplementation(value) {
    this.#access('set', value);
  }

  mockImplementationOnce(value, onAccess) {
    const next = this.#accesses.length;
    const access = onAccess ?? next;
    validateInteger(access, 'onAccess', next);
    this.#onceValues.set(access, value);
  }

  resetAccesses() {
    this.#accesses = [];
  }

  restore() {
    Object.defineProperty(this.#object, this.#name, this.#descriptor);
  }
}

function validateTimes(times, name) {
  if (times === Infinity) return;
  validateInteger(times, name, 1);
}

function validateName(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new ERR_INVALID_ARG_TYPE('methodName', ['string', 'symbol'], name);
  }
}

/** The descriptor of a property, wherever in the prototype chain it is. */
function findDescriptor(object, name) {
  for (let owner = object; owner !== null && owner !== undefined; owner = Object.getPrototypeOf(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

/** What is kept of a call. */
function newCall(args, target, thisValue) {
  return {
    __proto__: null, arguments: args, error: undefined, result: undefined, stack: new Error(), target, this: thisValue,
  };
}

class MockTracker {
  #mocks = [];
  #timers;

  get timers() {
    this.#timers ??= new (require('internal/test_runner/mock/timers').MockTimers)();
    return this.#timers;
  }

  fn(original = function() {}, implementation = original, options = {}) {
    if (original !== null && typeof original === 'object') {
      options = original;
      original = function() {};
      implementation = original;
    } else if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = original;
    }
    validateFunction(original, 'original');
    validateFunction(implementation, 'implementation');
    validateObject(options, 'options');
    const { times = Infinity } = options;
    validateTimes(times, 'options.times');
    return this.#mock(original, implementation, { __proto__: null, original }, times);
  }

  method(objectOrFunction, methodName, implementation, options) {
    validateName(methodName);
    if (typeof objectOrFunction !== 'function') validateObject(objectOrFunction, 'object');
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    options ??= {};
    validateObject(options, 'options');
    const { getter = false, setter = false, times = Infinity } = options;
    validateBoolean(getter, 'options.getter');
    validateBoolean(setter, 'options.setter');
    validateTimes(times, 'options.times');
    if (setter && getter) {
      throw new ERR_INVALID_ARG_VALUE('options.setter', setter, "cannot be used with 'options.getter'");
    }
    const descriptor = findDescriptor(objectOrFunction, methodName);
    const original = getter ? descriptor?.get : setter ? descriptor?.set : descriptor?.value;
    if (typeof original !== 'function') {
      throw new ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    }
    implementation ??= original;
    validateFunction(implementation, 'implementation');
    const restore = { __proto__: null, descriptor, object: objectOrFunction, original, methodName };
    const mock = this.#mock(original, implementation, restore, times);
    const { configurable, enumerable } = descriptor;
    const replaced = { __proto__: null, configurable, enumerable };
    if (getter) {
      replaced.get = mock;
      replaced.set = descriptor.set;
    } else if (setter) {
      replaced.get = descriptor.get;
      replaced.set = mock;
    } else {
      replaced.writable = descriptor.writable;
      replaced.value = mock;
    }
    Object.defineProperty(objectOrFunction, methodName, replaced);
    return mock;
  }

  getter(object, methodName, implementation = undefined, options = {}) {
    return this.#accessor('getter', object, methodName, implementation, options);
  }

  setter(object, methodName, implementation = undefined, options = {}) {
    return this.#accessor('setter', object, methodName, implementation, options);
  }

  #accessor(kind, object, methodName, implementation, options) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    } else {
      validateObject(options, 'options');
    }
    if (options[kind] === false) {
      throw new ERR_INVALID_ARG_VALUE(`options.${kind}`, options[kind], 'cannot be false');
    }
    return this.method(object, methodName, implementation, { ...options, [kind]: true });
  }

  property(object, propertyName, value) {
    validateObject(object, 'object');
    if (typeof propertyName !== 'string' && typeof propertyName !== 'symbol') {
      throw new ERR_INVALID_ARG_TYPE('propertyName', ['string', 'symbol'], propertyName);
    }
    const initial = arguments.length > 2 ? value : object[propertyName];
    const context = new MockPropertyContext(object, propertyName, initial);
    this.#mocks.push({ __proto__: null, context });
    return new Proxy(object, {
      __proto__: null,
      get: (target, name, receiver) => (name === 'mock' ? context : Reflect.get(target, name, receiver)),
    });
  }

  reset() {
    this.restoreAll();
    this.#timers?.reset();
    this.#mocks = [];
  }

  restoreAll() {
    for (const { context } of this.#mocks) context.restore();
  }

  #mock(original, implementation, restore, times) {
    const context = new MockFunctionContext(implementation, restore, times);
    const mock = new Proxy(original, {
      __proto__: null,
      apply(fn, thisArg, args) {
        const call = newCall(args, undefined, thisArg);
        try {
          return (call.result = Reflect.apply(nextOf(context), thisArg, args));
        } catch (error) {
          call.error = error;
          throw error;
        } finally {
          track(context, call);
        }
      },
      construct(target, args, newTarget) {
        const call = newCall(args, target, undefined);
        const made = nextOf(context);
        try {
          const result = Reflect.construct(made, args, newTarget);
          call.this = result;
          call.result = result;
          return result;
        } catch (error) {
          call.error = error;
          throw error;
        } finally {
          track(context, call);
        }
      },
      get: (target, name, receiver) => (name === 'mock' ? context : Reflect.get(target, name, receiver)),
    });
    this.#mocks.push({ __proto__: null, context });
    return mock;
  }
}

// It is there only with an option of the program.
if (require('internal/options').flag('experimental-test-module-mocks')) {
  MockTracker.prototype.module = function module() {
    throw new NotImplementedError('mock.module');
  };
}

module.exports = { MockTracker };
