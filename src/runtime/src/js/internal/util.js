'use strict';

// What modules and programs have of functions: promises for callbacks and back, classes,
// warnings of what is deprecated.

const { codes } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const process = native('process');

const { ERR_FALSY_VALUE_REJECTION, ERR_INVALID_ARG_TYPE } = codes;

const kEmptyObject = Object.freeze({ __proto__: null });

// ---------------------------------------------------------------------------
// https://nodejs.org/api/util.html#utilpromisifyoriginal
// ---------------------------------------------------------------------------

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');
/** Of functions whose callbacks get several values: their names. */
const kCustomPromisifyArgs = Symbol('customPromisifyArgs');

function promisify(original) {
  validateFunction(original, 'original');
  const custom = original[kCustomPromisify];
  if (custom) {
    validateFunction(custom, 'util.promisify.custom');
    return Object.defineProperty(custom, kCustomPromisify, {
      __proto__: null, value: custom, enumerable: false, writable: false, configurable: true,
    });
  }
  const names = original[kCustomPromisifyArgs];

  function fn(...args) {
    return new Promise((resolve, reject) => {
      args.push((error, ...values) => {
        if (error) {
          reject(error);
        } else if (names !== undefined && values.length > 1) {
          const named = {};
          for (let i = 0; i < names.length; i++) named[names[i]] = values[i];
          resolve(named);
        } else {
          resolve(values[0]);
        }
      });
      const result = Reflect.apply(original, this, args);
      if (result instanceof Promise) {
        emitWarning(
          'Calling promisify on a function that returns a Promise is likely a mistake.',
          'DeprecationWarning', 'DEP0174');
      }
    });
  }

  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, kCustomPromisify, {
    __proto__: null, value: fn, enumerable: false, writable: false, configurable: true,
  });
  copyProperties(original, fn);
  return fn;
}

promisify.custom = kCustomPromisify;

function copyProperties(from, to, change) {
  for (const key of Reflect.ownKeys(from)) {
    const descriptor = Object.getOwnPropertyDescriptor(from, key);
    Object.setPrototypeOf(descriptor, null);
    change?.(key, descriptor);
    Object.defineProperty(to, key, descriptor);
  }
}

// ---------------------------------------------------------------------------
// https://nodejs.org/api/util.html#utilcallbackifyoriginal
// ---------------------------------------------------------------------------

function callbackify(original) {
  validateFunction(original, 'original');

  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const bound = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(bound, null, value),
      (reason) => process.nextTick(callWithReason, reason, bound));
  }

  copyProperties(original, callbackified, (key, descriptor) => {
    if (key === 'length' && typeof descriptor.value === 'number') descriptor.value++;
    if (key === 'name' && typeof descriptor.value === 'string') descriptor.value += 'Callbackified';
  });
  return callbackified;
}

const TICKS_FRAME = '    at process.processTicksAndRejections (node:internal/process/task_queues:90:21)';

function callWithReason(reason, callback) {
  // The callback would take a falsy reason for success.
  if (!reason) {
    const error = new ERR_FALSY_VALUE_REJECTION(reason);
    error.reason = reason;
    Error.captureStackTrace(error, callWithReason);
    // It is called by the queue of ticks alone, which has no frame of its own.
    error.stack += `\n${TICKS_FRAME}`;
    reason = error;
  }
  return callback(reason);
}

// ---------------------------------------------------------------------------
// https://nodejs.org/api/util.html#utildeprecatefn-msg-code-options
// ---------------------------------------------------------------------------

const warnedOf = new Set();

function emitWarning(message, type, code, constructor) {
  require('process').emitWarning(message, type, code, constructor);
}

/** A function that warns the first time that it is called. */
function deprecate(fn, message, code, options) {
  if (code !== undefined) validateString(code, 'code');
  const modifyPrototype = options?.modifyPrototype ?? true;
  let hasWarned = false;

  function deprecated(...args) {
    if (!hasWarned) {
      hasWarned = true;
      if (code === 'ExperimentalWarning') {
        require('process').emitWarning(message, code, deprecated);
      } else if (code === undefined) {
        require('process').emitWarning(message, 'DeprecationWarning', deprecated);
      } else if (!warnedOf.has(code)) {
        emitWarning(message, 'DeprecationWarning', code, deprecated);
        warnedOf.add(code);
      }
    }
    if (new.target) return Reflect.construct(fn, args, new.target);
    return Reflect.apply(fn, this, args);
  }

  if (modifyPrototype) {
    // `instanceof` and what hangs on the function go on as they were.
    Object.setPrototypeOf(deprecated, fn);
    if (fn.prototype) deprecated.prototype = fn.prototype;
  }
  Object.defineProperty(deprecated, 'length', {
    __proto__: null,
    ...Object.getOwnPropertyDescriptor(fn, 'length'),
  });
  return deprecated;
}

// ---------------------------------------------------------------------------
// https://nodejs.org/api/util.html#utilinheritsconstructor-superconstructor
// ---------------------------------------------------------------------------

function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw new ERR_INVALID_ARG_TYPE('ctor', 'Function', ctor);
  if (superCtor === undefined || superCtor === null) {
    throw new ERR_INVALID_ARG_TYPE('superCtor', 'Function', superCtor);
  }
  if (superCtor.prototype === undefined) {
    throw new ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superCtor.prototype);
  }
  Object.defineProperty(ctor, 'super_', {
    __proto__: null, value: superCtor, writable: true, configurable: true,
  });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

/** Whether the first caller of `below` that is no built-in module belongs to a package. */
function isInsideNodeModules(below) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 10;
  const holder = {};
  Error.captureStackTrace(holder, below);
  const { stack } = holder;
  Error.stackTraceLimit = stackTraceLimit;
  if (typeof stack !== 'string') return false;
  for (const line of stack.split('\n').slice(1)) {
    if (/\(node:|^\s+at node:|<anonymous>/.test(line)) continue;
    return /[\\/]node_modules[\\/]/.test(line);
  }
  return false;
}

/** Gives an object properties that are members of modules, which are loaded when read. */
function defineLazyProperties(target, id, names, enumerable = true) {
  for (const name of names) {
    Object.defineProperty(target, name, {
      __proto__: null,
      enumerable,
      configurable: true,
      get() {
        const value = require(id)[name];
        Object.defineProperty(target, name, {
          __proto__: null, value, enumerable, configurable: true, writable: true,
        });
        return value;
      },
      set(value) {
        Object.defineProperty(target, name, {
          __proto__: null, value, enumerable, configurable: true, writable: true,
        });
      },
    });
  }
}

module.exports = {
  callbackify,
  customPromisifyArgs: kCustomPromisifyArgs,
  defineLazyProperties,
  deprecate,
  inherits,
  isInsideNodeModules,
  kCustomPromisifyArgsSymbol: kCustomPromisifyArgs,
  kEmptyObject,
  promisify,
};
