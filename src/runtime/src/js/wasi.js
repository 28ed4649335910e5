'use strict';

// https://nodejs.org/api/wasi.html

const { addMissing } = require('internal/not_implemented');

addMissing(module.exports, 'wasi', { classes: 'WASI' });
