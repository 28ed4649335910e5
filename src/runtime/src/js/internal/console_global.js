'use strict';

// The global object `console`, which writes straight to the process's streams.

const { format } = require('internal/inspect');
const { writeSync } = native('process');

const toOutput = (...args) => writeSync(1, `${format(...args)}\n`);
const toError = (...args) => writeSync(2, `${format(...args)}\n`);

module.exports = {
  log: toOutput,
  warn: toError,
  error: toError,
  info: toOutput,
  debug: toOutput,
};
