'use strict';

// What the program was called with: https://nodejs.org/api/cli.html

const { flag, text, number, list } = native('options');

module.exports = { flag, text, number, list };
