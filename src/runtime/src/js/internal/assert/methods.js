'use strict';

// The assertions, for `node:assert` and for instances of its class `Assert`.

const { codes } = require('internal/errors');
const { format, inspect } = require('internal/inspect');
const { AssertionError } = require('internal/assert/error');
const {
  expectException, expectNoException, rejectionOf, thrownBy,
} = require('internal/assert/exceptions');
const { isDeepEqual, isDeepStrictEqual, isPartialStrictEqual } = require('internal/comparisons');
const { isRegExp } = require('util/types');

const { ERR_INVALID_ARG_TYPE, ERR_MISSING_ARGS } = codes;

const kOptions = Symbol('options');

/** How differences are shown: instances of `Assert` may say. */
const diffOf = (receiver) => receiver?.[kOptions]?.diff ?? 'simple';

/** What a program has given as its message: a text, parts of one, or a function. */
function ownMessage(rest, actual, expected) {
  if (rest.length === 0) return undefined;
  const [message] = rest;
  if (message instanceof Error) throw message;
  if (typeof message === 'function') {
    let own;
    try {
      own = message(actual, expected);
    } catch {
      // Then there is none.
    }
    return typeof own === 'string' ? own : undefined;
  }
  if (typeof message !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('message', ['string', 'function'], message);
  }
  return rest.length === 1 ? message : format(...rest);
}

function fail(receiver, fn, actual, expected, rest, operator) {
  const message = ownMessage(rest, actual, expected);
  throw new AssertionError({
    actual,
    expected,
    message: message === '' ? undefined : message,
    operator,
    stackStartFn: fn,
    diff: diffOf(receiver),
  });
}

function needBoth(count) {
  if (count < 2) throw new ERR_MISSING_ARGS('actual', 'expected');
}

/** `assert(value)` and `assert.ok(value)`, which differ by what their stacks begin with. */
function checkTruthy(fn, args) {
  const [value, ...rest] = args;
  if (value) return;
  let message;
  let isGenerated = false;
  if (args.length === 0) {
    isGenerated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (rest.length === 0 || rest[0] == null) {
    isGenerated = true;
    message = require('internal/assert/source').falsyMessage(fn);
  } else {
    message = ownMessage(rest, value, true);
  }
  const error = new AssertionError({
    actual: value, expected: true, message, operator: '==', stackStartFn: fn,
  });
  error.generatedMessage = isGenerated;
  throw error;
}

const isNaNPair = (a, b) => Number.isNaN(a) && Number.isNaN(b);

const methods = {
  fail: function fail(message) {
    if (message instanceof Error) throw message;
    const isGenerated = message === undefined;
    const error = new AssertionError({
      message: isGenerated ? 'Failed' : message,
      operator: 'fail',
      stackStartFn: fail,
    });
    if (isGenerated) error.generatedMessage = true;
    throw error;
  },

  ok: function ok(...args) {
    checkTruthy(ok, args);
  },

  equal: function equal(actual, expected, ...message) {
    needBoth(arguments.length);
    // eslint-disable-next-line eqeqeq
    if (actual != expected && !isNaNPair(actual, expected)) {
      fail(this, equal, actual, expected, message, '==');
    }
  },

  notEqual: function notEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    // eslint-disable-next-line eqeqeq
    if (actual == expected || isNaNPair(actual, expected)) {
      fail(this, notEqual, actual, expected, message, '!=');
    }
  },

  deepEqual: function deepEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (!isDeepEqual(actual, expected)) fail(this, deepEqual, actual, expected, message, 'deepEqual');
  },

  notDeepEqual: function notDeepEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (isDeepEqual(actual, expected)) fail(this, notDeepEqual, actual, expected, message, 'notDeepEqual');
  },

  deepStrictEqual: function deepStrictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (!isDeepStrictEqual(actual, expected, this?.[kOptions]?.skipPrototype)) {
      fail(this, deepStrictEqual, actual, expected, message, 'deepStrictEqual');
    }
  },

  notDeepStrictEqual: function notDeepStrictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (isDeepStrictEqual(actual, expected, this?.[kOptions]?.skipPrototype)) {
      fail(this, notDeepStrictEqual, actual, expected, message, 'notDeepStrictEqual');
    }
  },

  strictEqual: function strictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (!Object.is(actual, expected)) fail(this, strictEqual, actual, expected, message, 'strictEqual');
  },

  notStrictEqual: function notStrictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (Object.is(actual, expected)) {
      fail(this, notStrictEqual, actual, expected, message, 'notStrictEqual');
    }
  },

  partialDeepStrictEqual: function partialDeepStrictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (!isPartialStrictEqual(actual, expected)) {
      fail(this, partialDeepStrictEqual, actual, expected, message, 'partialDeepStrictEqual');
    }
  },

  throws: function throws(fn, ...args) {
    expectException(throws, thrownBy(fn), args, false);
  },

  rejects: async function rejects(promiseFn, ...args) {
    expectException(rejects, await rejectionOf(promiseFn), args, true);
  },

  doesNotThrow: function doesNotThrow(fn, ...args) {
    expectNoException(doesNotThrow, thrownBy(fn), args, false);
  },

  doesNotReject: async function doesNotReject(fn, ...args) {
    expectNoException(doesNotReject, await rejectionOf(fn), args, true);
  },

  ifError: function ifError(err) {
    if (err === null || err === undefined) return;
    let message = 'ifError got unwanted exception: ';
    if (typeof err === 'object' && typeof err.message === 'string') {
      message += err.message.length === 0 && err.constructor ? err.constructor.name : err.message;
    } else {
      message += inspect(err);
    }
    const error = new AssertionError({
      actual: err, expected: null, operator: 'ifError', message, stackStartFn: ifError,
    });
    joinStacks(error, err.stack);
    throw error;
  },

  match: function match(string, regexp, ...message) {
    checkMatch(match, string, regexp, message, true);
  },

  doesNotMatch: function doesNotMatch(string, regexp, ...message) {
    checkMatch(doesNotMatch, string, regexp, message, false);
  },
};

/** Puts the frames of the original error behind those of the new one that it has not. */
function joinStacks(error, original) {
  if (typeof original !== 'string') return;
  const start = original.indexOf('\n    at');
  if (start < 0) return;
  const theirs = original.slice(start + 1).split('\n');
  let ours = error.stack.split('\n');
  for (const frame of theirs) {
    const at = ours.indexOf(frame);
    if (at >= 0) {
      ours = ours.slice(0, at);
      break;
    }
  }
  error.stack = `${ours.join('\n')}\n${theirs.join('\n')}`;
}

function checkMatch(fn, string, regexp, rest, isWanted) {
  if (!isRegExp(regexp)) throw new ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  if (typeof string === 'string' && (regexp.exec(string) !== null) === isWanted) return;
  const own = ownMessage(rest, string, regexp);
  let message = own;
  if (!message) {
    message = typeof string !== 'string' ?
      `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})` :
      `The input ${isWanted ? 'did not match' : 'was expected to not match'} the regular expression ` +
      `${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
  }
  const error = new AssertionError({
    actual: string, expected: regexp, message, operator: fn.name, stackStartFn: fn,
  });
  error.generatedMessage = !own;
  throw error;
}

module.exports = { checkTruthy, kOptions, methods };
