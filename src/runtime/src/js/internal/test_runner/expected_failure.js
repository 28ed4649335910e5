'use strict';

// Option `expectFailure` of tests: https://nodejs.org/api/test.html#expecting-tests-to-fail

const { failureTypes, testFailure } = require('internal/test_runner/failures');

/** Whether the option says which failure is expected, rather than why. */
function isValidation(expected) {
  return typeof expected === 'function' || expected !== null && typeof expected === 'object';
}

/** The failure of a test that has failed otherwise than it was to; undefined if as it was to. */
function check(expected, error) {
  if (!isValidation(expected)) return undefined;
  const thrown = error.cause;
  try {
    require('assert').throws(() => {
      throw thrown;
    }, expected);
    return undefined;
  } catch (mismatch) {
    const failure = testFailure(
      'The test failed, but the error did not match the expected validation', failureTypes.testCode);
    failure.cause = mismatch;
    return failure;
  }
}

module.exports = { check };
