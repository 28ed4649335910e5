'use strict';

const { running } = require('internal/async/running');
const { validateFunction } = require('internal/validators');
const { enqueueMicrotask } = native('process');

/** https://nodejs.org/api/globals.html#queuemicrotaskcallback */
function queueMicrotask(callback) {
  validateFunction(callback, 'callback');
  if (running.hooks === undefined) enqueueMicrotask(callback);
  else require('internal/async/ticks').queueMicrotask(callback);
}

module.exports = { queueMicrotask };
