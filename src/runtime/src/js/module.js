'use strict';

// https://nodejs.org/api/module.html

const { Module } = require('internal/modules');
const { builtinModules, isBuiltin, syncBuiltins } = native('modules');

require('internal/modules/public').install(Module);

Module.builtinModules = Object.freeze(builtinModules);
Module.isBuiltin = function isBuiltinModule(moduleName) {
  return typeof moduleName === 'string' && isBuiltin(moduleName);
};
Object.defineProperty(Module.isBuiltin, 'name', { value: 'isBuiltin' });
Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
  syncBuiltins();
};

module.exports = Module;
