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
  const { run } = require('internal/test_runner/runner');
  const process = require('process');
  const stream = run({
    concurrency: settings.concurrency ?? true,
    timeout: settings.timeout,
    forceExit: settings.forceExit,
    only: settings.only,
    isolation: isolation === 'none' ? 'none' : 'process',
    globPatterns: process.argv.slice(1),
    shard: shard === undefined ? undefined : shardOf(shard),
    testNamePatterns: settings.namePatterns,
    testSkipPatterns: settings.skipPatterns,
    globalSetupPath: options.text('test-global-setup'),
    setup: (tests) => require('internal/test_runner/reporting').setupReporters({
      stream: tests, reporters: [], config: settings,
    }),
  });
  stream.on('test:summary', ({ success, file }) => {
    if (file === undefined && !success) process.exitCode = 1;
  });
}

module.exports = { main };
