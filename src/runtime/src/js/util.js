'use strict';

// https://nodejs.org/api/util.html

const {
  NotImplementedError,
  codes,
  errnoException,
  exceptionWithHostPort,
} = require('internal/errors');
const { format, formatWithOptions, inspect, stripControlSequences } = require('internal/inspect');
const { callbackify, defineLazyProperties, deprecate, inherits, promisify } = require('internal/util');
const {
  kValidateObjectAllowObjects,
  validateNumber,
  validateObject,
  validateOneOf,
  validateString,
} = require('internal/validators');
const types = require('util/types');

const { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } = codes;

/** A function of a module that is loaded when it is called first. */
function lazy(id, name, length) {
  const loader = {
    [name](...args) {
      return Reflect.apply(require(id)[name], this, args);
    },
  }[name];
  return Object.defineProperty(loader, 'length', { __proto__: null, value: length, configurable: true });
}

function _extend(target, source) {
  // Whatever is no object has nothing to give.
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}

// ---------------------------------------------------------------------------
// Errors of the system
// ---------------------------------------------------------------------------

function validateErrno(err) {
  validateNumber(err, 'err');
  if (err >= 0 || !Number.isSafeInteger(err)) throw new ERR_OUT_OF_RANGE('err', 'a negative integer', err);
}

function getSystemErrorName(err) {
  validateErrno(err);
  return native('errors').systemErrorName(err) ?? `Unknown system error ${err}`;
}

function getSystemErrorMessage(err) {
  validateErrno(err);
  return native('errors').systemErrorMessage(err) ?? `Unknown system error ${err}`;
}

function getSystemErrorMap() {
  return new Map(native('errors').systemErrors().map(([errno, code, message]) => [errno, [code, message]]));
}

function convertProcessSignalToExitCode(signalCode) {
  const { signals } = require('os').constants;
  validateOneOf(signalCode, 'signalCode', Object.keys(signals));
  return 128 + signals[signalCode];
}

// ---------------------------------------------------------------------------
// Promises
// ---------------------------------------------------------------------------

function markPromiseAsHandled(promise) {
  if (!types.isPromise(promise)) throw new ERR_INVALID_ARG_TYPE('promise', 'Promise', promise);
  Promise.prototype.then.call(promise, undefined, () => {});
}

/** Is fulfilled when the signal is aborted, unless the resource is gone before. */
async function aborted(signal, resource) {
  if (!(signal !== null && typeof signal === 'object' && 'aborted' in signal && 'addEventListener' in signal)) {
    throw Object.assign(new TypeError('signal is not of type AbortSignal.'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  validateObject(resource, 'resource', kValidateObjectAllowObjects);
  if (signal.aborted) return undefined;
  const weakly = new WeakRef(resource);
  return new Promise((resolve) => {
    const { kResistStopPropagation } = require('internal/events/symbols');
    signal.addEventListener('abort', (event) => {
      if (weakly.deref() !== undefined) resolve(event);
    }, { __proto__: null, once: true, [kResistStopPropagation]: true });
  });
}

// ---------------------------------------------------------------------------
// Texts
// ---------------------------------------------------------------------------

function stripVTControlCharacters(str) {
  validateString(str, 'str');
  return stripControlSequences(str);
}

function toUSVString(input) {
  return `${input}`.toWellFormed();
}

function parseEnv(content) {
  validateString(content, 'content');
  return Object.assign({ __proto__: null }, require('internal/dotenv').parse(content));
}

// ---------------------------------------------------------------------------
// Comparisons
// ---------------------------------------------------------------------------

function isDeepStrictEqual(a, b, skipPrototype) {
  return require('internal/comparisons').isDeepStrictEqual(a, b, skipPrototype);
}

function isPartialDeepStrictEqual(actual, expected) {
  return require('internal/comparisons').isPartialStrictEqual(actual, expected);
}

function setTraceSigInt() {
  throw new NotImplementedError('util.setTraceSigInt');
}

const debuglog = lazy('internal/util/debuglog', 'debuglog', 2);

module.exports = {
  _errnoException: function _errnoException(...args) {
    validateErrno(args[0]);
    const error = errnoException(...args);
    Error.captureStackTrace(error, _errnoException);
    return error;
  },
  _exceptionWithHostPort: function _exceptionWithHostPort(...args) {
    validateErrno(args[0]);
    const error = exceptionWithHostPort(...args);
    Error.captureStackTrace(error, _exceptionWithHostPort);
    return error;
  },
  _extend: deprecate(
    _extend, 'The `util._extend` API is deprecated. Please use Object.assign() instead.', 'DEP0060'),
  callbackify,
  convertProcessSignalToExitCode,
  debug: debuglog,
  debuglog,
  deprecate(fn, msg, code) {
    return deprecate(fn, msg, code, arguments[3]);
  },
  format,
  styleText: lazy('internal/util/style_text', 'styleText', 3),
  formatWithOptions,
  getCallSites: function getCallSites(...args) {
    return require('internal/util/call_sites').getCallSites(getCallSites, ...args);
  },
  getSystemErrorMap,
  getSystemErrorName,
  getSystemErrorMessage,
  inherits,
  inspect,
  isArray: deprecate(
    { isArray: (value) => Array.isArray(value) }.isArray,
    'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.', 'DEP0044'),
  isDeepStrictEqual,
  isPartialDeepStrictEqual,
  markPromiseAsHandled,
  promisify,
  stripVTControlCharacters,
  toUSVString,
  get transferableAbortSignal() {
    return require('internal/abort_controller').transferableAbortSignal;
  },
  get transferableAbortController() {
    return require('internal/abort_controller').transferableAbortController;
  },
  get aborted() {
    return aborted;
  },
  types,
  parseEnv,
  parseArgs: lazy('internal/util/parse_args', 'parseArgs', 0),
};

defineLazyProperties(module.exports, 'internal/encoding', ['TextDecoder', 'TextEncoder']);
defineLazyProperties(module.exports, 'internal/util/mime', ['MIMEType', 'MIMEParams']);

module.exports.diff = lazy('internal/util/diff', 'diff', 2);

for (const name of ['debounce', 'throttle']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => function notImplemented() {
      throw new NotImplementedError(`util.${name}`);
    },
  });
}

module.exports.setTraceSigInt = setTraceSigInt;
