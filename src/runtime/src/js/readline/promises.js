'use strict';

// https://nodejs.org/api/readline.html#promises-api

const { addMissing } = require('internal/not_implemented');

addMissing(module.exports, 'readline/promises', { functions: 'createInterface', classes: 'Interface Readline' });
