'use strict';

// What `require('module')` has beside the loader itself.

const { codes, NotImplementedError } = require('internal/errors');
const { Module, folderOf, getMain, makeRequire, resolvePath, setPreloading } = require('internal/modules');
const { packageAround, packageIn, pathToUrl, resolveModule, urlToPath } = native('modules');
const { validateObject, validateOneOf, validateString } = require('internal/validators');

function isUrl(value) {
  return value !== null && typeof value === 'object' && typeof value.href === 'string' &&
    typeof value.protocol === 'string';
}

/** The path of a file that is given as a path, a `file:` URL, or the text of one. */
function toPath(value) {
  if (isUrl(value)) return urlToPath(value.href);
  return value.startsWith('file:') ? urlToPath(value) : value;
}

function createRequire(filename) {
  const isText = typeof filename === 'string';
  if (!isUrl(filename) && !(isText && (filename[0] === '/' || filename.startsWith('file:')))) {
    throw new codes.ERR_INVALID_ARG_VALUE(
      'filename', filename, 'must be a file URL object, file URL string, or absolute path string');
  }
  const path = toPath(filename);
  const isFolder = path.endsWith('/');
  const file = isFolder ? `${path}noop.js` : path;
  const module = new Module(path);
  module.filename = path;
  module.path = folderOf(file);
  module.paths = Module._nodeModulePaths(folderOf(file));
  return makeRequire(module);
}

function findPackageJSON(specifier, base) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('specifier');
  if (!isUrl(specifier)) validateString(specifier, 'specifier');
  const wanted = isUrl(specifier) ? specifier.href : specifier;
  if (base === undefined) base = 'data:';
  else if (!isUrl(base)) validateString(base, 'base');
  let from = isUrl(base) ? base.href : base;
  if (from[0] === '/') from = pathToUrl(from);
  const isFile = /^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(wanted);
  if (isFile) {
    const file = wanted[0] === '/' ? wanted : urlToPath(resolvedUrl(wanted, from));
    return packageAround(file.endsWith('/') ? `${file}x` : file)?.path;
  }
  const name = wanted.split('/', wanted[0] === '@' ? 2 : 1).join('/');
  for (const folder of Module._nodeModulePaths(folderOf(urlToPath(from)))) {
    const found = packageIn(`${folder}/${name}`);
    if (found !== undefined) return found.path;
  }
  throw Object.assign(
    new Error(`Cannot find package '${name}' imported from ${from.startsWith('file:') ? urlToPath(from) : from}`),
    { code: 'ERR_MODULE_NOT_FOUND' });
}

function resolvedUrl(specifier, base) {
  try {
    return resolveModule(specifier, base);
  } catch (error) {
    if (error.url !== undefined) return error.url;
    throw error;
  }
}

function _preloadModules(requests) {
  if (!Array.isArray(requests)) return;
  setPreloading(true);
  const parent = new Module('internal/preload', null);
  parent.paths = Module._nodeModulePaths(native('process').cwd());
  for (const request of requests) parent.require(request);
  setPreloading(false);
}

const constants = Object.freeze({
  __proto__: null,
  compileCacheStatus: Object.freeze({ __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 }),
});

/** Nothing is kept: a text is compiled in less time than a cache is read. */
function enableCompileCache() {
  return { __proto__: null, status: constants.compileCacheStatus.DISABLED, message: 'Disabled by Axil' };
}

function missing(name) {
  return {
    [name]() {
      throw new NotImplementedError(`module.${name}`);
    },
  }[name];
}

let areSourceMapsEnabled = false;

function install(target) {
  Object.assign(target, {
    createRequire,
    _preloadModules,
    registerHooks: function registerHooks(hooks) {
      return require('internal/modules/hooks').registerHooks(hooks);
    },
    register: missing('register'),
    constants,
    enableCompileCache,
    findPackageJSON,
    flushCompileCache() {},
    getCompileCacheDir() {},
    stripTypeScriptTypes(code, options) {
      validateString(code, 'code');
      if (options !== undefined) validateObject(options, 'options');
      if (options?.mode !== undefined) validateOneOf(options.mode, 'options.mode', ['strip', 'transform']);
      throw new NotImplementedError('module.stripTypeScriptTypes');
    },
    findSourceMap(path) {
      validateString(path, 'path');
      return undefined;
    },
    SourceMap: require('internal/source_map').SourceMap,
    getSourceMapsSupport() {
      return Object.freeze({
        __proto__: null, enabled: areSourceMapsEnabled, nodeModules: false, generatedCode: false,
      });
    },
    setSourceMapsSupport(enabled, options = {}) {
      const { validateBoolean } = require('internal/validators');
      validateBoolean(enabled, 'enabled');
      validateObject(options, 'options');
      const { nodeModules = false, generatedCode = false } = options;
      validateBoolean(nodeModules, 'options.nodeModules');
      validateBoolean(generatedCode, 'options.generatedCode');
      areSourceMapsEnabled = enabled;
    },
    _readPackage(path) {
      const found = packageIn(resolvePath('', path));
      return found === undefined ? { exists: false } :
        { exists: true, name: found.name, main: found.main, type: found.type, pjsonPath: found.path };
    },
    _stat: native('modules').kindOf,
  });
}

module.exports = { createRequire, findPackageJSON, getMain, install };
