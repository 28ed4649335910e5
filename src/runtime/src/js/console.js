'use strict';

// https://nodejs.org/api/console.html

module.exports = require('internal/console_global');
