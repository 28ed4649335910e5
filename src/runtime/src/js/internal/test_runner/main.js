'use strict';

// `axil --test`: https://nodejs.org/api/test.html#running-tests-from-the-command-line

const options = require('internal/options');
const { config } = require('internal/test_runner/config');

function shardOf(text) {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  if (match === null) {
    const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_VALUE('--test-shard', text, 'must be in the form of <index>/<total>');
  }
  return { __proto__: null, index: Number(match[1]), total: Number(match[2]) };
}

function main() {
  const settings = config();
  const shard = options.text('test-shard');
  const isolation = options.text('test-isolation') ?? 'process';
  const { kWhenReported, run } = require('internal/test_runner/runner');
  const process = require('process');
  const isAlone = isolation === 'none';
  const reporting = { stream: undefined, reporters: [], config: settings };
  const given = {
    concurrency: isAlone ? 1 : settings.concurrency ?? true,
    cwd: process.cwd(),
    forceExit: settings.forceExit,
    globPatterns: process.argv.slice(1),
    globalSetupPath: options.text('test-global-setup'),
    isolation,
    only: settings.only,
    setup(stream) {
      reporting.stream = stream;
      return require('internal/test_runner/reporting').setupReporters(reporting);
    },
    shard: shard === undefined ? undefined : shardOf(shard),
    testNamePatterns: settings.namePatterns,
    testSkipPatterns: settings.skipPatterns,
    timeout: settings.timeout,
    watch: false,
    [kWhenReported]: () => Promise.all(reporting.reporters),
  };
  require('util').debuglog('test_runner')('test runner configuration:', given);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      require('internal/test_runner/harness').finishAll(true);
      process.exit();
    });
  }
  const stream = run(given);
  stream.on('test:summary', ({ success, file }) => {
    if (file === undefined && !success) process.exitCode = 1;
  });
}

module.exports = { main };
