'use strict';

// A file of tests that runs in a process of its own: what it says of its tests is said here
// as if they were of this process.

const { failureTypes, testFailure } = require('internal/test_runner/failures');
const { Test } = require('internal/test_runner/test');

/** How the process says what has happened, between what it writes otherwise. */
const MARK = Buffer.from([0xff, 0x0f]);
const HEADER = MARK.length + 4;

/** What a child says at its end of all its tests is not said again. */
const TOTALS = /^(?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) \d/;

/** These come in the order of tests; the others when they happen. */
const ORDERED = new Set(['test:start', 'test:pass', 'test:fail', 'test:plan', 'test:diagnostic']);

const CANCELLED = new Set([failureTypes.cancelledByParent, failureTypes.aborted, failureTypes.timeout]);

class FileTest extends Test {
  #waiting = [];
  #pending = Buffer.alloc(0);
  #reported = 0;

  /** Takes what the process has written. */
  take(bytes) {
    let rest = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : bytes;
    while (rest.length > 0) {
      const at = rest.indexOf(MARK);
      if (at !== 0) {
        const end = at === -1 ? rest.length : at;
        this.#say({ type: 'test:stdout', data: { __proto__: null, file: this.name, message: rest.toString('utf8', 0, end) } });
        rest = rest.subarray(end);
        continue;
      }
      if (rest.length < HEADER) break;
      const end = HEADER + rest.readUInt32BE(MARK.length);
      if (rest.length < end) break;
      const { unpack } = require('internal/test_runner/reporters/v8');
      this.#say(unpack(require('v8').deserialize(rest.subarray(HEADER, end))));
      rest = rest.subarray(end);
    }
    this.#pending = Buffer.from(rest);
  }

  /** Says a line of standard error. */
  takeError(line) {
    this.#say({ type: 'test:stderr', data: { __proto__: null, file: this.name, message: `${line}\n` } });
  }

  #say(event) {
    if (ORDERED.has(event.type) && !this.isClearToSend()) this.#waiting.push(event);
    else this.#handle(event);
  }

  #handle(event) {
    const { type, data } = event;
    Object.setPrototypeOf(data, null);
    if (data.nesting === 0) {
      if (type === 'test:plan') return;
      if (type === 'test:diagnostic' && TOTALS.test(data.message)) return;
    }
    if (type === 'test:pass' || type === 'test:fail' || type === 'test:complete') {
      Object.setPrototypeOf(data.details, null);
      if (data.nesting === 0 && type !== 'test:complete') data.testNumber = ++this.root.outputSubtestCount;
    }
    if (type === 'test:pass' || type === 'test:fail') {
      this.#reported++;
      this.harness.count({
        nesting: data.nesting,
        reportedType: data.details.type,
        skipped: data.skip !== undefined,
        isTodo: data.todo !== undefined,
        passed: type === 'test:pass',
        cancelled: CANCELLED.has(data.details.error?.failureType),
      });
    }
    this.reporter.forward(event);
  }

  get hasReportedAny() {
    return this.#reported > 0 || this.#waiting.some(({ type }) => type === 'test:fail' || type === 'test:pass');
  }

  /** Whether the file itself is nothing to tell of. */
  #isSilent() {
    return this.#reported > 0 && (this.error === null || this.error.failureType === failureTypes.subtests);
  }

  report() {
    for (const event of this.#waiting.splice(0)) this.#handle(event);
    if (!this.#isSilent()) {
      super.report();
    } else if (!this.passed) {
      this.harness.success = false;
    }
  }

  /** The file's own number is given only where it is told of. */
  isClearToSend() {
    const isClear = super.isClearToSend();
    if (isClear && this.#waiting.length > 0) {
      for (const event of this.#waiting.splice(0)) this.#handle(event);
    }
    return isClear;
  }
}

/** The options of this process that the file's gets, too. */
function childOptions(settings) {
  const options = process.execArgv.filter((word, i, all) => {
    const isOwn = (text) => /^--(?:test(?:$|-)|watch|experimental-default-config-file|experimental-test-coverage)/.test(text);
    const takesNext = (text) => /^--test-(?:concurrency|global-setup|isolation|name-pattern|reporter|reporter-destination|rerun-failures|shard|skip-pattern|timeout)$/.test(text);
    return !isOwn(word) && !(i > 0 && takesNext(all[i - 1]));
  });
  const all = require('internal/options');
  if (settings.onlyGiven ?? all.flag('test-only')) options.push('--test-only');
  const names = settings.namePatterns ?? all.list('test-name-pattern');
  for (const pattern of names) options.push(`--test-name-pattern=${pattern}`);
  const skipped = settings.skipPatterns ?? all.list('test-skip-pattern');
  for (const pattern of skipped) options.push(`--test-skip-pattern=${pattern}`);
  if (settings.forceExit) options.push('--test-force-exit');
  if (all.flag('test-update-snapshots')) options.push('--test-update-snapshots');
  if (Number.isFinite(settings.timeout)) options.push(`--test-timeout=${settings.timeout}`);
  return options;
}

/** Numbers of workers that are free. */
const workers = { free: [], next: 1 };

function runFile(root, path, settings) {
  const loc = { __proto__: null, line: 1, column: 1, file: path };
  const name = settings.cwd === undefined ? path : require('path').relative(settings.cwd, path) || path;
  const body = async (t) => {
    const { spawn } = require('child_process');
    const worker = workers.free.shift() ?? workers.next++;
    const words = [...childOptions(settings), ...settings.execArgv, path, ...settings.argv];
    const child = spawn(process.execPath, words, {
      cwd: settings.cwd,
      env: { ...settings.env ?? process.env, NODE_TEST_CONTEXT: 'child-v8', NODE_TEST_WORKER_ID: String(worker) },
      signal: t.signal,
    });
    let failure;
    child.on('error', (error) => { failure = error; });
    child.stdout.on('data', (bytes) => subtest.take(bytes));
    const lines = require('readline').createInterface({ input: child.stderr });
    lines.on('line', (line) => subtest.takeError(line));
    const [code, signal] = await new Promise((resolve) => {
      child.once('close', (...result) => resolve(result));
    });
    workers.free.push(worker);
    if (code === 0 && signal === null) return;
    if (failure !== undefined) throw failure;
    // Where tests have failed, those are what is told of.
    const error = testFailure('test failed', subtest.hasReportedAny ? failureTypes.subtests : failureTypes.testCode);
    error.exitCode = code;
    error.signal = signal;
    // Where this process has noticed says nothing.
    error.stack = undefined;
    throw error;
  };
  const subtest = root.createSubtest(FileTest, name, {}, body, { loc });
  return subtest.start();
}

module.exports = { HEADER, MARK, runFile };
