'use strict';

// Runs files of tests, each in a process of its own or all in this one.
// https://nodejs.org/api/test.html#runoptions

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE }, NotImplementedError } = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateBoolean, validateFunction, validateInteger, validateObject,
  validateOneOf, validateString, validateStringArray,
} = require('internal/validators');
const { createRunRoot, setGlobalRoot } = require('internal/test_runner/harness');
const { toPattern } = require('internal/test_runner/config');

/** An option of our own: a function whose promise is settled when reports are written. */
const kWhenReported = Symbol('whenReported');

const ISOLATIONS = ['process', 'none'];

/** Which files are tests where nobody names any. */
const DEFAULT_PATTERNS = [
  '**/*.test.{js,mjs,cjs}', '**/*-test.{js,mjs,cjs}', '**/*_test.{js,mjs,cjs}', '**/test-*.{js,mjs,cjs}',
  '**/test.{js,mjs,cjs}', '**/test/**/*.{js,mjs,cjs}',
];

function validatePatterns(given, name) {
  if (given === undefined || given === null) return undefined;
  const list = Array.isArray(given) ? given : [given];
  return list.map((pattern, i) => {
    if (require('util/types').isRegExp(pattern)) return pattern;
    if (typeof pattern === 'string') return toPattern(pattern);
    throw new ERR_INVALID_ARG_TYPE(
      Array.isArray(given) ? `${name}[${i}]` : name, ['string', 'RegExp'], pattern);
  });
}

function validateOptions(options) {
  validateObject(options, 'options');
  const {
    files, globPatterns, forceExit, watch, only, shard, setup, execArgv = [], argv = [], env, timeout, signal,
    concurrency, isolation = 'process', cwd = process.cwd(), testNamePatterns, testSkipPatterns, globalSetupPath,
    rerunFailuresFilePath, coverage,
  } = options;
  if (files !== undefined && files !== null) validateArray(files, 'options.files');
  if (forceExit !== undefined && forceExit !== null) {
    validateBoolean(forceExit, 'options.forceExit');
    if (forceExit && watch) {
      throw new ERR_INVALID_ARG_VALUE('options.forceExit', watch, 'is not supported with watch mode');
    }
  }
  if (watch !== undefined && watch !== null) validateBoolean(watch, 'options.watch');
  if (only !== undefined && only !== null) validateBoolean(only, 'options.only');
  validateString(cwd, 'options.cwd');
  if (globPatterns !== undefined && globPatterns !== null) {
    validateArray(globPatterns, 'options.globPatterns');
    if (globPatterns.length > 0 && files?.length > 0) {
      throw new ERR_INVALID_ARG_VALUE(
        'options.globPatterns', globPatterns, "is not supported when specifying 'options.files'");
    }
  }
  if (shard !== undefined && shard !== null) {
    validateObject(shard, 'options.shard');
    validateInteger(shard.total, 'options.shard.total', 1);
    validateInteger(shard.index, 'options.shard.index', 1, shard.total);
    if (watch) throw new ERR_INVALID_ARG_VALUE('options.shard', watch, 'shards not supported with watch mode');
  }
  if (setup !== undefined && setup !== null) validateFunction(setup, 'options.setup');
  validateOneOf(isolation, 'options.isolation', ISOLATIONS);
  validateStringArray(argv, 'options.argv');
  validateStringArray(execArgv, 'options.execArgv');
  if (env !== undefined) {
    validateObject(env, 'options.env');
    if (isolation === 'none') {
      throw new ERR_INVALID_ARG_VALUE('options.env', env, "is not supported with isolation='none'");
    }
  }
  if (coverage !== undefined && coverage !== null) validateBoolean(coverage, 'options.coverage');
  if (globalSetupPath !== undefined && globalSetupPath !== null) {
    validateString(globalSetupPath, 'options.globalSetupPath');
  }
  if (rerunFailuresFilePath !== undefined && rerunFailuresFilePath !== null) {
    validateString(rerunFailuresFilePath, 'options.rerunFailuresFilePath');
  }
  validateAbortSignal(signal, 'options.signal');
  if (watch) throw new NotImplementedError('option watch of run()');
  if (coverage) throw new NotImplementedError('option coverage of run()');
  return {
    files: files ?? undefined,
    globPatterns: globPatterns ?? [],
    forceExit: Boolean(forceExit),
    only: Boolean(only),
    onlyGiven: only,
    shard: shard ?? undefined,
    setup,
    argv,
    execArgv,
    env,
    timeout,
    signal,
    concurrency,
    isolation,
    cwd,
    namePatterns: validatePatterns(testNamePatterns, 'options.testNamePatterns'),
    skipPatterns: validatePatterns(testSkipPatterns, 'options.testSkipPatterns'),
    globalSetupPath: globalSetupPath ?? undefined,
    whenReported: options[kWhenReported],
  };
}

/** The files that patterns name, in order. */
function findFiles(patterns, cwd) {
  const isDefault = patterns.length === 0;
  const { globSync } = require('fs');
  const path = require('path');
  const found = new Set();
  for (const pattern of isDefault ? DEFAULT_PATTERNS : patterns) {
    const isSkipped = (name) => /(?:^|[\\/])node_modules(?:[\\/]|$)/.test(typeof name === 'string' ? name : name.name);
    for (const file of globSync(pattern, { cwd, exclude: isDefault ? isSkipped : undefined })) {
      found.add(path.resolve(cwd, file));
    }
  }
  const files = [...found].filter((file) => require('fs').statSync(file, { throwIfNoEntry: false })?.isFile());
  if (!isDefault && files.length === 0) {
    process.stderr.write(`Could not find '${patterns.join(', ')}'\n`);
    process.exit(1);
  }
  return files.sort();
}

function run(options = {}) {
  const settings = validateOptions(options);
  const { concurrency, timeout, signal, cwd } = settings;
  const isInFile = process.env.NODE_TEST_CONTEXT !== undefined;
  let files = isInFile ? [] : settings.files ?? findFiles(settings.globPatterns, cwd);
  files = files.map((file) => require('path').resolve(cwd, file));
  if (settings.shard !== undefined) {
    const { index, total } = settings.shard;
    files = files.filter((_, i) => i % total === index - 1);
  }
  const root = createRunRoot(
    { concurrency, timeout, signal, loc: undefined },
    {
      only: settings.isolation === 'none' && settings.only,
      heedsOnly: settings.isolation === 'none',
      forceExit: settings.forceExit,
      namePatterns: settings.namePatterns,
      skipPatterns: settings.skipPatterns,
    });
  if (timeout !== undefined && timeout !== null) root.timeout = timeout;
  const { stream } = root.harness;
  if (isInFile) {
    process.emitWarning('node:test run() is being called recursively within a test file. skipping running files.');
    root.postRun();
    return stream;
  }
  runAll(root, files, settings);
  return stream;
}

async function runAll(root, files, settings) {
  const { globalSetupPath, setup } = settings;
  let teardown;
  try {
    // Whoever has called wants to listen first.
    await undefined;
    if (typeof setup === 'function') await setup(root.reporter);
    if (globalSetupPath !== undefined) teardown = await prepareAll(globalSetupPath, settings.cwd);
    if (settings.isolation === 'none') await runHere(root, files, settings);
    else await runInProcesses(root, files, settings);
  } catch (error) {
    const { failureTypes, isTestFailure, testFailure } = require('internal/test_runner/failures');
    root.fail(isTestFailure(error) ? error : testFailure(error, failureTypes.testCode));
  }
  await teardown?.();
  root.harness.end();
  if (!settings.forceExit) return;
  await settings.whenReported?.();
  process.exit();
}

/** Calls what a module wants to do before all tests; gives what it does after them. */
async function prepareAll(path, cwd) {
  const { importModule } = native('modules');
  const { pathToFileURL } = require('internal/url/file');
  const module = await importModule(pathToFileURL(require('path').resolve(cwd, path)).href, `${cwd}/`);
  const { globalSetup, globalTeardown } = module.default ?? module;
  if (typeof globalSetup === 'function') await globalSetup();
  return globalTeardown;
}

async function runInProcesses(root, files, settings) {
  const { runFile } = require('internal/test_runner/file_test');
  root.concurrency = settings.concurrency === undefined ? Math.max(availableParallelism() - 1, 1) : root.concurrency;
  await Promise.all(files.map((file) => runFile(root, file, settings)));
}

function availableParallelism() {
  return require('os').availableParallelism();
}

/** Loads all files into this process, and then runs the tests that they have made. */
async function runHere(root, files, settings) {
  process.env.NODE_TEST_WORKER_ID = '1';
  const { importModule } = native('modules');
  const { pathToFileURL } = require('internal/url/file');
  const { failureTypes, testFailure } = require('internal/test_runner/failures');
  const { Test } = require('internal/test_runner/test');
  let begin;
  root.harness.ready = new Promise((resolve) => { begin = resolve; });
  setGlobalRoot(root);
  for (const file of files) {
    try {
      await importModule(pathToFileURL(file).href, `${settings.cwd}/`);
    } catch (error) {
      root.createSubtest(Test, file, {}, () => {
        throw testFailure(error, failureTypes.testCode);
      }, { loc: { __proto__: null, line: 1, column: 1, file } }).start();
    }
  }
  begin();
  while (root.unfinishedSubtests.size > 0) await root.subtestsPromise.promise;
}

module.exports = { kWhenReported, run };
