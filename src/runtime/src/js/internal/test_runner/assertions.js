'use strict';

// The assertions of `t.assert`, which a plan counts: https://nodejs.org/api/test.html#contextassert

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateFunction, validateInteger, validateString } = require('internal/validators');

const FROM_ASSERT = [
  'deepEqual', 'deepStrictEqual', 'doesNotMatch', 'doesNotReject', 'doesNotThrow', 'equal', 'fail', 'ifError',
  'match', 'notDeepEqual', 'notDeepStrictEqual', 'notEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'rejects',
  'strictEqual', 'throws',
];

/** The calls that a mock has had. */
function callsOf(fn) {
  const calls = fn?.mock?.calls;
  if (typeof fn !== 'function' || !Array.isArray(calls)) throw new ERR_INVALID_ARG_TYPE('fn', 'mock function', fn);
  return calls;
}

function times(count) {
  return `${count} time${count === 1 ? '' : 's'}`;
}

function refuse(message, actual, expected, operator) {
  const { AssertionError } = require('assert');
  throw new AssertionError({ message, actual, expected, operator, stackStartFn: refuse });
}

function compareCall(calls, n, expected) {
  const actual = calls[n - 1].arguments;
  if (!require('util').isDeepStrictEqual(actual, expected)) {
    refuse(`Expected call ${n} of mock function to have been called with:`, actual, expected, 'deepStrictEqual');
  }
}

/** Assertions of mocks. */
const OF_MOCKS = {
  called(fn) {
    if (callsOf(fn).length === 0) refuse('Expected mock function to have been called', 0, undefined, 'called');
  },
  callCount(fn, expected) {
    const { length } = callsOf(fn);
    validateInteger(expected, 'expected', 0);
    if (length !== expected) {
      refuse(`Expected mock function to have been called ${times(expected)}, but it was called ${times(length)}`,
             length, expected, 'callCount');
    }
  },
  lastCalledWith(fn, ...expected) {
    const calls = callsOf(fn);
    if (calls.length === 0) refuse('Expected mock function to have been called', 0, undefined, 'lastCalledWith');
    compareCall(calls, calls.length, expected);
  },
  nthCalledWith(fn, n, ...expected) {
    const calls = callsOf(fn);
    validateInteger(n, 'n', 1);
    if (calls.length < n) {
      refuse(`Expected mock function to have been called at least ${times(n)}, but it was called ${times(calls.length)}`,
             calls.length, n, 'nthCalledWith');
    }
    compareCall(calls, n, expected);
  },
};

let assertions;

function all() {
  if (assertions === undefined) {
    const assert = require('assert');
    assertions = new Map();
    for (const name of FROM_ASSERT) assertions.set(name, assert[name]);
    for (const [name, fn] of Object.entries(OF_MOCKS)) assertions.set(name, fn);
    const snapshot = require('internal/test_runner/snapshot');
    assertions.set('snapshot', snapshot.assertSnapshot);
    assertions.set('fileSnapshot', snapshot.assertFileSnapshot);
  }
  return assertions;
}

/** The assertions of one test. */
function boundTo(context, test) {
  const bound = { __proto__: null };
  for (const [name, fn] of all()) {
    bound[name] = (...args) => {
      test.plan?.count();
      return Reflect.apply(fn, name.endsWith('napshot') ? test : context, args);
    };
  }
  if (!all().has('ok')) {
    // What was asserted is read where this is called.
    const { checkTruthy } = require('internal/assert/methods');
    bound.ok = function ok(...args) {
      test.plan?.count();
      checkTruthy(ok, args);
    };
  }
  return bound;
}

/** What programs add: https://nodejs.org/api/test.html#assertregistername-fn */
const settings = {
  __proto__: null,
  register: function register(name, fn) {
    validateString(name, 'name');
    validateFunction(fn, 'fn');
    all().set(name, fn);
  },
};

module.exports = { boundTo, settings };
