'use strict';

// CommonJS modules: https://nodejs.org/api/modules.html

const { compileCommonJs, isBuiltin, kindOf, readText, realPath, runScript } = native('modules');
const process = native('process');

const cache = Object.create(null);

function Module(id, parent) {
  this.id = id;
  this.path = folderOf(id);
  this.exports = {};
  this.filename = null;
  this.loaded = false;
  this.children = [];
  parent?.children.push(this);
}

function folderOf(path) {
  const end = path.lastIndexOf('/');
  return end > 0 ? path.slice(0, end) : '/';
}

function findFile(base) {
  for (const end of ['', '.js', '.json']) {
    if (kindOf(base + end) === 0) return realPath(base + end);
  }
  if (kindOf(base) === 1) {
    for (const end of ['/index.js', '/index.json']) {
      if (kindOf(base + end) === 0) return realPath(base + end);
    }
  }
  return undefined;
}

function normalize(path) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function resolve(specifier, folder) {
  const isPath = /^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..';
  if (isPath) return findFile(specifier[0] === '/' ? specifier : normalize(`${folder}/${specifier}`));
  for (let at = folder; ; at = folderOf(at)) {
    const found = findFile(`${at === '/' ? '' : at}/node_modules/${specifier}`);
    if (found !== undefined) return found;
    if (at === '/') return undefined;
  }
}

Module._load = function(specifier, parent) {
  const builtin = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  if (isBuiltin(builtin)) return require(builtin);
  const filename = resolve(specifier, parent.path);
  if (filename === undefined) {
    const error = new Error(`Cannot find module '${specifier}'\nRequire stack:\n- ${parent.filename}`);
    error.code = 'MODULE_NOT_FOUND';
    error.requireStack = [parent.filename];
    throw error;
  }
  return load(filename, parent).exports;
};

function load(filename, parent) {
  const known = cache[filename];
  if (known !== undefined) return known;
  const module = new Module(filename, parent);
  module.filename = filename;
  cache[filename] = module;
  let done = false;
  try {
    run(module, filename);
    done = true;
  } finally {
    if (!done) delete cache[filename];
  }
  return module;
}

function run(module, filename) {
  const text = readText(filename);
  if (filename.endsWith('.json')) {
    module.exports = JSON.parse(text);
  } else {
    const code = compileCommonJs(text, filename);
    if (code === null) throw new Error(`${filename} is an ECMAScript module, which require does not load yet`);
    const requireFrom = (specifier) => Module._load(specifier, module);
    requireFrom.cache = cache;
    requireFrom.main = main;
    Reflect.apply(code, module.exports, [module.exports, requireFrom, module, filename, module.path]);
  }
  module.loaded = true;
}

let main;

function runMain(path) {
  const filename = realPath(path);
  main = new Module('.', null);
  main.filename = filename;
  main.path = folderOf(filename);
  cache[filename] = main;
  run(main, filename);
}

/** Runs a text as a script that has `require` and the like as global variables. */
function runText(name, text, print) {
  main = new Module(name, null);
  main.filename = `${process.cwd()}/${name}`;
  main.path = process.cwd();
  globalThis.module = main;
  globalThis.exports = main.exports;
  globalThis.require = (specifier) => Module._load(specifier, main);
  globalThis.__filename = name;
  globalThis.__dirname = '.';
  const value = runScript(text, name);
  if (print) console.log(value);
}

module.exports = { Module, canBeRequired: isBuiltin, requireBuiltin: require, runMain, runText };
