'use strict';

// A test: when it runs, what it waits for, what becomes of it.
// https://nodejs.org/api/test.html#test-runner-execution-model
//
// Results are told in the order in which tests were made, whatever the order in which they
// end: `waitingOn` is the number of the subtest whose turn it is.

const { AbortError, codes } = require('internal/errors');
const {
  validateAbortSignal, validateNumber, validateOneOf, validateUint32,
} = require('internal/validators');
const { failureTypes, isTestFailure, testFailure } = require('internal/test_runner/failures');
const { TestPlan, TIMEOUT_MAX } = require('internal/test_runner/plan');
const { AsyncLocalStorage } = require('internal/async/local_storage');

const { ERR_INVALID_ARG_TYPE } = codes;

/** The test that runs, in what it has started. */
const currentTest = new AsyncLocalStorage();

const HOOKS = ['before', 'after', 'beforeEach', 'afterEach'];
const ONLY_HINT = "'only' and 'runOnly' require the --test-only command-line option.";
const noop = () => {};

function now() {
  return process.hrtime.bigint();
}

/** Milliseconds between two times. */
function milliseconds(from, to) {
  return Number(to - from) / 1e6;
}

function isPromise(value) {
  return value !== null && typeof value === 'object' && typeof value.then === 'function';
}

/** A function that runs once; whoever calls it again gets the same. */
function runOnce(fn) {
  let result;
  return function(...args) {
    result ??= { value: Reflect.apply(fn, this, args) };
    return result.value;
  };
}

/** A promise that ends a test by time or by a signal, and what forgets it. */
function stopTest(timeout, signal) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const aborted = () => resolve();
  signal.addEventListener('abort', aborted, { once: true });
  let timer;
  if (timeout !== Infinity) {
    timer = setTimeout(() => {
      reject(testFailure(`test timed out after ${timeout}ms`, failureTypes.timeout));
    }, timeout);
    timer.unref();
  }
  promise.catch(noop);
  return {
    promise,
    dispose() {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
    },
  };
}

function validateConcurrency(concurrency, parent) {
  if (concurrency === undefined || concurrency === null) return parent === null ? 1 : parent.concurrency;
  if (typeof concurrency === 'number') {
    validateUint32(concurrency, 'options.concurrency', true);
    return concurrency;
  }
  if (typeof concurrency !== 'boolean') {
    throw new ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], concurrency);
  }
  if (!concurrency) return 1;
  return parent === null ? Math.max(require('os').availableParallelism() - 1, 1) : Infinity;
}

class Test {
  reportedType = 'test';

  #abortController = new AbortController();
  #onOuterAbort = () => {
    const error = this.outerSignal?.reason || new AbortError('The test was aborted');
    error.failureType = failureTypes.aborted;
    this.cancel(error);
  };
  #hasReportedStart = false;

  constructor(options) {
    let { fn, name } = options;
    const { parent, harness, loc, only, timeout, skip, todo, signal, plan, concurrency, tags, expectFailure } = options;
    if (typeof name !== 'string' || name === '') name = fn?.name || '<anonymous>';
    if (typeof fn !== 'function' || skip) fn = noop;
    this.parent = parent;
    this.harness = parent === null ? harness : parent.harness;
    this.root = parent === null ? this : parent.root;
    this.config = this.harness.config;
    this.name = name;
    this.fn = fn;
    this.loc = loc;
    this.nesting = parent === null || parent.parent === null ? 0 : parent.nesting + 1;
    this.reporter = parent === null ? this.harness.stream : parent.reporter;
    this.concurrency = validateConcurrency(concurrency, parent);
    this.timeout = parent === null ? Infinity : parent.timeout;
    if (timeout !== undefined && timeout !== null && timeout !== Infinity) {
      validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
      this.timeout = timeout;
    }
    validateAbortSignal(signal, 'options.signal');
    this.tags = validateTags(tags, parent);
    this.childNumber = parent === null ? 0 : parent.subtests.length + 1;
    this.testId = this.harness.nextId++;
    this.hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
    this.plan = null;
    if (plan !== undefined) this.plan = new TestPlan(plan);
    this.expectFailure = expectFailure ?? false;
    this.skipped = skip !== undefined && skip !== false;
    this.isTodo = todo !== undefined && todo !== false || Boolean(parent?.isTodo);
    this.message = typeof skip === 'string' ? skip : typeof todo === 'string' ? todo : null;

    this.only = only;
    this.runOnlySubtests = parent === null && this.config.only;
    this.hasOnly = false;

    this.outerSignal = signal;
    this.signal = signal === undefined ? this.#abortController.signal :
      AbortSignal.any([this.#abortController.signal, signal]);
    if (signal !== undefined && !signal.aborted) {
      signal.addEventListener('abort', this.#onOuterAbort, { once: true });
    }

    this.startTime = null;
    this.endTime = null;
    this.passed = false;
    this.error = null;
    this.cancelled = false;
    this.finished = false;
    this.filtered = false;
    this.diagnostics = [];
    if (only === true) this.#tellOfOnly();
    this.activeSubtests = 0;
    this.outputSubtestCount = 0;
    this.testNumber = 0;
    this.subtests = [];
    this.pendingSubtests = [];
    this.readySubtests = new Map();
    this.unfinishedSubtests = new Set();
    /** Settled when all subtests have ended. */
    this.subtestsPromise = null;
    this.waitingOn = 0;
  }

  // -------------------------------------------------------------------------
  // Which tests run
  // -------------------------------------------------------------------------

  /** Only this test of its parent's, and of the suites around it, is meant to run. */
  #tellOfOnly() {
    if (!this.config.heedsOnly) {
      this.diagnostic(ONLY_HINT);
      return;
    }
    const { Suite } = require('internal/test_runner/suite');
    for (let parent = this.parent; parent !== null; parent = parent.parent) {
      parent.runOnlySubtests = true;
      if (!(parent instanceof Suite)) return;
      parent.hasOnly = true;
    }
  }

  #isFiltered() {
    const isLeftOut = this.only === false || this.parent.runOnlySubtests && this.only !== true && !this.hasOnly;
    if (this.config.heedsOnly && isLeftOut) return true;
    return !this.#isChosenByName() || !this.#isChosenByTag();
  }

  #isChosenByName() {
    const { namePatterns, skipPatterns } = this.config;
    if (namePatterns === undefined && skipPatterns === undefined) return true;
    const full = this.fullNames();
    const matches = (patterns) => patterns.some((pattern) => full.some((name) => {
      pattern.lastIndex = 0;
      return pattern.test(name);
    }));
    if (skipPatterns !== undefined && matches(skipPatterns)) return false;
    if (namePatterns === undefined || matches(namePatterns)) return true;
    return this.subtests.some((subtest) => subtest.#isChosenByName()) ||
      this.parent.parent !== null && this.parent.isNamed(namePatterns);
  }

  /** Whether the test or one around it is what was asked for. */
  isNamed(patterns) {
    if (this.parent === null) return false;
    return patterns.some((pattern) => {
      pattern.lastIndex = 0;
      return pattern.test(this.name);
    }) || this.parent.isNamed(patterns);
  }

  #isChosenByTag() {
    const { tagFilters } = this.config;
    if (tagFilters === undefined) return true;
    return tagFilters.some((tag) => this.tags.includes(tag)) ||
      this.subtests.some((subtest) => subtest.#isChosenByTag());
  }

  /** The name by itself, and with those of the tests around it. */
  fullNames() {
    const names = [];
    for (let test = this; test.parent !== null; test = test.parent) names.unshift(test.name);
    return [this.name, names.join(' ')];
  }

  get fullName() {
    return this.parent === null || this.parent.parent === null ? this.name : `${this.parent.fullName} > ${this.name}`;
  }

  /** Runs only those of the subtests to come that say so. */
  runOnly(value) {
    if (!this.config.heedsOnly) this.diagnostic(ONLY_HINT);
    this.runOnlySubtests = Boolean(value);
  }

  // -------------------------------------------------------------------------
  // Subtests
  // -------------------------------------------------------------------------

  hasConcurrency() {
    return this.concurrency > this.activeSubtests;
  }

  createSubtest(Factory, name, options, fn, overrides) {
    if (typeof name === 'function') {
      fn = name;
    } else if (name !== null && typeof name === 'object') {
      fn = options;
      options = name;
    } else if (typeof options === 'function') {
      fn = options;
    }
    if (options === null || typeof options !== 'object') options = {};
    const isTooLate = this.endTime !== null || this.shouldAbort();
    const parent = this;
    // What is started when its parent is over is told of as the file's own.
    const owner = isTooLate && this.finished ? this.root : parent;
    const test = new Factory({ fn, name, parent: owner, ...options, ...overrides });
    if (owner.waitingOn === 0) owner.waitingOn = test.childNumber;
    owner.subtestsPromise ??= Promise.withResolvers();
    owner.unfinishedSubtests.add(test);
    owner.subtests.push(test);
    if (isTooLate) {
      test.fn = noop;
      test.fail(testFailure('test could not be started because its parent finished', failureTypes.parentFinished));
    }
    return test;
  }

  addReadySubtest(subtest) {
    this.readySubtests.set(subtest.childNumber, subtest);
    if (this.unfinishedSubtests.delete(subtest) && this.unfinishedSubtests.size === 0) {
      this.subtestsPromise.resolve();
      this.subtestsPromise = null;
    }
  }

  async processPendingSubtests() {
    while (this.pendingSubtests.length > 0 && this.hasConcurrency()) {
      const { test, resolve } = this.pendingSubtests.shift();
      test.reporter.dequeue(test);
      await test.run();
      resolve();
    }
  }

  /** Tells of the subtests that are over and whose turn it is. */
  processReadySubtestRange(canSend) {
    const start = this.waitingOn;
    const end = start + this.readySubtests.size;
    for (let i = start; i < end; i++) {
      const subtest = this.readySubtests.get(i);
      if (subtest === undefined) return;
      canSend = canSend || this.isClearToSend();
      if (!canSend) return;
      if (i === 1 && this.parent !== null) this.reportStarted();
      subtest.finalize();
      this.readySubtests.delete(i);
    }
  }

  isClearToSend() {
    return this.parent === null || this.parent.waitingOn === this.childNumber && this.parent.isClearToSend();
  }

  // -------------------------------------------------------------------------
  // Hooks
  // -------------------------------------------------------------------------

  createHook(name, fn, options) {
    const { TestHook } = require('internal/test_runner/hook');
    const hook = new TestHook(fn, options);
    if (name === 'before' || name === 'after') hook.run = runOnce(hook.run);
    if (name === 'before' && this.startTime !== null) {
      // The test runs already, so the hook does now.
      hook.run(this.getRunArgs()).then(() => {
        if (hook.error !== null) this.fail(hook.error);
      });
    }
    this.hooks[name].push(hook);
  }

  /** The hooks of a kind, those of the tests around this one among them. */
  allHooks(name) {
    const own = this.hooks[name];
    if (this.parent === null || name === 'before' || name === 'after') return own;
    const outer = this.parent.allHooks(name);
    return name === 'beforeEach' ? [...outer, ...own] : [...own, ...outer];
  }

  async runHook(name, args) {
    validateOneOf(name, 'hook name', HOOKS);
    try {
      for (const hook of this.allHooks(name)) {
        await hook.run(args);
        if (hook.error) throw hook.error;
      }
    } catch (error) {
      const failure = testFailure(`failed running ${name} hook`, failureTypes.hook);
      failure.cause = isTestFailure(error) ? error.cause : error;
      throw failure;
    }
  }

  // -------------------------------------------------------------------------
  // Running
  // -------------------------------------------------------------------------

  start() {
    if (this.#isFiltered()) {
      this.filtered = true;
      this.run = this.runFiltered;
      this.report = noop;
    } else {
      this.reporter.enqueue(this, this.reportedType);
    }
    if (this.filtered) return this.run();
    this.testNumber = ++this.parent.outputSubtestCount;
    if (!this.parent.hasConcurrency()) {
      const { promise, resolve } = Promise.withResolvers();
      this.parent.pendingSubtests.push({ test: this, resolve });
      return promise;
    }
    this.reporter.dequeue(this);
    return this.run();
  }

  /** What is not meant to run passes, and nobody is told. */
  runFiltered() {
    this.passed = true;
    this.subtests = [];
    return Promise.resolve().then(() => this.postRun());
  }

  getRunArgs() {
    const { TestContext } = require('internal/test_runner/contexts');
    this.context ??= new TestContext(this);
    return { ctx: this.context, args: [this.context] };
  }

  /** Calls a function as this test: what it starts belongs to the test. */
  runInAsyncScope(fn, thisValue, ...args) {
    return currentTest.run(this, () => Reflect.apply(fn, thisValue, args));
  }

  shouldAbort() {
    if (this.signal.aborted && this.outerSignal?.aborted) this.#onOuterAbort();
    return this.signal.aborted;
  }

  abort() {
    this.#abortController.abort();
  }

  /** A signal that has not been aborted, for what runs again. */
  renewSignal() {
    this.#abortController = new AbortController();
    this.signal = this.#abortController.signal;
  }

  async run() {
    if (this.parent !== null) this.parent.activeSubtests++;
    this.startTime ??= now();
    if (this.shouldAbort()) {
      this.postRun();
      return;
    }
    const hookArgs = this.getRunArgs();
    const { args, ctx } = hookArgs;
    // A test that skips itself has its hooks all the same.
    const isSkipped = this.skipped;
    const afterEach = runOnce(async () => {
      if (this.parent?.allHooks('afterEach').length > 0 && !isSkipped) {
        await this.parent.runHook('afterEach', hookArgs);
      }
    });
    const after = runOnce(async () => {
      if (this.hooks.after.length > 0) await this.runHook('after', hookArgs);
    });
    let stop;
    try {
      if (this.parent?.hooks.before.length > 0) await this.parent.runHook('before', this.parent.getRunArgs());
      if (this.parent?.allHooks('beforeEach').length > 0 && !isSkipped) {
        await this.parent.runHook('beforeEach', hookArgs);
      }
      stop = stopTest(this.timeout, this.signal);
      const promises = [stop.promise];
      const ended = this.#call(ctx, args);
      if (ended !== undefined) promises.unshift(ended);
      else promises.unshift(undefined);
      await Promise.race(promises);
      this.shouldAbort();
      if (this.subtestsPromise !== null) await Promise.race([this.subtestsPromise.promise, stop.promise]);
      if (this.plan !== null) {
        const planned = this.plan.check();
        if (planned !== undefined) await Promise.race([planned, stop.promise]);
      }
      this.pass();
      await afterEach();
      await after();
    } catch (error) {
      if (!isTestFailure(error)) this.fail(testFailure(error, failureTypes.testCode));
      else if (error.failureType === failureTypes.timeout) this.cancel(error);
      else this.fail(error);
      // What hooks throw now changes nothing.
      await afterEach().catch(noop);
      await after().catch(noop);
    } finally {
      stop?.dispose();
      // Hooks run again for other tests, and the file's own test outlives all.
      if (this.parent !== null) this.abort();
    }
    if (this.parent !== null || typeof this.hookType === 'string') this.postRun();
    else if (this.config.forceExit) this.#forceExit();
  }

  /** Calls the test's function: what it gives to wait for. */
  #call(ctx, args) {
    // Whoever takes one parameter more wants a callback.
    if (this.fn.length !== args.length + 1) {
      const result = this.runInAsyncScope(this.fn, ctx, ...args);
      return isPromise(result) ? result : undefined;
    }
    const { promise, resolve, reject } = Promise.withResolvers();
    let calls = 0;
    const callback = (error) => {
      calls++;
      if (calls > 1) {
        const failure = testFailure('callback invoked multiple times', failureTypes.multipleCallbacks);
        // The second call may come before the first one has been noticed.
        if (calls === 2 && !this.finished) this.fail(failure);
        if (calls === 2) reject(failure);
        return;
      }
      if (error) reject(error);
      else resolve();
    };
    const result = this.runInAsyncScope(this.fn, ctx, ...args, callback);
    if (!isPromise(result)) return promise;
    this.fail(testFailure('passed a callback but also returned a Promise', failureTypes.callbackAndPromise));
    return result;
  }

  postRun(pendingError) {
    this.endTime ??= now();
    this.startTime ??= this.endTime;
    this.pendingSubtests = [];
    let failed = 0;
    for (const subtest of this.subtests) {
      if (!subtest.finished && !this.readySubtests.has(subtest.childNumber)) {
        subtest.cancel(pendingError);
        subtest.postRun(pendingError);
      }
      if (!subtest.passed && !subtest.isTodo) failed++;
    }
    if ((this.passed || this.parent === null) && failed > 0) {
      const message = `${failed} subtest${failed > 1 ? 's' : ''} failed`;
      this.fail(testFailure(message, failureTypes.subtests));
    }
    this.outerSignal?.removeEventListener('abort', this.#onOuterAbort);
    this.mock?.reset();
    if (this.parent === null) {
      this.#reportRoot();
      return;
    }
    if (!this.filtered) {
      this.testNumber ||= ++this.parent.outputSubtestCount;
      this.reporter.complete(this, this.getReportDetails());
      this.parent.activeSubtests--;
    }
    this.parent.addReadySubtest(this);
    this.parent.processReadySubtestRange(false);
    this.parent.processPendingSubtests();
  }

  /** Tells of this test and of what it has, when it is its turn. */
  finalize() {
    this.processReadySubtestRange(true);
    this.report();
    this.parent.waitingOn++;
    this.finished = true;
    if (this.parent === this.root && this.root.waitingOn > this.root.subtests.length) {
      // Everything has run: `after` of the file may let go of what keeps the process.
      this.root.run();
    }
  }

  #forceExit() {
    const { harness } = this;
    harness.end();
    harness.whenReported().then(() => process.exit());
  }

  // -------------------------------------------------------------------------
  // What becomes of it
  // -------------------------------------------------------------------------

  fail(error) {
    if (this.error !== null) return;
    if (this.expectFailure && error.failureType === failureTypes.testCode && this.hookType === undefined) {
      const mismatch = require('internal/test_runner/expected_failure').check(this.expectFailure, error);
      if (mismatch === undefined) {
        this.passed = true;
        this.error = error;
        return;
      }
      error = mismatch;
    }
    this.passed = false;
    this.error = error;
  }

  pass() {
    if (this.error !== null) return;
    if (this.expectFailure && !this.skipped) {
      this.passed = false;
      this.error = testFailure('test was expected to fail but passed', failureTypes.expectedFailure);
      return;
    }
    this.passed = true;
  }

  cancel(error) {
    if (this.endTime !== null || this.error !== null) return;
    this.fail(error || testFailure(
      'test did not finish before its parent and was cancelled', failureTypes.cancelledByParent));
    this.cancelled = true;
    this.abort();
  }

  skip(message) {
    this.skipped = true;
    this.message = message;
  }

  todo(message) {
    this.isTodo = true;
    this.message = message;
  }

  diagnostic(message, level) {
    this.diagnostics.push({ message, level });
  }

  log(message, data) {
    this.reporter.log(this, message, data);
  }

  // -------------------------------------------------------------------------
  // Telling
  // -------------------------------------------------------------------------

  duration() {
    return milliseconds(this.startTime, this.endTime);
  }

  getReportDetails() {
    const details = { __proto__: null, duration_ms: this.duration() };
    if (this.reportedType) details.type = this.reportedType;
    if (this.parent !== null && this.parent.parent !== null) details.classname = this.parent.fullName;
    if (!this.passed) details.error = this.error;
    return { details, directive: this.#directive() };
  }

  #directive() {
    if (this.skipped) return { skip: this.message ?? true };
    if (this.isTodo) return { todo: this.message ?? true };
    if (!this.expectFailure) return undefined;
    return { expectFailure: typeof this.expectFailure === 'string' ? this.expectFailure : true };
  }

  reportStarted() {
    if (this.#hasReportedStart || this.parent === null) return;
    this.#hasReportedStart = true;
    this.parent.reportStarted();
    this.reporter.start(this);
  }

  report() {
    this.harness.count(this);
    if (this.outputSubtestCount > 0) {
      this.reporter.plan(this.nesting + 1, this.loc, this.outputSubtestCount);
    } else {
      this.reportStarted();
    }
    this.reporter.result(this, this.getReportDetails());
    this.#reportDiagnostics();
  }

  #reportDiagnostics() {
    for (const { message, level } of this.diagnostics) {
      this.reporter.diagnostic(this.nesting, this.loc, message, level);
    }
  }

  #reportRoot() {
    if (this.hasReported) return;
    this.hasReported = true;
    const { counts } = this.harness;
    this.reporter.plan(this.nesting, this.loc, counts.topLevel);
    this.#reportDiagnostics();
    const duration = this.duration();
    const lines = [
      `tests ${counts.tests}`, `suites ${counts.suites}`, `pass ${counts.passed}`, `fail ${counts.failed}`,
      `cancelled ${counts.cancelled}`, `skipped ${counts.skipped}`, `todo ${counts.todo}`,
      `duration_ms ${duration}`,
    ];
    for (const line of lines) this.reporter.diagnostic(this.nesting, this.loc, line);
    this.reporter.summary(this.loc?.file, this.harness.success, counts, duration);
    this.reporter.end();
  }
}

/** A test has the tags of the tests around it, too. */
function validateTags(tags, parent) {
  const inherited = parent === null ? [] : parent.tags;
  if (tags === undefined) return inherited;
  require('internal/validators').validateStringArray(tags, 'options.tags');
  require('internal/test_runner/harness').warnOfTags();
  const all = [...inherited];
  for (const tag of tags.map((each) => each.toLowerCase())) {
    if (!all.includes(tag)) all.push(tag);
  }
  return all;
}

module.exports = { currentTest, isPromise, noop, now, runOnce, stopTest, Test };
