'use strict';

// Why tests fail: https://nodejs.org/api/errors.html#err_test_failure

const { codes, define } = require('internal/errors');

/** The values of `failureType`. */
const failureTypes = {
  aborted: 'testAborted',
  callbackAndPromise: 'callbackAndPromisePresent',
  cancelledByParent: 'cancelledByParent',
  expectedFailure: 'expectedFailure',
  hook: 'hookFailed',
  multipleCallbacks: 'multipleCallbackInvocations',
  parentFinished: 'parentAlreadyFinished',
  subtests: 'subtestsFailed',
  testCode: 'testCodeFailure',
  timeout: 'testTimeoutFailure',
};

function messageOf(cause) {
  const message = cause?.message ?? cause;
  return typeof message === 'string' ? message : require('internal/inspect').inspect(message);
}

define('ERR_TEST_FAILURE', messageOf, Error);

/** The error of a test: `cause` is what was thrown, or a text. */
function testFailure(cause, failureType) {
  const error = new codes.ERR_TEST_FAILURE(cause);
  error.failureType = failureType;
  error.cause = cause;
  hideFramesOfRunner(error);
  return error;
}

/** Where the runner itself has made the error says nothing about the test. */
function hideFramesOfRunner(error) {
  const { stack } = error;
  if (typeof stack !== 'string') return;
  const isOfRunner = (line) => /^\s+at .*(?:node:(?:internal\/|timers)|<anonymous>\)$)/.test(line);
  const lines = stack.split('\n').filter((line) => !isOfRunner(line));
  Object.defineProperty(error, 'stack', {
    value: lines.join('\n'), writable: true, enumerable: false, configurable: true,
  });
}

function isTestFailure(error) {
  return error?.code === 'ERR_TEST_FAILURE';
}

module.exports = { failureTypes, isTestFailure, testFailure };
