'use strict';

const { validateFunction } = require('internal/validators');
const { enqueueMicrotask } = native('process');

/** https://nodejs.org/api/globals.html#queuemicrotaskcallback */
function queueMicrotask(callback) {
  validateFunction(callback, 'callback');
  enqueueMicrotask(callback);
}

module.exports = { queueMicrotask };
