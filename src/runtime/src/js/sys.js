'use strict';

// The old name of `util`: https://nodejs.org/api/deprecations.html#DEP0025

module.exports = require('util');
