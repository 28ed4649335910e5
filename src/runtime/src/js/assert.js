'use strict';

// https://nodejs.org/api/assert.html

const { codes } = require('internal/errors');
const { validateOneOf } = require('internal/validators');
const { AssertionError } = require('internal/assert/error');
const { checkTruthy, kOptions, methods } = require('internal/assert/methods');

// ---------------------------------------------------------------------------
// https://nodejs.org/api/assert.html#class-assertassert
// ---------------------------------------------------------------------------

function Assert(options) {
  if (!new.target) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('Assert');
  options = Object.assign({ __proto__: null, strict: true, skipPrototype: false }, options);
  if (options.diff !== undefined) validateOneOf(options.diff, 'options.diff', ['simple', 'full']);
  this.AssertionError = AssertionError;
  Object.defineProperty(this, kOptions, {
    __proto__: null, value: options, enumerable: false, configurable: false, writable: false,
  });
  if (options.strict) {
    this.equal = this.strictEqual;
    this.deepEqual = this.deepStrictEqual;
    this.notEqual = this.notStrictEqual;
    this.notDeepEqual = this.notDeepStrictEqual;
  }
}

for (const name of [
  'fail', 'ok', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual',
  'notDeepStrictEqual', 'strictEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'throws',
  'rejects', 'doesNotThrow', 'doesNotReject', 'ifError', 'match', 'doesNotMatch',
]) {
  Assert.prototype[name] = methods[name];
}

// ---------------------------------------------------------------------------
// The functions
// ---------------------------------------------------------------------------

function assert(...args) {
  checkTruthy(assert, args);
}

module.exports = assert;

function addMethods(target, isStrict) {
  target.AssertionError = AssertionError;
  const strictly = {
    equal: 'strictEqual',
    notEqual: 'notStrictEqual',
    deepEqual: 'deepStrictEqual',
    notDeepEqual: 'notDeepStrictEqual',
  };
  for (const name of [
    'ok', 'fail', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual',
    'notDeepStrictEqual', 'strictEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'match',
    'doesNotMatch', 'throws', 'rejects', 'doesNotThrow', 'doesNotReject', 'ifError',
  ]) {
    target[name] = methods[isStrict && strictly[name] || name];
  }
}

addMethods(assert, false);

function strict(...args) {
  checkTruthy(strict, args);
}

assert.strict = strict;
assert.Assert = Assert;
addMethods(strict, true);
strict.Assert = Assert;
strict.strict = strict;
