'use strict';

// What functions of tests and suites are given.
// https://nodejs.org/api/test.html#class-testcontext

const { validateFunction, validateNumber, validateObject } = require('internal/validators');
const { TestPlan, TIMEOUT_MAX } = require('internal/test_runner/plan');
const { callerLocation, startSubtest } = require('internal/test_runner/harness');
const { Test } = require('internal/test_runner/test');

class TestContext {
  #assert;
  #test;

  constructor(test) {
    this.#test = test;
  }

  get signal() {
    return this.#test.signal;
  }

  get name() {
    return this.#test.name;
  }

  get filePath() {
    return this.#test.root.loc?.file ?? this.#test.loc?.file;
  }

  get fullName() {
    return this.#test.fullName;
  }

  get error() {
    return this.#test.error;
  }

  get passed() {
    return this.#test.passed;
  }

  get attempt() {
    return 0;
  }

  get tags() {
    return this.#test.tags;
  }

  get workerId() {
    return Number(process.env.NODE_TEST_WORKER_ID) || 1;
  }

  diagnostic(message) {
    this.#test.diagnostic(message);
  }

  log(message, data) {
    this.#test.log(message, data);
  }

  plan(count, options = {}) {
    if (this.#test.plan !== null) {
      const { failureTypes, testFailure } = require('internal/test_runner/failures');
      throw testFailure('cannot set plan more than once', failureTypes.testCode);
    }
    this.#test.plan = new TestPlan(count, options);
  }

  get assert() {
    this.#assert ??= require('internal/test_runner/assertions').boundTo(this, this.#test);
    return this.#assert;
  }

  get mock() {
    this.#test.mock ??= new (require('internal/test_runner/mock/tracker').MockTracker)();
    return this.#test.mock;
  }

  runOnly(value) {
    this.#test.runOnly(value);
  }

  skip(message) {
    this.#test.skip(message);
  }

  todo(message) {
    this.#test.todo(message);
  }

  test(name, options, fn) {
    const overrides = { loc: callerLocation() };
    this.#test.plan?.count();
    const subtest = this.#test.createSubtest(Test, name, options, fn, overrides);
    return startSubtest(subtest);
  }

  before(fn, options) {
    this.#hook('before', fn, options);
  }

  after(fn, options) {
    this.#hook('after', fn, options);
  }

  beforeEach(fn, options) {
    this.#hook('beforeEach', fn, options);
  }

  afterEach(fn, options) {
    this.#hook('afterEach', fn, options);
  }

  #hook(hookType, fn, options) {
    this.#test.createHook(hookType, fn, { ...options, parent: this.#test, hookType, loc: callerLocation() });
  }

  /** Tries again and again until a condition throws nothing. */
  waitFor(condition, options = {}) {
    validateFunction(condition, 'condition');
    validateObject(options, 'options');
    const { interval = 50, timeout = 1000 } = options;
    validateNumber(interval, 'options.interval', 0, TIMEOUT_MAX);
    validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
    const { promise, resolve, reject } = Promise.withResolvers();
    const nothing = Symbol('nothing');
    let cause = nothing;
    let next;
    const limit = setTimeout(() => {
      clearTimeout(next);
      const error = new Error('waitFor() timed out');
      if (cause !== nothing) error.cause = cause;
      finish(() => reject(error));
    }, timeout);
    let isOver = false;
    const finish = (settle) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(limit);
      settle();
    };
    const poll = async () => {
      try {
        const value = await condition();
        finish(() => resolve(value));
      } catch (error) {
        cause = error;
        if (!isOver) next = setTimeout(poll, interval);
      }
    };
    poll();
    return promise;
  }
}

class SuiteContext {
  #suite;

  constructor(suite) {
    this.#suite = suite;
  }

  get signal() {
    return this.#suite.signal;
  }

  get name() {
    return this.#suite.name;
  }

  get filePath() {
    return this.#suite.root.loc?.file ?? this.#suite.loc?.file;
  }

  get fullName() {
    return this.#suite.fullName;
  }

  get passed() {
    return this.#suite.passed;
  }

  get attempt() {
    return 0;
  }

  diagnostic(message) {
    this.#suite.diagnostic(message);
  }

  log(message, data) {
    this.#suite.log(message, data);
  }
}

module.exports = { SuiteContext, TestContext };
