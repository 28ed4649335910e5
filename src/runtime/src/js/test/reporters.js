'use strict';

// https://nodejs.org/api/test.html#test-reporters

const { addMissing } = require('internal/not_implemented');

addMissing(module.exports, 'test/reporters', { functions: 'dot junit lcov spec tap' });
