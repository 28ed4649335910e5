'use strict';

// `fetch`, which is not built yet: https://nodejs.org/api/globals.html#fetch

const { NotImplementedError } = require('internal/errors');

async function fetch(input, init = undefined) {
  void input;
  void init;
  throw new NotImplementedError('fetch');
}

module.exports = { fetch };
