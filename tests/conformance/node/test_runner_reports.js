'use strict';

// Tests are told of in the order in which they were made; times differ, so they are cut out.
const { spawnSync } = require('child_process');
const { before, beforeEach, describe, it, test } = require('node:test');

if (process.argv[2] === 'inner') {
  before(() => console.log('before'));
  beforeEach((t) => console.log('beforeEach', t.name));
  test('passes', (t) => t.diagnostic('a word'));
  test('has subtests', { concurrency: true }, async (t) => {
    t.test('slow', () => new Promise((resolve) => setTimeout(resolve, 20)));
    await t.test('fast', (t, done) => setImmediate(done));
  });
  test('fails', () => {
    throw 'a text';
  });
  test('skipped', { skip: 'not now' }, () => {});
  test('to do', { todo: true }, () => {
    throw 'later';
  });
  test('too slow', { timeout: 10 }, () => new Promise(() => {}));
  test('plans', (t) => {
    t.plan(2);
    t.assert.ok(true);
    t.test('counts');
  });
  describe('a suite', () => {
    it('runs', () => {});
    it.skip('does not run', () => {});
  });
} else {
  for (const reporter of ['spec', 'tap']) {
    const { status, stdout } = spawnSync(
      process.execPath, [`--test-reporter=${reporter}`, __filename, 'inner'], { encoding: 'utf8' });
    console.log(stdout.replace(/\d+(?:\.\d+)?ms\)/g, 'TIME)').replace(/(duration_ms:?) [\d.]+/g, '$1 TIME'));
    console.log(status);
  }
}
