'use strict';

// The test around all tests of a process: it begins with the first one, and tells of them
// all at the end.

const process = require('process');
const { setInterval, clearInterval } = require('timers');
const { config, makeConfig } = require('internal/test_runner/config');
const { failureTypes, testFailure } = require('internal/test_runner/failures');
const { TestsStream } = require('internal/test_runner/stream');
const { currentTest, Test } = require('internal/test_runner/test');

const EXIT_FAILURE = 1;
const FOREVER = 2 ** 31 - 1;

class Harness {
  constructor(settings) {
    this.config = settings;
    this.stream = new TestsStream();
    this.nextId = 0;
    this.success = true;
    this.counts = {
      __proto__: null, tests: 0, failed: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0, topLevel: 0, suites: 0,
    };
    /** Suites whose functions are still saying which tests there are. */
    this.builds = [];
    /** Settled when reporters are there. */
    this.ready = undefined;
    this.reporters = [];
    this.end = () => {};
  }

  count(test) {
    const { counts } = this;
    if (test.nesting === 0) counts.topLevel++;
    if (!test.passed && !test.isTodo) this.success = false;
    if (test.reportedType === 'suite') {
      counts.suites++;
      return;
    }
    counts.tests++;
    if (test.skipped) counts.skipped++;
    else if (test.isTodo) counts.todo++;
    else if (test.cancelled) counts.cancelled++;
    else if (test.passed) counts.passed++;
    else counts.failed++;
  }

  /** Settled when everything that reporters say is written. */
  whenReported() {
    return Promise.all(this.reporters);
  }
}

let hasWarnedOfTags = false;

function warnOfTags() {
  if (hasWarnedOfTags) return;
  hasWarnedOfTags = true;
  process.emitWarning('Test tags is an experimental feature and might change at any time', 'ExperimentalWarning');
}

// ---------------------------------------------------------------------------
// The root
// ---------------------------------------------------------------------------

/** A root for tests of this process. */
function createRoot(options, settings) {
  const harness = new Harness(settings);
  const root = new Test({ fn: () => {}, name: '<root>', parent: null, harness, ...options });
  root.startTime = process.hrtime.bigint();
  listenToProcess(root);
  return root;
}

/** Holds the process while tests run: one that never ends is no end. */
function keepAlive(root) {
  root.keeper ??= setInterval(() => {}, FOREVER);
}

function letGo(root) {
  clearInterval(root.keeper);
  root.keeper = undefined;
}

/** The roots that have not told of everything, each with what ends it. */
const active = new Map();
const listeners = {
  uncaughtException: (error) => onError(error, 'uncaughtException'),
  unhandledRejection: (error) => onError(error, 'unhandledRejection'),
  beforeExit: () => finishAll(false),
  exit: () => finishAll(true),
};

function finishAll(isForced) {
  for (const finish of [...active.values()]) finish(isForced);
}

/** However many roots there are, the process is listened to once. */
function listenToProcess(root) {
  if (active.size === 0) {
    for (const [event, listener] of Object.entries(listeners)) process.on(event, listener);
  }
  const finish = async (isForced) => {
    if (root.hasFinished) return;
    const { hooks } = root;
    const runsHooks = !isForced && root.subtests.length === 0 && hooks.before.length + hooks.after.length > 0;
    root.hasFinished = true;
    if (runsHooks) await root.run();
    root.postRun(testFailure(
      'Promise resolution is still pending but the event loop has already resolved',
      failureTypes.cancelledByParent));
    letGo(root);
    active.delete(root);
    if (active.size > 0) return;
    for (const [event, listener] of Object.entries(listeners)) process.off(event, listener);
  };
  active.set(root, finish);
  root.harness.end = () => finish(false);
}

/** An exception that nobody catches: the test fails that has started what throws. */
function onError(error, event) {
  const test = currentTest.getStore();
  if (test !== undefined && !test.finished && test.hookType === undefined && test.endTime === null) {
    test.fail(testFailure(error, event));
    test.abort();
    return;
  }
  const root = test?.root ?? active.keys().next().value;
  root.diagnostic(describeLate(test, error, event));
  process.exitCode = EXIT_FAILURE;
}

function describeLate(test, error, event) {
  const created = `generated asynchronous activity after the test ended. This activity created the error "${error}" `;
  if (test === undefined) {
    return `Error: A resource ${created}which triggered an ${event} event, caught by the test runner.`;
  }
  const name = test.hookType ? `Test hook "${test.hookType}"` : `Test "${test.name}"`;
  let place = '';
  if (test.loc !== undefined) {
    const path = require('path').relative(process.cwd(), test.loc.file);
    place = ` at ${path}:${test.loc.line}:${test.loc.column}`;
  }
  return `Error: ${name}${place} ${created}and would have caused the test to fail, ` +
    `but instead triggered an ${event} event.`;
}

let globalRoot;

/** The root of the tests that a file makes by itself. */
function getGlobalRoot() {
  if (globalRoot === undefined) {
    const file = process.argv[1];
    const loc = file === undefined ? undefined : { __proto__: null, line: 1, column: 1, file };
    globalRoot = createRoot({ loc, entryFile: file }, config());
    // Where files are run, that root is the one of them all.
    if (config().isRunner) return globalRoot;
    globalRoot.harness.stream.on('test:summary', ({ success }) => {
      if (!success) process.exitCode = EXIT_FAILURE;
    });
    const { setupReporters } = require('internal/test_runner/reporting');
    globalRoot.harness.ready = setupReporters(globalRoot.harness);
  }
  return globalRoot;
}

/** Has tests that files make be of another root. */
function setGlobalRoot(root) {
  globalRoot = root;
}

/** The root for `run()`. */
function createRunRoot(options, settings) {
  if (globalRoot !== undefined && config().isRunner) {
    // Modules that were loaded before have hooks for all tests.
    globalRoot.loc = undefined;
    Object.assign(globalRoot.harness.config, settings);
    return globalRoot;
  }
  return createRoot(options, makeConfig(settings));
}

// ---------------------------------------------------------------------------
// The functions that make tests
// ---------------------------------------------------------------------------

/** Where the function was called that a module of the runner gives to programs. */
function callerLocation() {
  const { prepareStackTrace, stackTraceLimit } = Error;
  let sites;
  try {
    Error.stackTraceLimit = 20;
    Error.prepareStackTrace = (_, frames) => frames;
    const holder = {};
    Error.captureStackTrace(holder, callerLocation);
    sites = holder.stack;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
  if (!Array.isArray(sites)) return undefined;
  for (const site of sites) {
    let file = site.getFileName();
    if (typeof file !== 'string' || file.startsWith('node:')) continue;
    if (file.startsWith('file://')) file = require('internal/url/file').fileURLToPath(file);
    return { __proto__: null, line: site.getLineNumber(), column: site.getColumnNumber(), file };
  }
  return undefined;
}

async function startSubtestAfterBootstrap(subtest) {
  keepAlive(subtest.root);
  const { harness } = subtest;
  await harness.ready;
  // All wait for the same, so that they start in their order.
  if (harness.builds.length > 0) await Promise.all(harness.builds);
  await subtest.start();
  if (subtest.root.unfinishedSubtests.size === 0) letGo(subtest.root);
}

/** Starts a test; one of a running test's own starts at once. */
function startSubtest(subtest) {
  if (subtest.parent === subtest.root) return startSubtestAfterBootstrap(subtest);
  return Promise.resolve(subtest.start());
}

const KEYWORDS = ['expectFailure', 'skip', 'todo', 'only'];

/** `test` or `describe`: a function that makes tests of a class. */
function maker(name, Factory) {
  const make = (testName, options, fn, overrides) => {
    const { Suite } = require('internal/test_runner/suite');
    const parent = currentTest.getStore() ?? getGlobalRoot();
    const subtest = parent.createSubtest(Factory(), testName, options, fn, overrides);
    if (parent instanceof Suite) return Promise.resolve();
    return startSubtest(subtest);
  };
  const test = {
    [name]: (testName, options, fn) => make(testName, options, fn, { loc: callerLocation() }),
  }[name];
  for (const keyword of KEYWORDS) {
    test[keyword] = {
      [name]: (testName, options, fn) => make(testName, options, fn, { [keyword]: true, loc: callerLocation() }),
    }[name];
  }
  return test;
}

/** `before` and the others. */
function hook(hookType) {
  return (fn, options) => {
    const parent = currentTest.getStore() ?? getGlobalRoot();
    parent.createHook(hookType, fn, { ...options, parent, hookType, loc: callerLocation() });
  };
}

function getTestContext() {
  const test = currentTest.getStore();
  return test === undefined || test.parent === null ? undefined : test.getRunArgs().ctx;
}

module.exports = {
  callerLocation,
  finishAll,
  createRunRoot,
  getGlobalRoot,
  getTestContext,
  hook,
  maker,
  setGlobalRoot,
  startSubtest,
  warnOfTags,
};
