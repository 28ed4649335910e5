'use strict';

// Hooks: https://nodejs.org/api/test.html#beforefn-options
//
// A hook runs like a test, with timeout and signal, and again for every test it is for.

const { failureTypes, isTestFailure } = require('internal/test_runner/failures');
const { now, Test } = require('internal/test_runner/test');

class TestHook extends Test {
  #args;

  constructor(fn, options = {}) {
    const { hookType, loc, parent, timeout, signal } = options;
    super({ parent: null, harness: parent.harness, fn, name: fn?.name, loc, timeout, signal });
    this.parentTest = parent;
    this.hookType = hookType;
    this.reporter = parent.reporter;
  }

  run(args) {
    if (this.error !== null && !this.outerSignal?.aborted) {
      this.passed = false;
      this.error = null;
      this.abort();
      this.renewSignal();
    }
    this.#args = args;
    return super.run();
  }

  getRunArgs() {
    return this.#args;
  }

  postRun() {
    const { error, loc, parentTest } = this;
    // What the last hook of the file throws belongs to no test.
    if (error !== null && parentTest === parentTest.root && this.hookType === 'after') {
      if (isTestFailure(error)) error.failureType = failureTypes.hook;
      this.endTime ??= now();
      parentTest.harness.success = false;
      parentTest.reporter.fail(0, loc, parentTest.subtests.length + 1, loc.file, {
        __proto__: null, duration_ms: this.duration(), error,
      });
    }
  }
}

module.exports = { TestHook };
