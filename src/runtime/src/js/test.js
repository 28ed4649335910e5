'use strict';

// https://nodejs.org/api/test.html

const { addMissing, missingFunction } = require('internal/not_implemented');

const test = missingFunction('test', 'test');
module.exports = test;

addMissing(test, 'test', {
  functions: 'after afterEach before beforeEach describe expectFailure getTestContext it only run skip suite todo',
});
test.test = test;
test.mock = addMissing({}, 'test.mock', {
  functions: 'fn getter setter method module property reset restoreAll',
});
test.mock.timers = addMissing({}, 'test.mock.timers', { functions: 'enable reset runAll setTime tick' });
test.snapshot = addMissing({}, 'test.snapshot', {
  functions: 'setDefaultSnapshotSerializers setResolveSnapshotPath',
});
test.assert = addMissing({}, 'test.assert', { functions: 'register' });
