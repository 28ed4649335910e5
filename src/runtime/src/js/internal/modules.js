'use strict';

// CommonJS modules: https://nodejs.org/api/modules.html
//
// Programs see all of this as `require('module')`, and change it: what they may replace is
// called by way of `Module`. What is seldom needed is in `internal/modules/`.

const {
  compileCommonJs, isBuiltin, kindOf, packageAround, packageIn, readText, realPath, requireModule,
  resolveExports, resolveImports, resolveOwnName, runScript, throwUnknownExtension,
} = native('modules');
const options = native('options');

// ---------------------------------------------------------------------------
// Paths, without the module for them: programs may never need that
// ---------------------------------------------------------------------------

function folderOf(path) {
  const end = path.lastIndexOf('/');
  if (end < 0) return '.';
  return end === 0 ? '/' : path.slice(0, end);
}

function normalize(path) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

const cwd = () => native('process').cwd();

/** An absolute path for one that is relative to a folder. */
function resolvePath(folder, path) {
  if (path[0] === '/') return normalize(path);
  if (folder === '') return normalize(`${cwd()}/${path}`);
  return normalize(folder[0] === '/' ? `${folder}/${path}` : `${cwd()}/${folder}/${path}`);
}

// ---------------------------------------------------------------------------
// Modules
// ---------------------------------------------------------------------------

/** The module that required another one first. */
const parents = new WeakMap();
/** Whether a module is required by `--require`. */
let isPreloading = false;

function Module(id = '', parent) {
  this.id = id;
  this.path = folderOf(id);
  Object.defineProperty(this, 'exports', { value: {}, writable: true, enumerable: true, configurable: true });
  parents.set(this, parent);
  addChild(parent, this, false);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

function addChild(parent, child, onlyOnce) {
  const children = parent?.children;
  if (children && !(onlyOnce && children.includes(child))) children.push(child);
}

Module._cache = Object.create(null);
Module._pathCache = Object.create(null);
Module._extensions = Object.create(null);
Module.globalPaths = [];
Module.Module = Module;

let globalPaths;

/** The folders where modules are looked for after all others. */
function allGlobalPaths() {
  if (globalPaths === undefined) Module._initPaths();
  return globalPaths;
}

Module._initPaths = function() {
  const { variable } = native('modules');
  const home = variable('HOME');
  const named = variable('NODE_PATH');
  globalPaths = [];
  if (options.flag('global-search-paths')) {
    const { executable } = native('process');
    globalPaths.push(resolvePath(executable, '../../lib/node'));
    if (home) globalPaths.unshift(resolvePath(home, '.node_modules'), resolvePath(home, '.node_libraries'));
    if (named) globalPaths.unshift(...named.split(':').filter(Boolean));
  }
  Module.globalPaths = globalPaths.slice();
};

function defineProperty(object, name, get, set) {
  Object.defineProperty(object, name, { get, set, enumerable: false, configurable: true });
}

/** Whether `parent` is warned of: once, if somebody wants to know early. */
let warnsOfParent = !options.isPlain && options.flag('pending-deprecation');

function warnOfParent() {
  if (!warnsOfParent) return;
  warnsOfParent = false;
  process.emitWarning(
    'module.parent is deprecated due to accuracy issues. Please use require.main to find program ' +
    'entry point instead.', 'DeprecationWarning', 'DEP0144');
}

defineProperty(Module.prototype, 'parent', function() {
  warnOfParent();
  return parents.get(this);
}, function(parent) {
  warnOfParent();
  parents.set(this, parent);
});

defineProperty(Module.prototype, 'isPreloading', () => isPreloading, undefined);
Object.defineProperty(Module.prototype, 'constructor', {
  value: Module, writable: true, enumerable: false, configurable: true,
});

// ---------------------------------------------------------------------------
// What specifiers mean
// ---------------------------------------------------------------------------

let conditions;

/** The conditions of `exports` and `imports` under which `require` looks. */
function requireConditions() {
  if (conditions === undefined) {
    conditions = ['require', 'node', 'module-sync', ...options.list('conditions')];
    if (options.flag('addons')) conditions.push('node-addons');
  }
  return conditions;
}

const isRelative = (request) => (
  request[0] === '.' && (request.length === 1 || request[1] === '/' ||
    request[1] === '.' && (request.length === 2 || request[2] === '/')));

/** Every folder in which packages may be, from one folder upwards. */
Module._nodeModulePaths = function(from) {
  from = resolvePath('', from);
  const paths = [];
  for (let at = from; ; at = folderOf(at)) {
    if (!at.endsWith('/node_modules')) paths.push(at === '/' ? '/node_modules' : `${at}/node_modules`);
    if (at === '/') return paths;
  }
};

Module._resolveLookupPaths = function(request, parent) {
  if (isBuiltin(request)) return null;
  if (!isRelative(request)) {
    const more = allGlobalPaths();
    if (!parent?.paths?.length) return more;
    return parent.paths.concat(more);
  }
  if (!parent?.id || !parent.filename) {
    return ['.'].concat(Module._nodeModulePaths('.'), allGlobalPaths());
  }
  return [folderOf(parent.filename)];
};

const keepsLinks = !options.isPlain && options.flag('preserve-symlinks');
const keepsMainLinks = !options.isPlain && options.flag('preserve-symlinks-main');

function toRealPath(path, isMain) {
  return (isMain ? keepsMainLinks : keepsLinks) ? path : realPath(path);
}

function tryFile(path, isMain) {
  return kindOf(path) === 0 && toRealPath(path, isMain);
}

function tryExtensions(path, extensions, isMain) {
  for (const extension of extensions) {
    const found = tryFile(path + extension, isMain);
    if (found) return found;
  }
  return false;
}

function tryPackage(folder, extensions, isMain, request) {
  const main = packageIn(folder)?.main;
  if (!main) return tryExtensions(resolvePath(folder, 'index'), extensions, isMain);
  const path = resolvePath(folder, main);
  const found = tryFile(path, isMain) || tryExtensions(path, extensions, isMain) ||
    tryExtensions(resolvePath(path, 'index'), extensions, isMain);
  if (found) return found;
  const index = tryExtensions(resolvePath(folder, 'index'), extensions, isMain);
  require('internal/modules/errors').checkMain(index, path, folder, main, request);
  return index;
}

/** `name/sub/path`, or `@scope/name/sub/path`, in two parts. */
const PACKAGE = /^((?:@[^/\\%]+\/)?[^./\\%][^/\\%]*)(\/.*)?$/;

/** What the `exports` of a package in a folder say; undefined if there are none. */
function findInExports(folder, request) {
  const [, name, subpath] = PACKAGE.exec(request) ?? [];
  if (name === undefined) return undefined;
  const home = resolvePath(folder, name);
  if (!packageIn(home)?.hasExports) return undefined;
  const path = resolveExports(home, `.${subpath ?? ''}`, requireConditions());
  return existing(path, home);
}

/** The file that `exports` or `imports` lead to, which must be there. */
function existing(path, folder) {
  const found = tryFile(path);
  if (!found) throw require('internal/modules/errors').missingTarget(path, folder);
  return found;
}

Module._findPath = function(request, paths, isMain) {
  const isAbsolute = request[0] === '/';
  if (isAbsolute) paths = [''];
  else if (!paths || paths.length === 0) return false;

  const cacheKey = `${request}\x00${paths.join('\x00')}`;
  const known = Module._pathCache[cacheKey];
  if (known) return known;

  const wantsFolder = /(?:^|\/)\.{0,2}$/.test(request);
  let extensions;
  for (const path of paths) {
    if (path && kindOf(path) < 1) continue;
    if (!isAbsolute) {
      const found = findInExports(path, request);
      if (found) return found;
    }
    const base = resolvePath(path, request);
    const kind = kindOf(base);
    let filename;
    if (!wantsFolder) {
      if (kind === 0) filename = toRealPath(base, isMain);
      if (!filename) {
        extensions ??= Object.keys(Module._extensions);
        filename = tryExtensions(base, extensions, isMain);
      }
    }
    if (!filename && kind === 1) {
      extensions ??= Object.keys(Module._extensions);
      filename = tryPackage(base, extensions, isMain, request);
    }
    if (filename) {
      Module._pathCache[cacheKey] = filename;
      return filename;
    }
  }
  return false;
};

/** Where `require.resolve(request, { paths })` looks. */
function lookupPaths(request, { paths }) {
  if (isRelative(request)) return paths;
  const all = [];
  for (const path of paths) {
    const asked = new Module('', null);
    asked.paths = Module._nodeModulePaths(path);
    for (const each of Module._resolveLookupPaths(request, asked)) {
      if (!all.includes(each)) all.push(each);
    }
  }
  return all;
}

Module._resolveFilename = function(request, parent, isMain, resolveOptions) {
  if (isBuiltin(request)) return request;
  let paths;
  if (typeof resolveOptions === 'object' && resolveOptions !== null) {
    if (Array.isArray(resolveOptions.paths)) paths = lookupPaths(request, resolveOptions);
    else if (resolveOptions.paths === undefined) paths = Module._resolveLookupPaths(request, parent);
    else throw require('internal/modules/errors').invalidPaths(resolveOptions.paths);
  } else {
    paths = Module._resolveLookupPaths(request, parent);
  }

  if (request[0] === '#' && parent?.filename) {
    const around = packageAround(parent.filename);
    if (around?.hasImports) {
      const found = resolveImports(request, parent.filename, requireConditions());
      return found.startsWith('node:') ? found : existing(found, around.folder);
    }
  }
  const from = parent?.filename ?? (parent?.id === '<repl>' ? `${cwd()}/` : undefined);
  if (from && !isRelative(request) && request[0] !== '/') {
    const own = resolveOwnName(request, from, requireConditions());
    if (own !== undefined) {
      const found = existing(own, packageAround(from).folder);
      Module._pathCache[`${request}\x00${paths.length === 1 ? paths[0] : paths.join('\x00')}`] = found;
      return found;
    }
  }
  const filename = Module._findPath(request, paths, isMain);
  if (filename) return filename;
  throw require('internal/modules/errors').notFound(request, parent);
};

// ---------------------------------------------------------------------------
// Loading
// ---------------------------------------------------------------------------

let mainModule;
/** Files by the folder that asked and what it asked for. */
const relativeCache = Object.create(null);
/** What `module.registerHooks` was given, if it was. */
let hooks;

function requireBuiltin(id) {
  return require(id);
}

Module._load = function(request, parent, isMain) {
  let cacheKey;
  if (parent) {
    cacheKey = `${parent.path}\x00${request}`;
    const filename = relativeCache[cacheKey];
    if (filename !== undefined) {
      const module = Module._cache[filename];
      if (module !== undefined) {
        addChild(parent, module, true);
        return module.loaded ? module.exports : halfLoaded(module);
      }
      delete relativeCache[cacheKey];
    }
  }
  if (hooks !== undefined) return hooks.load(request, parent, isMain);
  if (request.startsWith('node:')) {
    if (!isBuiltin(request)) throw require('internal/modules/errors').unknownBuiltin(request);
    return requireBuiltin(request.slice(5));
  }
  return loadFile(Module._resolveFilename(request, parent, isMain), parent, isMain, cacheKey);
};

/** Loads what a specifier was resolved to. */
function loadFile(filename, parent, isMain, cacheKey, given) {
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    addChild(parent, cached, true);
    if (cached.loaded) return cached.exports;
    return halfLoaded(cached);
  }
  if (isBuiltin(filename)) {
    return requireBuiltin(filename.startsWith('node:') ? filename.slice(5) : filename);
  }
  const module = new Module(filename, parent);
  if (isMain) {
    mainModule = module;
    module.id = '.';
  }
  Module._cache[filename] = module;
  if (cacheKey !== undefined) relativeCache[cacheKey] = filename;
  let isDone = false;
  try {
    if (given === undefined) module.load(filename);
    else loadGiven(module, filename, given);
    isDone = true;
  } finally {
    if (!isDone) {
      delete Module._cache[filename];
      if (cacheKey !== undefined) {
        delete relativeCache[cacheKey];
        const siblings = parent?.children;
        const at = Array.isArray(siblings) ? siblings.indexOf(module) : -1;
        if (at >= 0) siblings.splice(at, 1);
      }
    } else if (warned?.has(module)) {
      require('internal/modules/cycles').restore(module);
    }
  }
  return module.exports;
}

/** Loads a text that a hook has given. */
function loadGiven(module, filename, { format, source }) {
  module.filename = filename;
  module.paths = filename[0] === '/' ? Module._nodeModulePaths(folderOf(filename)) : [];
  if (format === 'json') module.exports = parseJson(source, filename);
  else if (source === undefined || source === null) Module._extensions[extensionOf(filename)](module, filename);
  else module._compile(source, filename, format);
  module.loaded = true;
}

/** Modules whose exports warn of what is not there yet. */
let warned;

/** ECMAScript modules that `require` loads. */
let esModules;

/** What a module exports that is just being loaded. */
function halfLoaded(module) {
  if (esModules?.has(module)) throw require('internal/modules/errors').cycleOfRequired(module);
  const { exports } = module;
  if (exports === null || typeof exports !== 'object' || native('types').isProxy(exports) || Object.getPrototypeOf(exports) !== Object.prototype ||
      exports.__esModule) {
    return exports;
  }
  warned ??= new WeakSet();
  warned.add(module);
  return require('internal/modules/cycles').watch(module);
}

function extensionOf(filename) {
  const name = filename.slice(filename.lastIndexOf('/') + 1);
  for (let at = name.indexOf('.', 1); at >= 0; at = name.indexOf('.', at + 1)) {
    const extension = name.slice(at);
    if (Module._extensions[extension]) return extension;
  }
  return '.js';
}

Module.prototype.load = function(filename) {
  this.filename = filename;
  this.paths ??= Module._nodeModulePaths(folderOf(filename));
  const extension = extensionOf(filename);
  if (extension === '.js' && /\.[cm]?ts$/.test(filename)) {
    throwUnknownExtension(/\.[cm]?ts$/.exec(filename)[0], filename);
  }
  Module._extensions[extension](this, filename);
  this.loaded = true;
};

/** What those who trace modules have subscribed to; undefined until a program can. */
let requireChannel;

Module.prototype.require = function(id) {
  if (typeof id !== 'string' || id === '') require('internal/modules/errors').validateId(id);
  if (requireChannel?.hasSubscribers) {
    const context = { __proto__: null, parentFilename: this.filename, id };
    return requireChannel.traceSync(Module._load, context, Module, id, this, false);
  }
  return Module._load(id, this, false);
};

/** Called when the channels of diagnostics are there. */
function traceRequire(channel) {
  requireChannel = channel;
}

/** `module`, `commonjs`, or undefined where the text decides. */
function formatOf(filename) {
  if (filename.endsWith('.cjs')) return 'commonjs';
  if (filename.endsWith('.mjs')) return 'module';
  if (!filename.endsWith('.js')) return undefined;
  const type = packageAround(filename)?.type;
  return type === 'none' ? undefined : type;
}

/** A `require` for a module. */
function makeRequire(module) {
  const require = function require(path) {
    return module.require(path);
  };
  require.resolve = function resolve(request, resolveOptions) {
    if (typeof request !== 'string') validateRequest(request);
    return Module._resolveFilename(request, module, false, resolveOptions);
  };
  require.resolve.paths = function paths(request) {
    if (typeof request !== 'string') validateRequest(request);
    return Module._resolveLookupPaths(request, module);
  };
  Object.defineProperty(require, 'main', {
    value: mainModule, writable: true, enumerable: true, configurable: true,
  });
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

function validateRequest(request) {
  require('internal/validators').validateString(request, 'request');
}

/** Whether the text decides where nobody has said what a file is. */
const detectsModules = options.isPlain || options.flag('experimental-detect-module');

/** Whether a program has changed how texts are wrapped. */
let isPatched = false;

const parts = [
  '(function (exports, require, module, __filename, __dirname) { ',
  '\n});',
];
let wrapper = new Proxy(parts, {
  set(target, name, value, receiver) {
    isPatched = true;
    return Reflect.set(target, name, value, receiver);
  },
  defineProperty(target, name, descriptor) {
    isPatched = true;
    return Object.defineProperty(target, name, descriptor);
  },
});
let wrap = (script) => wrapper[0] + script + wrapper[1];

Object.defineProperty(Module, 'wrap', {
  get: () => wrap,
  set(value) {
    isPatched = true;
    wrap = value;
  },
});
Object.defineProperty(Module, 'wrapper', {
  get: () => wrapper,
  set(value) {
    isPatched = true;
    wrapper = value;
  },
});

Module.prototype._compile = function(content, filename, format) {
  let code;
  if (format !== 'module') {
    try {
      code = isPatched ? runScript(Module.wrap(content), filename) :
        compileCommonJs(content, filename, format !== 'commonjs' && detectsModules);
    } catch (error) {
      if (format === 'commonjs' || !detectsModules) require('internal/modules/errors').hintAtModule(error, filename);
      throw error;
    }
  }
  if (code === undefined || code === null) return loadModule(this, filename, content, format);
  const { exports } = this;
  return Reflect.apply(code, exports, [exports, makeRequire(this), this, filename, folderOf(filename)]);
};

/**
 * Runs a file as the main module: in a job, as if files had been waited for. What it
 * promises comes before what it does in the next tick.
 */
function runMainModule(filename) {
  native('process').enqueueMicrotask(() => native('modules').runMainModule(filename));
}

/** Loads an ECMAScript module where a CommonJS module is wanted. */
function loadModule(module, filename, content, format) {
  if (module === mainModule) {
    // It is no CommonJS module after all.
    mainModule = undefined;
    delete Module._cache[filename];
    if (format === undefined) native('modules').warnOfMissingType(filename);
    native('process').nextTick(native('modules').runMainModule, filename);
    return;
  }
  if (!options.isPlain && !(options.flag('require-module') && options.flag('experimental-require-module'))) {
    throw require('internal/modules/errors').forbidden(filename, parents.get(module));
  }
  esModules ??= new WeakSet();
  esModules.add(module);
  const namespace = requireModule(filename, content);
  if (!options.isPlain) require('internal/modules/traces').traceRequired(filename, parents.get(module));
  if (namespace === null) throw require('internal/modules/errors').awaits(filename, parents.get(module));
  if (namespace === false) throw require('internal/modules/errors').cycle(filename, parents.get(module));
  module.exports = Object.hasOwn(namespace, 'module.exports') ? namespace['module.exports'] : namespace;
}

/** Functions that are given here have no names: stack traces call this one `Object..js`. */
function addExtension(extension, load) {
  Module._extensions[extension] = load;
}

addExtension('.js', function(module, filename) {
  module._compile(readText(filename), filename, formatOf(filename));
});

/** What a JSON text means; errors name the file. */
function parseJson(text, name) {
  try {
    return JSON.parse(text);
  } catch (error) {
    error.message = `${name}: ${error.message}`;
    throw error;
  }
}

/** Called by native code: a JSON text that is imported; `require` gives the same value for the file. */
function importJson(text, name, isFile) {
  if (!isFile) return parseJson(text, name);
  const known = Module._cache[name];
  if (known?.loaded) return known.exports;
  const exports = parseJson(text, name);
  Module._cache[name] = { exports, loaded: true };
  return exports;
}

Module._extensions['.json'] = function(module, filename) {
  module.exports = parseJson(readText(filename), filename);
};

Module._extensions['.node'] = function(module, filename) {
  return require('process').dlopen(module, filename);
};

// ---------------------------------------------------------------------------
// The main module
// ---------------------------------------------------------------------------

/** Whether a main module is to be loaded as an ECMAScript module from the beginning. */
function isModule(path) {
  if (options.list('import').length > 0) return true;
  if (path.endsWith('.mjs')) return true;
  return !path.endsWith('.cjs') && packageAround(path)?.type === 'module';
}

Module.runMain = function executeUserEntryPoint(main = native('process').arguments[0]) {
  const path = Module._findPath(resolvePath('', main), null, true);
  if (path && isModule(path)) runMainModule(path);
  else Module._load(main[0] === '/' ? main : resolvePath('', main), null, true);
};

/** Called by native code: runs a file. */
function runMain(path) {
  if (!options.isPlain && options.text('input-type') !== undefined) {
    const { codes } = require('internal/errors');
    require('internal/modules/errors');
    throw new codes.ERR_INPUT_TYPE_NOT_ALLOWED();
  }
  if (!options.isPlain) return require('internal/modules/start').runMain(path);
  Module.runMain(path);
}

/** Called by native code: runs a text, and prints its value. */
function runText(name, text, print) {
  return require('internal/modules/start').runText(name, text, print);
}

module.exports = {
  Module,
  addHint: (error, specifier, base) => (
    require('internal/modules/errors').addHint(error, specifier, base)),
  canBeRequired: isBuiltin,
  explainMissing: (error, url, awaits) => require('internal/modules/errors').explainMissing(error, url, awaits),
  /** Called by native code: the file that a specifier means in another file. */
  findFor(specifier, from) {
    const parent = new Module(from, null);
    parent.filename = from;
    parent.paths = Module._nodeModulePaths(folderOf(from));
    const found = Module._resolveFilename(specifier, parent, false);
    return isBuiltin(found) ? undefined : found;
  },
  folderOf,
  hintAtModule: (error, path) => require('internal/modules/errors').hintAtModule(error, path),
  /** The module that was run first. */
  getMain: () => mainModule,
  getParent: (module) => parents.get(module),
  importJson,
  /** Called by native code: what a CommonJS module exports to an ECMAScript module. */
  importCommonJs: (path, isMain) => Module._load(path, undefined, isMain),
  loadFile,
  makeRequire,
  parseJson,
  /** Called by native code: throws for a CommonJS module that is imported by what it requires. */
  refuseCycle(path, specifier, base) {
    const module = Module._cache[path];
    if (module === undefined || module.loaded || esModules?.has(module)) return;
    throw require('internal/modules/errors').cycleOfImported(specifier, base);
  },
  requireBuiltin,
  requireConditions,
  resolvePath,
  runMain,
  runTests: () => require('internal/modules/start').runTests(),
  runText,
  setHooks: (value) => { hooks = value; },
  setPreloading: (value) => { isPreloading = value; },
  traceRequire,
  /** Called by native code: the main module still awaits something at the end. */
  setUnsettled(code) {
    const process = require('process');
    process.exitCode ??= code;
  },
};
