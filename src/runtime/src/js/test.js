'use strict';

// https://nodejs.org/api/test.html

const harness = require('internal/test_runner/harness');

const test = harness.maker('test', () => require('internal/test_runner/test').Test);
const suite = harness.maker('test', () => require('internal/test_runner/suite').Suite);

module.exports = test;
Object.assign(test, {
  after: harness.hook('after'),
  afterEach: harness.hook('afterEach'),
  before: harness.hook('before'),
  beforeEach: harness.hook('beforeEach'),
  describe: suite,
  getTestContext: harness.getTestContext,
  it: test,
  run: (...args) => require('internal/test_runner/runner').run(...args),
  suite,
  test,
});

let mock;
Object.defineProperty(test, 'mock', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => (mock ??= new (require('internal/test_runner/mock/tracker').MockTracker)()),
});

for (const [name, load] of [
  ['snapshot', () => require('internal/test_runner/snapshot').settings],
  ['assert', () => require('internal/test_runner/assertions').settings],
]) {
  let value;
  Object.defineProperty(test, name, {
    __proto__: null, configurable: true, enumerable: true, get: () => (value ??= load()),
  });
}
