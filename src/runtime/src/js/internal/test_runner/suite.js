'use strict';

// Suites: https://nodejs.org/api/test.html#describename-options-fn
//
// The function of a suite only says which tests there are; they run later.

const { failureTypes, isTestFailure, testFailure } = require('internal/test_runner/failures');
const { isPromise, noop, now, runOnce, stopTest, Test } = require('internal/test_runner/test');

class Suite extends Test {
  reportedType = 'suite';

  constructor(options) {
    super(options);
    const build = this.fn;
    this.fn = noop;
    this.buildPromise = undefined;
    try {
      const { ctx, args } = this.getRunArgs();
      const built = this.runInAsyncScope(build, ctx, ...args);
      if (isPromise(built)) {
        this.buildPromise = Promise.resolve(built).catch((error) => {
          this.fail(testFailure(error, failureTypes.testCode));
        });
        this.harness.builds.push(this.buildPromise);
      }
    } catch (error) {
      this.fail(testFailure(error, failureTypes.testCode));
    }
  }

  getRunArgs() {
    const { SuiteContext } = require('internal/test_runner/contexts');
    this.context ??= new SuiteContext(this);
    return { ctx: this.context, args: [this.context] };
  }

  async run() {
    const hookArgs = this.getRunArgs();
    let stop;
    const after = runOnce(() => this.runHook('after', hookArgs));
    try {
      this.parent.activeSubtests++;
      if (this.buildPromise !== undefined) await this.buildPromise;
      this.startTime = now();
      if (this.shouldAbort()) {
        this.subtests = [];
        this.postRun();
        return;
      }
      if (this.parent.hooks.before.length > 0) await this.parent.runHook('before', this.parent.getRunArgs());
      await this.runHook('before', hookArgs);
      stop = stopTest(this.timeout, this.signal);
      const subtests = this.skipped || this.error !== null ? [] : this.subtests;
      await Promise.race([Promise.all(subtests.map((subtest) => subtest.start())), stop.promise]);
      await after();
      this.pass();
    } catch (error) {
      await after().catch(noop);
      this.fail(isTestFailure(error) ? error : testFailure(error, failureTypes.testCode));
    } finally {
      stop?.dispose();
    }
    this.postRun();
  }
}

module.exports = { Suite };
