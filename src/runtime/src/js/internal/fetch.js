'use strict';

// https://nodejs.org/api/globals.html#fetch

const { NotImplementedError } = require('internal/errors');

/** Not built yet: who asks is told. */
async function fetch() {
  throw new NotImplementedError('fetch');
}

module.exports = { fetch };
