'use strict';

// https://nodejs.org/api/repl.html

const { addMissing } = require('internal/not_implemented');

const { builtinModules } = native('modules');
const plain = builtinModules.filter((name) => !name.startsWith('_') && !name.startsWith('node:'));

Object.assign(module.exports, {
  REPL_MODE_SLOPPY: Symbol('repl-sloppy'),
  REPL_MODE_STRICT: Symbol('repl-strict'),
  builtinModules: plain,
  _builtinLibs: plain,
});

addMissing(module.exports, 'repl', {
  functions: 'start writer isValidSyntax', classes: 'REPLServer Recoverable',
});
