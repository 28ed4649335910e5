'use strict';

// What functions throw and promises are rejected with, and what was expected of it.

const { codes } = require('internal/errors');
const { inspect } = require('internal/inspect');
const { validateFunction } = require('internal/validators');
const { AssertionError } = require('internal/assert/error');
const { isDeepStrictEqual } = require('internal/comparisons');
const { isPromise, isRegExp } = require('util/types');

const {
  ERR_AMBIGUOUS_ARGUMENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_RETURN_VALUE,
} = codes;

/** What stands for no exception. */
const NOTHING = Symbol('nothing');

function thrownBy(fn) {
  validateFunction(fn, 'fn');
  try {
    fn();
  } catch (exception) {
    return exception;
  }
  return NOTHING;
}

function isThenable(value) {
  return isPromise(value) || value !== null && typeof value === 'object' &&
    typeof value.then === 'function' && typeof value.catch === 'function';
}

async function rejectionOf(promiseFn) {
  let promise;
  if (typeof promiseFn === 'function') {
    promise = promiseFn();
    if (!isThenable(promise)) {
      throw new ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
    }
  } else if (isThenable(promiseFn)) {
    promise = promiseFn;
  } else {
    throw new ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (reason) {
    return reason;
  }
  return NOTHING;
}

function fail(options) {
  if (options.message instanceof Error) throw options.message;
  throw new AssertionError(options);
}

// ---------------------------------------------------------------------------
// Something was expected
// ---------------------------------------------------------------------------

/** The properties by which an error is compared, and nothing else. */
class Comparison {
  constructor(source, keys, actual) {
    for (const key of keys) {
      if (!(key in source)) continue;
      // A text that matches is no difference.
      const isMatch = actual !== undefined && typeof actual[key] === 'string' &&
        isRegExp(source[key]) && source[key].exec(actual[key]) !== null;
      this[key] = isMatch ? actual[key] : source[key];
    }
  }
}

function compareKey(actual, expected, key, message, keys, fn) {
  if (key in actual && isDeepStrictEqual(actual[key], expected[key])) return;
  if (message) fail({ actual, expected, message, operator: fn.name, stackStartFn: fn });
  const error = new AssertionError({
    actual: new Comparison(actual, keys),
    expected: new Comparison(expected, keys, actual),
    operator: 'deepStrictEqual',
    stackStartFn: fn,
  });
  error.actual = actual;
  error.expected = expected;
  error.operator = fn.name;
  throw error;
}

/** A message, and whether it is what the program has said. */
function messageFor(actual, expected, given) {
  if (typeof given === 'function') {
    const own = given(actual, expected);
    return typeof own === 'string' ? own : undefined;
  }
  return given;
}

function checkException(actual, expected, given, fn) {
  const message = messageFor(actual, expected, given);
  let generated;
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) {
      const text = String(actual);
      if (expected.exec(text) !== null) return;
      generated = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`;
    } else if (typeof actual !== 'object' || actual === null) {
      const error = new AssertionError({
        actual, expected, message, operator: 'deepStrictEqual', stackStartFn: fn,
      });
      error.operator = fn.name;
      throw error;
    } else {
      const keys = Object.keys(expected);
      if (expected instanceof Error) {
        keys.push('name', 'message');
      } else if (keys.length === 0) {
        throw new ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
      }
      for (const key of keys) {
        const isMatch = typeof actual[key] === 'string' && isRegExp(expected[key]) &&
          expected[key].exec(actual[key]) !== null;
        if (!isMatch) compareKey(actual, expected, key, message, keys, fn);
      }
      return;
    }
  } else if (expected.prototype !== undefined && actual instanceof expected) {
    return;
  } else if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    const isError = actual instanceof Error;
    const received = isError ? actual.name : inspect(actual, { depth: -1 });
    generated = `The error is expected to be an instance of "${expected.name}". Received "${received}"`;
    if (isError) generated += `\n\nError message:\n\n${actual.message}`;
  } else {
    const result = Reflect.apply(expected, {}, [actual]);
    if (result === true) return;
    const name = expected.name ? `"${expected.name}" ` : '';
    generated = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
    if (actual instanceof Error) generated += `\n\nCaught error:\n\n${actual}`;
  }
  const error = new AssertionError({
    actual, expected, message: message || generated, operator: fn.name, stackStartFn: fn,
  });
  error.generatedMessage = !message;
  throw error;
}

/** `rest` holds what was expected and a message, as far as they were given. */
function expectException(fn, actual, rest, isRejection) {
  let [error, message] = rest;
  if (typeof error === 'string') {
    if (rest.length > 1) {
      throw new ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
    }
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) {
        throw new ERR_AMBIGUOUS_ARGUMENT(
          'error/message', `The error message "${actual.message}" is identical to the message.`);
      }
    } else if (actual === error) {
      throw new ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${actual}" is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error != null && typeof error !== 'object' && typeof error !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
  }
  if (actual === NOTHING) {
    const name = error?.name ? ` (${error.name})` : '';
    const details = `${name}${message ? `: ${message}` : '.'}`;
    fail({
      actual: undefined,
      expected: error,
      operator: fn.name,
      message: `Missing expected ${isRejection ? 'rejection' : 'exception'}${details}`,
      stackStartFn: fn,
    });
  }
  if (error) checkException(actual, error, message, fn);
}

// ---------------------------------------------------------------------------
// Nothing was expected
// ---------------------------------------------------------------------------

function isWanted(actual, expected) {
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) return expected.exec(String(actual)) !== null;
    throw new ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
  return Reflect.apply(expected, {}, [actual]) === true;
}

function expectNoException(fn, actual, rest, isRejection) {
  if (actual === NOTHING) return;
  let [error, message] = rest;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (!error || isWanted(actual, error)) {
    fail({
      actual,
      expected: error,
      operator: fn.name,
      message: `Got unwanted ${isRejection ? 'rejection' : 'exception'}${message ? `: ${message}` : '.'}\n` +
        `Actual message: "${actual && actual.message}"`,
      stackStartFn: fn,
    });
  }
  throw actual;
}

module.exports = { expectException, expectNoException, rejectionOf, thrownBy };
