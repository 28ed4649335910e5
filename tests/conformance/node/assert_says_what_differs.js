'use strict';
const assert = require('assert');

function check(run) {
  try {
    run();
    console.log('passed');
  } catch (error) {
    console.log(error.name, error.code, error.generatedMessage, error.operator);
    console.log(error.message);
  }
}

check(() => assert(0));
check(() => assert.ok(typeof 123 === 'string'));
check(() => assert.equal(1, 2));
check(() => assert.strictEqual('hello world', 'hello there'));
check(() => assert.strictEqual({ a: 1 }, { a: 1 }));
check(() => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] }));
check(() => assert.deepStrictEqual(Array.from(Array(20).keys()), [...Array(19).keys(), 'x']));
check(() => assert.deepEqual([1, '2'], ['1', 2]));
check(() => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }));
check(() => assert.partialDeepStrictEqual({ a: 1, b: 2 }, { b: 2 }));
check(() => assert.throws(() => { throw new TypeError('bad'); }, { name: 'TypeError', message: /good/ }));
check(() => assert.throws(() => {}, Error, 'why'));
check(() => assert.match('abc', /x/));
check(() => assert.ifError(new Error('there')));
check(() => assert.strictEqual(1, 2, 'own %s', 'text'));
assert.rejects(async () => 5).catch((error) => console.log(error.message));
