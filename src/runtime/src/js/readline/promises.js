'use strict';

// https://nodejs.org/api/readline.html#promises-api

const { createInterface, Interface, Readline } = require('internal/readline/promises');

module.exports = { Interface, Readline, createInterface };
