'use strict';

// Whether a connection tries all addresses of a host, and how long each:
// https://nodejs.org/api/net.html#netgetdefaultautoselectfamily

const { validateBoolean, validateInt32 } = require('internal/validators');

let enabled = true;
let timeout = 500;
/** Less would give nobody a chance. */
const SHORTEST = 10;

module.exports = {
  getDefault: () => enabled,
  setDefault(value) {
    validateBoolean(value, 'value');
    enabled = value;
  },
  getDefaultTimeout: () => timeout,
  setDefaultTimeout(value) {
    validateInt32(value, 'value', 1);
    timeout = Math.max(value, SHORTEST);
  },
  SHORTEST,
};
