'use strict';

// What `--trace-require-module` tells: https://nodejs.org/api/cli.html#--trace-require-modulemode

const options = require('internal/options');

/** Tells of an ECMAScript module that has been required. */
function traceRequired(filename, parent) {
  const mode = options.text('trace-require-module');
  if (mode === undefined) return;
  const by = parent?.filename;
  if (mode === 'no-node-modules' && by !== undefined && /[/\\]node_modules[/\\]/.test(by)) return;
  const from = by === undefined ? 'CommonJS' : `CommonJS module ${by}`;
  require('process').emitWarning(
    `${from} is loading ES Module ${filename} using require().\n` +
    'Support for loading ES Module in require() is an experimental feature and might change at any time',
    'ExperimentalWarning', undefined);
}

module.exports = { traceRequired };
