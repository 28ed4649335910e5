'use strict';

// https://nodejs.org/api/vm.html
//
// Scripts run in the program's own context; other contexts are not built yet.

const { NotImplementedError, codes } = require('internal/errors');
const { addMissing } = require('internal/not_implemented');
const {
  validateArray, validateBoolean, validateFunction, validateInt32, validateObject, validateString,
  validateStringArray, validateUint32,
} = require('internal/validators');
const { checkScript, runScript } = native('modules');

const contexts = new WeakSet();

function fileName(options, name = 'evalmachine.<anonymous>') {
  if (typeof options === 'string') return options;
  const { filename = name } = options ?? {};
  validateString(filename, 'options.filename');
  return filename;
}

function validateRunOptions(options) {
  if (options === undefined) return;
  validateObject(options, 'options');
  const { timeout, breakOnSigint, displayErrors } = options;
  if (timeout !== undefined) {
    validateUint32(timeout, 'options.timeout', true);
    throw new NotImplementedError('vm: options.timeout');
  }
  if (breakOnSigint !== undefined) validateBoolean(breakOnSigint, 'options.breakOnSigint');
  if (displayErrors !== undefined) validateBoolean(displayErrors, 'options.displayErrors');
}

class Script {
  #code;
  #name;

  constructor(code, options = {}) {
    code = `${code}`;
    if (typeof options === 'string') options = { filename: options };
    else validateObject(options, 'options');
    const { lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false } = options;
    this.#name = fileName(options);
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
      throw new codes.ERR_INVALID_ARG_TYPE(
        'options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
    }
    validateBoolean(produceCachedData, 'options.produceCachedData');
    checkScript(code, this.#name);
    this.#code = code;
    // Nothing is cached, so what was is of no use.
    if (cachedData !== undefined) this.cachedDataRejected = true;
    this.sourceMapURL = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(code)?.[1];
  }

  runInThisContext(options) {
    validateRunOptions(options);
    return runScript(this.#code, this.#name);
  }

  runInContext(contextifiedObject) {
    validateContext(contextifiedObject);
    throw new NotImplementedError('vm.Script.runInContext');
  }

  runInNewContext() {
    throw new NotImplementedError('vm.Script.runInNewContext');
  }

  createCachedData() {
    return require('buffer').Buffer.alloc(0);
  }
}

function validateContext(object) {
  if (!isContext(object)) {
    throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', object);
  }
}

function isContext(object) {
  validateObject(object, 'object', 1 << 1);
  return contexts.has(object);
}

function runInThisContext(code, options) {
  if (typeof options === 'string') options = { filename: options };
  return new Script(code, options).runInThisContext(options);
}

/** A function with the given text between its braces. */
function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  if (params !== undefined) {
    validateArray(params, 'params');
    validateStringArray(params, 'params');
  }
  validateObject(options, 'options');
  const { parsingContext, contextExtensions = [], importModuleDynamically } = options;
  validateArray(contextExtensions, 'options.contextExtensions');
  if (parsingContext !== undefined) throw new NotImplementedError('vm.compileFunction: options.parsingContext');
  if (contextExtensions.length > 0) throw new NotImplementedError('vm.compileFunction: options.contextExtensions');
  if (typeof importModuleDynamically === 'function') {
    validateFunction(importModuleDynamically, 'options.importModuleDynamically');
  }
  const name = fileName(options, '');
  // Neither may end what stands around it.
  const list = (params ?? []).join(',');
  new Function(list, '');
  new Function(code);
  return runScript(`(function (${list}) {${code}\n})`, name);
}

module.exports = {
  Script,
  compileFunction,
  isContext,
  runInThisContext,
  constants: Object.freeze({
    __proto__: null,
    USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
    DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
  }),
};

addMissing(module.exports, 'vm', {
  functions: 'createContext createScript measureMemory runInContext runInNewContext',
});
module.exports.createScript = (code, options) => new Script(code, options);
