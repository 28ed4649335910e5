'use strict';

// https://nodejs.org/api/readline.html

const { addMissing } = require('internal/not_implemented');

addMissing(module.exports, 'readline', {
  functions: 'clearLine clearScreenDown createInterface cursorTo emitKeypressEvents moveCursor', classes: 'Interface',
});
Object.defineProperty(module.exports, 'promises', {
  configurable: true, enumerable: true, get: () => require('readline/promises'),
});
