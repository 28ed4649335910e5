'use strict';

// How a program begins that was called with options, or is a text:
// https://nodejs.org/api/cli.html

const { Module, makeRequire, resolvePath, setPreloading } = require('internal/modules');
const { importModule, isOnlyModule, runScript, runTextModule } = native('modules');
const options = require('internal/options');
const system = native('process');

/** What options change before any code of the program runs. */
function prepare() {
  const limit = options.number('stack-trace-limit');
  if (limit !== undefined) Error.stackTraceLimit = limit;
  if (options.flag('expose-gc')) {
    Object.defineProperty(globalThis, 'gc', {
      value: function gc() { system.collectGarbage(); },
      writable: true,
      enumerable: false,
      configurable: true,
    });
  }
  const proto = options.text('disable-proto');
  if (proto === 'delete') delete Object.prototype.__proto__;
  else if (proto === 'throw') forbidProto();
  const { load } = require('internal/dotenv');
  for (const path of options.list('env-file')) load(path, require('process').env);
  for (const path of options.list('env-file-if-exists')) {
    try {
      load(path, require('process').env);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  const needsProcess = ['title', 'unhandled-rejections'].some((name) => options.text(name) !== undefined);
  if (needsProcess) require('process');
}

function forbidProto() {
  const refuse = () => {
    const error = new Error('Accessing Object.prototype.__proto__ has been disallowed with --disable-proto=throw');
    error.code = 'ERR_PROTO_ACCESS';
    throw error;
  };
  Object.defineProperty(Object.prototype, '__proto__', {
    get: refuse, set: refuse, enumerable: false, configurable: true,
  });
}

/** Loads what `--require` and `--import` name, and then does something. */
function preload(then) {
  const requests = options.list('require');
  if (requests.length > 0) {
    setPreloading(true);
    const parent = new Module('internal/preload', null);
    parent.paths = Module._nodeModulePaths(system.cwd());
    for (const request of requests) parent.require(request);
    setPreloading(false);
  }
  const imports = options.list('import');
  if (imports.length === 0) return then();
  const base = `${system.cwd()}/`;
  const loadNext = (at) => (
    at === imports.length ? then() : importModule(imports[at], base).then(() => loadNext(at + 1)));
  loadNext(0).then(undefined, (error) => system.raise(error));
}

function runMain(path) {
  prepare();
  preload(() => Module.runMain(path));
}

// ---------------------------------------------------------------------------
// Texts
// ---------------------------------------------------------------------------

/** The program's own modules as global variables, made when somebody looks. */
function defineBuiltins() {
  for (const name of native('modules').builtinModules) {
    if (name.startsWith('_') || name.includes('/') || name.startsWith('node:') || name in globalThis) continue;
    const settle = (value) => Object.defineProperty(globalThis, name, {
      value, writable: true, enumerable: true, configurable: true,
    });
    Object.defineProperty(globalThis, name, {
      get() {
        const exports = require(name);
        Object.defineProperty(globalThis, name, {
          value: exports, writable: true, enumerable: false, configurable: true,
        });
        return exports;
      },
      set: settle,
      enumerable: false,
      configurable: true,
    });
  }
}

function runText(name, text, print) {
  prepare();
  if (name === '[eval]') defineBuiltins();
  preload(() => evaluate(name, text, print));
}

function evaluate(name, text, print) {
  const type = options.text('input-type');
  if (type === 'module' || type === undefined && isOnlyModule(text)) {
    if (print) throw cannotPrint();
    system.enqueueMicrotask(() => runTextModule('[eval1]', text));
    return;
  }
  const main = new Module(name);
  main.filename = resolvePath('', name);
  main.path = '.';
  main.paths = Module._nodeModulePaths(system.cwd());
  Object.assign(globalThis, {
    module: main, exports: main.exports, require: makeRequire(main), __filename: name, __dirname: '.',
  });
  const value = runScript(text, name);
  if (print) require('process').stdout.write(`${require('internal/inspect').format(value)}\n`);
}

function cannotPrint() {
  require('internal/modules/errors');
  return new (require('internal/errors').codes.ERR_EVAL_ESM_CANNOT_PRINT)();
}

/** Runs the tests that the arguments name. */
function runTests() {
  prepare();
  preload(() => require('internal/test_runner/main').main());
}

module.exports = { runMain, runTests, runText };
