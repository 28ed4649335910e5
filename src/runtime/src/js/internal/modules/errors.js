'use strict';

// What goes wrong when modules are loaded: https://nodejs.org/api/errors.html

const { codes, define } = require('internal/errors');
const { getParent, Module } = require('internal/modules');

define('ERR_REQUIRE_ASYNC_MODULE', (filename, stack) => (
  'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the ' +
  'top-level await comes from, use --experimental-print-required-tla.' +
  `\nRequired module: ${filename}${shown(stack)}`), Error);
define('ERR_REQUIRE_CYCLE_MODULE', (message) => message, Error);
define('ERR_REQUIRE_ESM', (filename) => (
  `require() of ES Module ${filename} not supported.`), Error);
define('ERR_UNKNOWN_BUILTIN_MODULE', (name) => `No such built-in module: ${name}`, Error);

/** The files that have required each other, the innermost first. */
function requireStack(parent) {
  const stack = [];
  for (let at = parent; at; at = getParent(at)) stack.push(at.filename || at.id);
  return stack;
}

function shown(stack) {
  return stack.length > 0 ? `\nRequire stack:\n- ${stack.join('\n- ')}` : '';
}

function coded(message, code, fields) {
  const error = new Error(message);
  error.code = code;
  return Object.assign(error, fields);
}

function notFound(request, parent) {
  const stack = requireStack(parent);
  return coded(`Cannot find module '${request}'${shown(stack)}`, 'MODULE_NOT_FOUND', { requireStack: stack });
}

/** What `exports` or `imports` lead to, and is not there. */
function missingTarget(path, folder) {
  return coded(`Cannot find module '${path}'`, 'MODULE_NOT_FOUND', { path: folder });
}

/** `main` of a package leads nowhere: that is an error, unless there is an index. */
function checkMain(index, path, folder, main, request) {
  const file = `${folder}/package.json`;
  if (index === false) {
    throw coded(`Cannot find module '${path}'. Please verify that the package.json has a valid "main" entry`,
                'MODULE_NOT_FOUND', { path: file, requestPath: request });
  }
  require('process').emitWarning(
    `Invalid 'main' field in '${file}' of '${main}'. Please either fix that or report it to the module author`,
    'DeprecationWarning', 'DEP0128');
}

function unknownBuiltin(name) {
  return new codes.ERR_UNKNOWN_BUILTIN_MODULE(name);
}

function invalidPaths(paths) {
  return new codes.ERR_INVALID_ARG_VALUE('options.paths', paths);
}

function validateId(id) {
  require('internal/validators').validateString(id, 'id');
  throw new codes.ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
}

function awaits(filename, parent) {
  return new codes.ERR_REQUIRE_ASYNC_MODULE(filename, requireStack(parent));
}

function cycle(filename, parent) {
  const from = parent?.filename ? ` from ${parent.filename}` : '';
  return new codes.ERR_REQUIRE_CYCLE_MODULE(
    `Cannot require() ES Module ${filename}${from} in a cycle. A cycle involving require(esm) is not allowed ` +
    'to maintain invariants mandated by the ECMAScript specification. Try making at least part of the ' +
    'dependency in the graph lazily loaded.');
}

/** A file is said to be CommonJS, and fails to be it: it may be an ECMAScript module. */
function hintAtModule(error, filename) {
  if (error?.name !== 'SyntaxError') return;
  const isEsm = /^(?:Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module)/
    .test(error.message);
  if (!isEsm) return;
  require('process').emitWarning(
    `Failed to load the ES module: ${filename}. Make sure to set "type": "module" in the nearest ` +
    'package.json file or use the .mjs extension.');
}

/** Says in an error what `require` would have found. */
function addHint(error, specifier, base) {
  let wanted = specifier;
  if (specifier.startsWith('file:')) wanted = native('modules').urlToPath(specifier);
  const parent = new Module(base, null);
  parent.filename = base;
  parent.paths = Module._nodeModulePaths(require('internal/modules').folderOf(base));
  let found;
  try {
    found = Module._resolveFilename(wanted, parent, false);
  } catch {
    return;
  }
  const { relative, dirname } = require('path');
  let shownPath = found;
  const isPackage = !/^\.{0,2}\//.test(wanted) && wanted !== '.' && wanted !== '..';
  if (isPackage) {
    const at = found.lastIndexOf('/node_modules/');
    if (at >= 0) shownPath = found.slice(at + '/node_modules/'.length);
  } else {
    shownPath = relative(dirname(base), found);
    if (!shownPath.startsWith('../')) shownPath = `./${shownPath}`;
  }
  const hint = `Did you mean to import ${JSON.stringify(shownPath)}?`;
  const lines = error.stack.split('\n');
  const first = lines.shift();
  error.message += `\n${hint}`;
  error.stack = `${first}\n${hint}\n${lines.join('\n')}`;
}

module.exports = {
  addHint,
  awaits,
  checkMain,
  cycle,
  hintAtModule,
  invalidPaths,
  missingTarget,
  notFound,
  requireStack,
  unknownBuiltin,
  validateId,
};
