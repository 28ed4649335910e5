'use strict';

// What goes wrong when modules are loaded: https://nodejs.org/api/errors.html

const { codes, define } = require('internal/errors');
const { getParent, Module } = require('internal/modules');

define('ERR_REQUIRE_ASYNC_MODULE', (filename, stack) => {
  const hint = require('internal/options').flag('experimental-print-required-tla') ? '' :
    ' To see where the top-level await comes from, use --experimental-print-required-tla.';
  return 'require() cannot be used on an ESM graph with top-level await. Use import() instead.' +
    `${hint}\nRequired module: ${filename}${shown(stack)}`;
}, Error);
define('ERR_REQUIRE_CYCLE_MODULE', (message) => message, Error);
define('ERR_REQUIRE_ESM', (message) => message, Error);
define('ERR_INPUT_TYPE_NOT_ALLOWED',
       '--input-type can only be used with string input via --eval, --print, or STDIN', Error);
define('ERR_EVAL_ESM_CANNOT_PRINT', '--print cannot be used with ESM input', Error);
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

/** ` (from …)`, if it is known from where. */
function from(parent) {
  const filename = parent?.filename ?? parent?.id;
  return filename ? ` (from ${filename})` : '';
}

/** An ECMAScript module is required that is just being evaluated. */
function cycle(filename, parent) {
  return new codes.ERR_REQUIRE_CYCLE_MODULE(
    `Cannot require() ES Module ${filename} in a cycle.${from(parent)} A cycle involving require(esm) is not ` +
    'allowed to maintain invariants mandated by the ECMAScript specification. Try making at least part of the ' +
    'dependency in the graph lazily loaded.');
}

/** The same, where it is required that is just being loaded. */
function cycleOfRequired(module) {
  return new codes.ERR_REQUIRE_CYCLE_MODULE(
    `Cannot require() ES Module ${module.filename} in a cycle.${from(getParent(module))}`);
}

/** A CommonJS module is imported by what it requires. */
function cycleOfImported(specifier, base) {
  return new codes.ERR_REQUIRE_CYCLE_MODULE(
    `Cannot import CommonJS Module ${specifier} in a cycle. (from ${base})`);
}

/** An ECMAScript module is required, and options forbid that. */
function forbidden(filename, parent) {
  const by = parent?.filename;
  const name = filename.slice(filename.lastIndexOf('/') + 1);
  let advice;
  if (filename.endsWith('.mjs') || by === undefined) {
    advice = `Instead change the require of ${filename} to a dynamic import() which is available in all CommonJS modules.`;
  } else {
    advice = `Instead change the require of ${name} in ${by} to a dynamic import() which is available in all CommonJS modules.`;
  }
  return new codes.ERR_REQUIRE_ESM(
    `require() of ES Module ${filename}${by === undefined ? '' : ` from ${by}`} not supported.\n${advice}`);
}

/** What stands in ECMAScript modules for the variables of CommonJS modules. */
const INSTEAD = {
  __proto__: null,
  require: 'replace require() with import',
  module: 'use export instead of module.exports/exports',
  exports: 'use export instead of module.exports/exports',
  __filename: 'use import.meta.filename instead',
  __dirname: 'use import.meta.dirname instead',
};

/** Says of a variable that only CommonJS modules have why it is not there. */
function explainMissing(error, url, awaits) {
  const [, name] = /^(\w+) is not defined$/.exec(error.message) ?? [];
  if (error.name !== 'ReferenceError' || INSTEAD[name] === undefined) return;
  let message;
  if (awaits) {
    message = `Cannot determine intended module format because both '${name}' and top-level await are present. ` +
      'If the code is intended to be CommonJS, wrap await in an async function. If the code is intended to be an ' +
      `ES module, ${INSTEAD[name]}.`;
  } else {
    message = `${error.message} in ES module scope`;
    if (name === 'require') message += ', you can use import instead';
    const isJs = /^file:.*\.js(\?[^#]*)?(#.*)?$/.test(url);
    const around = isJs ? native('modules').packageAround(native('modules').urlToPath(url)) : undefined;
    if (around?.type === 'module') {
      message += "\nThis file is being treated as an ES module because it has a '.js' file extension and " +
        `'${around.path}' contains "type": "module". To treat it as a CommonJS script, rename it to use the ` +
        "'.cjs' file extension.";
    }
  }
  // The stack is a text only when somebody looks.
  error.message = message;
  if (awaits) error.code = 'ERR_AMBIGUOUS_MODULE_SYNTAX';
}

/** A file is said to be CommonJS, and fails to be it: it may be an ECMAScript module. */
function hintAtModule(error, filename) {
  if (error?.name !== 'SyntaxError') return;
  const isEsm = /^(?:Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module|await is only valid in async functions)/
    .test(error.message);
  if (!isEsm) return;
  // The process may end before a tick comes.
  require('internal/process/warnings').emitWarningNow(
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
  cycleOfImported,
  cycleOfRequired,
  explainMissing,
  forbidden,
  hintAtModule,
  invalidPaths,
  missingTarget,
  notFound,
  requireStack,
  unknownBuiltin,
  validateId,
};
