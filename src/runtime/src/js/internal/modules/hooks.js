'use strict';

// What programs hook into the loading of modules, of both kinds:
// https://nodejs.org/api/module.html#moduleregisterhooksoptions

const { codes, define } = require('internal/errors');
const modules = require('internal/modules');
const { isBuiltin, packageAround, pathToUrl, readText, resolveModule, urlToPath } = native('modules');
const { validateFunction, validateObject } = require('internal/validators');

const { Module } = modules;

define('ERR_INVALID_RETURN_PROPERTY_VALUE', (input, name, property, value) => {
  const type = value?.constructor?.name ? `instance of ${value.constructor.name}` : `type ${typeof value}`;
  return `Expected ${input} to be returned for the "${property}" from the "${name}" hook but got ${type}.`;
}, TypeError);

/** What has been registered; the last one is asked first. */
let chain = [];

const IMPORT_CONDITIONS = ['node', 'import', 'module-sync', 'node-addons'];

/** Asks one after the other; what the last one asks is Node.js's own way. */
function ask(name, first, context, otherwise) {
  const run = (at, given, context) => {
    while (at >= 0 && chain[at][name] === undefined) at--;
    if (at < 0) return otherwise(given, context);
    let hasAsked = false;
    const result = chain[at][name](given, context, (next = given, changed = undefined) => {
      hasAsked = true;
      return run(at - 1, next, { ...context, ...changed });
    });
    if (result === null || typeof result !== 'object') {
      throw new codes.ERR_INVALID_RETURN_VALUE('an object', name, result);
    }
    if (!hasAsked && result.shortCircuit !== true) {
      throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('true', name, 'shortCircuit', result.shortCircuit);
    }
    return result;
  };
  return run(chain.length - 1, first, context);
}

function checkUrl({ url }) {
  if (typeof url !== 'string') {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', 'resolve', 'url', url);
  }
}

/** What a file is, by its name. */
function formatOf(url) {
  if (url.startsWith('node:')) return 'builtin';
  if (!url.startsWith('file:')) return undefined;
  const path = urlToPath(url);
  const extension = /\.[^./]*$/.exec(path)?.[0];
  switch (extension) {
    case '.mjs': return 'module';
    case '.cjs': return 'commonjs';
    case '.json': return 'json';
    case '.js': {
      const type = packageAround(path)?.type;
      return type === 'none' ? undefined : type;
    }
    default: return undefined;
  }
}

function defaultLoad(url, context) {
  const format = context.format ?? formatOf(url);
  if (format === 'builtin') return { format, source: null };
  if (!url.startsWith('file:')) return { format, source: undefined };
  const source = require('buffer').Buffer.from(readText(urlToPath(url)));
  return { format, source };
}

function textOf(source) {
  if (source === null || source === undefined || typeof source === 'string') return source;
  return require('buffer').Buffer.from(source).toString();
}

function load(url, format, conditions, importAttributes) {
  const result = ask('load', url, { __proto__: null, conditions, format, importAttributes }, defaultLoad);
  return { format: result.format ?? format, source: textOf(result.source) };
}

// ---------------------------------------------------------------------------
// CommonJS
// ---------------------------------------------------------------------------

function parentUrl(parent) {
  const filename = parent?.filename ?? parent?.id;
  return filename?.[0] === '/' ? pathToUrl(filename) : undefined;
}

/** Loads what `require` asks for. */
function loadRequired(request, parent, isMain) {
  const conditions = modules.requireConditions();
  const found = ask('resolve', request, {
    __proto__: null, conditions, importAttributes: { __proto__: null }, parentURL: parentUrl(parent),
  }, (specifier) => {
    if (specifier.startsWith('file:')) specifier = urlToPath(specifier);
    if (isBuiltin(specifier)) {
      return { __proto__: null, url: specifier.startsWith('node:') ? specifier : `node:${specifier}`, format: 'builtin' };
    }
    const url = pathToUrl(Module._resolveFilename(specifier, parent, isMain));
    return { __proto__: null, url, format: formatOf(url) };
  });
  checkUrl(found);
  const isFile = found.url.startsWith('file:');
  const filename = isFile ? urlToPath(found.url) : found.url;
  const hasLoad = chain.some((hooks) => hooks.load !== undefined);
  if (!hasLoad || Module._cache[filename] !== undefined) return modules.loadFile(filename, parent, isMain);
  const { format, source } = load(found.url, found.format, conditions, { __proto__: null });
  if (format === 'builtin') return modules.loadFile(filename, parent, isMain);
  return modules.loadFile(filename, parent, isMain, undefined, { format, source });
}

// ---------------------------------------------------------------------------
// ECMAScript modules: called by native code
// ---------------------------------------------------------------------------

/** The address of a specifier, and what is said to be there. */
function resolveImported(specifier, base, type) {
  const importAttributes = { __proto__: null };
  if (type !== undefined) importAttributes.type = type;
  const found = ask('resolve', specifier, {
    __proto__: null, conditions: IMPORT_CONDITIONS, importAttributes, parentURL: base,
  }, (wanted, context) => {
    const url = resolveModule(wanted, context.parentURL ?? base);
    return { __proto__: null, url, format: formatOf(url) };
  });
  checkUrl(found);
  return [found.url, found.format];
}

/** What is there: a format, and its text; undefined where nobody has changed it. */
function loadImported(url, format, type) {
  if (!chain.some((hooks) => hooks.load !== undefined)) return undefined;
  const importAttributes = { __proto__: null };
  if (type !== undefined) importAttributes.type = type;
  const loaded = load(url, format, IMPORT_CONDITIONS, importAttributes);
  return loaded.source === undefined || loaded.source === null ? undefined : [loaded.format, loaded.source];
}

function registerHooks(hooks) {
  validateObject(hooks, 'hooks');
  const { resolve, load: loadHook } = hooks;
  if (resolve !== undefined) validateFunction(resolve, 'hooks.resolve');
  if (loadHook !== undefined) validateFunction(loadHook, 'hooks.load');
  const entry = { resolve, load: loadHook };
  chain = [...chain, entry];
  modules.setHooks({ load: loadRequired });
  native('modules').setHooks(resolveImported, loadImported);
  return {
    deregister() {
      chain = chain.filter((other) => other !== entry);
      if (chain.length === 0) {
        modules.setHooks(undefined);
        native('modules').setHooks(undefined, undefined);
      }
    },
  };
}

module.exports = { registerHooks };
