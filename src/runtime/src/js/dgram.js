'use strict';

// https://nodejs.org/api/dgram.html

const { addMissing } = require('internal/not_implemented');

addMissing(module.exports, 'dgram', { functions: 'createSocket', classes: 'Socket' });
