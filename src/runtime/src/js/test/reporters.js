'use strict';

// https://nodejs.org/api/test.html#test-reporters

function lazily(name, load) {
  let reporter;
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get: () => (reporter ??= load()),
  });
}

/** A class that can be called without `new`, too. */
function callable(name, load) {
  const reporter = {
    [name]: function(...args) {
      return Reflect.construct(load(), args);
    },
  }[name];
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, writable: true, value: reporter,
  });
}

lazily('dot', () => require('internal/test_runner/reporters/dot'));
lazily('junit', () => require('internal/test_runner/reporters/junit'));
callable('spec', () => require('internal/test_runner/reporters/spec'));
lazily('tap', () => require('internal/test_runner/reporters/tap'));
callable('lcov', () => require('internal/test_runner/reporters/lcov'));
