'use strict';

// How many assertions and subtests a test expects: https://nodejs.org/api/test.html#contextplancount-options

const { validateNumber, validateObject, validateUint32 } = require('internal/validators');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { failureTypes, testFailure } = require('internal/test_runner/failures');

const TIMEOUT_MAX = 2 ** 31 - 1;

class TestPlan {
  #wait = false;
  #timer;
  #settled;

  constructor(count, options = {}) {
    validateUint32(count, 'count');
    validateObject(options, 'options');
    this.expected = count;
    this.actual = 0;
    const { wait } = options;
    if (typeof wait === 'boolean') {
      this.#wait = wait;
    } else if (typeof wait === 'number') {
      validateNumber(wait, 'options.wait', 0, TIMEOUT_MAX);
      this.#wait = wait;
    } else if (wait !== undefined) {
      throw new ERR_INVALID_ARG_TYPE('options.wait', ['boolean', 'number'], wait);
    }
  }

  count() {
    this.actual++;
    if (this.#settled !== undefined && this.actual >= this.expected) {
      clearTimeout(this.#timer);
      if (this.actual === this.expected) this.#settled.resolve();
      else this.#settled.reject(this.#mismatch());
    }
  }

  #mismatch() {
    return testFailure(
      `plan expected ${this.expected} assertions but received ${this.actual}`, failureTypes.testCode);
  }

  /** Fails, or gives a promise where the rest is waited for. */
  check() {
    if (this.actual === this.expected) return undefined;
    if (this.#wait === false || this.actual > this.expected) throw this.#mismatch();
    this.#settled = Promise.withResolvers();
    if (typeof this.#wait === 'number') {
      this.#timer = setTimeout(() => {
        this.#settled.reject(testFailure(
          `plan timed out after ${this.#wait}ms with ${this.actual} assertions when expecting ${this.expected}`,
          failureTypes.timeout));
      }, this.#wait);
      this.#timer.unref();
    }
    return this.#settled.promise;
  }
}

module.exports = { TestPlan, TIMEOUT_MAX };
