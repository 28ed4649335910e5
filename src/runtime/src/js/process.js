'use strict';

// https://nodejs.org/api/process.html

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const options = native('options');
const {
  parseFileMode, validateFunction, validateNumber, validateObject, validateString,
} = require('internal/validators');
const system = native('process');

const exceptions = () => require('internal/process/exceptions');
const warnings = () => require('internal/process/warnings');

const NODE_VERSION = '26.12.1';

const process = createProcess();
module.exports = process;

function createProcess() {
  const { process: constructor } = { process: function() {} };
  const prototype = Object.create(EventEmitter.prototype, {
    constructor: { value: constructor, writable: true, enumerable: false, configurable: true },
  });
  constructor.prototype = prototype;
  const process = Object.create(prototype);
  Object.defineProperty(process, Symbol.toStringTag, {
    value: 'process', writable: false, enumerable: false, configurable: true,
  });
  EventEmitter.call(process);
  return process;
}

function define(name, get, set) {
  Object.defineProperty(process, name, { get, set, enumerable: true, configurable: true });
}

/** A property that is made when somebody looks, and is a plain one from then on. */
function defineLazily(name, make) {
  const settle = (value) => Object.defineProperty(process, name, {
    value, writable: true, enumerable: true, configurable: true,
  });
  define(name, function() {
    const value = make();
    settle(value);
    return value;
  }, settle);
}

function defineFixed(name, value) {
  Object.defineProperty(process, name, { value, writable: false, enumerable: true, configurable: false });
}

// ---------------------------------------------------------------------------
// What the process is
// ---------------------------------------------------------------------------

defineFixed('version', `v${NODE_VERSION}`);
defineFixed('versions', Object.freeze({
  node: NODE_VERSION,
  axil: system.version,
  modules: '147',
  unicode: '17.0',
  uv: '1.52.1',
  v8: '14.6.202.34-node.40',
}));
process.arch = system.arch;
process.platform = system.platform;
process.release = {
  name: 'node',
  sourceUrl: `https://nodejs.org/download/release/v${NODE_VERSION}/node-v${NODE_VERSION}.tar.gz`,
  headersUrl: `https://nodejs.org/download/release/v${NODE_VERSION}/node-v${NODE_VERSION}-headers.tar.gz`,
};
process.features = {
  inspector: false,
  debug: false,
  uv: true,
  ipv6: true,
  tls_alpn: false,
  tls_sni: false,
  tls_ocsp: false,
  tls: false,
  openssl_is_boringssl: false,
  cached_builtins: true,
  require_module: native('options').flag('require-module') && native('options').flag('experimental-require-module'),
  dtls: false,
  quic: false,
  typescript: false,
};
process.config = Object.freeze({
  target_defaults: Object.freeze({}), variables: Object.freeze({}),
});
process.execPath = system.executable;
process.execArgv = system.options;
process.argv = [system.executable, ...system.arguments];
defineFixed('argv0', system.argv0);
if (system.code !== undefined) process._eval = system.code;
process._exiting = false;
process.domain = null;
process.debugPort = 9229;
process.moduleLoadList = [];
process._preload_modules = [];

Object.defineProperty(process, 'pid', { value: system.pid, writable: false, enumerable: true, configurable: true });
define('ppid', () => system.ids()[4], undefined);

let title = options.text('title');
if (title !== undefined) system.setTitle(title);
define('title', () => title ?? system.argv0, (value) => {
  title = `${value}`;
  system.setTitle(title);
});

defineLazily('mainModule', () => require('internal/modules').getMain());
defineLazily('env', () => require('internal/process/environment'));
defineLazily('allowedNodeEnvironmentFlags', () => require('internal/process/flags'));
defineLazily('finalization', () => require('internal/process/finalization'));

// ---------------------------------------------------------------------------
// Streams
// ---------------------------------------------------------------------------

let stdin;
/** Those that have been made: `console` asks. */
const streams = require('internal/process/streams');

function defineStream(name, get) {
  Object.defineProperty(process, name, { get, enumerable: true, configurable: true });
}

defineStream('stdout', () => (streams[1] ??= require('internal/process/stdio').output(1)));
defineStream('stderr', () => (streams[2] ??= require('internal/process/stdio').output(2)));
defineStream('stdin', () => (stdin ??= require('internal/process/stdio').input()));

process.openStdin = function openStdin() {
  process.stdin.resume();
  return process.stdin;
};

// ---------------------------------------------------------------------------
// The end
// ---------------------------------------------------------------------------

let exitCode;

function validateExitCode(value, name) {
  if (value === null || value === undefined) return;
  let number = value;
  if (typeof value === 'string' && value !== '') {
    number = +value;
    if (!Number.isInteger(number)) number = value;
  }
  if (typeof number !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!Number.isInteger(number)) throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
}

Object.defineProperty(process, 'exitCode', {
  get: () => exitCode,
  set(value) {
    validateExitCode(value, 'code');
    exitCode = value ?? undefined;
  },
  enumerable: true,
  configurable: false,
});

/** Emits `exit` once; gives the code that the process ends with. */
function emitExit() {
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', exitCode === undefined ? 0 : +exitCode);
  }
  return exitCode === undefined ? 0 : +exitCode;
}

process.exit = function exit(code) {
  if (arguments.length > 0 && code !== undefined) {
    validateExitCode(code, 'code');
    if (code !== null) exitCode = code;
  }
  if (options.flag('trace-exit')) {
    const where = { name: 'Error', message: '' };
    Error.captureStackTrace(where, exit);
    const stack = where.stack.split('\n').slice(1).join('\n');
    system.writeSync(2, `(node:${process.pid}) WARNING: Exited the environment with code ${exitCode ?? 0}\n${stack}\n`);
  }
  emitExit();
  process.reallyExit(exitCode === undefined ? 0 : +exitCode);
};

process.reallyExit = function reallyExit(code) {
  system.exit(code | 0);
};

process.abort = function abort() {
  system.abort();
};

system.setHook('beforeExit', () => {
  process.emit('beforeExit', exitCode === undefined ? 0 : +exitCode);
});
// The code is what an exception ends the process with, which nobody has handled.
system.setHook('exit', (code) => {
  if (code !== undefined) {
    // A listener of `exit` has thrown.
    if (process._exiting) return code;
    exitCode = code;
  }
  return emitExit();
});

for (const name of ['uncaughtException', 'unhandledRejection', 'rejectionHandled']) {
  system.setHook(name, (...args) => exceptions().handle(process, name, args));
}
process.setUncaughtExceptionCaptureCallback = function setUncaughtExceptionCaptureCallback(fn) {
  exceptions().setUncaughtExceptionCaptureCallback(fn);
};
process.addUncaughtExceptionCaptureCallback = function addUncaughtExceptionCaptureCallback(fn) {
  exceptions().addUncaughtExceptionCaptureCallback(fn);
};
process.hasUncaughtExceptionCaptureCallback = function hasUncaughtExceptionCaptureCallback() {
  return exceptions().hasUncaughtExceptionCaptureCallback();
};

// ---------------------------------------------------------------------------
// Time and memory
// ---------------------------------------------------------------------------

process.uptime = function uptime() {
  return system.uptime();
};

function hrtime(time) {
  const now = system.hrtime();
  if (time === undefined) return now;
  if (!Array.isArray(time)) throw new codes.ERR_INVALID_ARG_TYPE('time', 'Array', time);
  if (time.length !== 2) throw new codes.ERR_OUT_OF_RANGE('time', 2, time.length);
  let seconds = now[0] - time[0];
  let nanoseconds = now[1] - time[1];
  if (nanoseconds < 0) {
    seconds--;
    nanoseconds += 1e9;
  }
  return [seconds, nanoseconds];
}

hrtime.bigint = function bigint() {
  const [seconds, nanoseconds] = system.hrtime();
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
};
Object.defineProperty(hrtime.bigint, 'name', { value: 'hrtimeBigInt' });
process.hrtime = hrtime;

process.memoryUsage = function memoryUsage() {
  const [rss, heapTotal, heapUsed, external, arrayBuffers] = system.memoryUsage();
  return { rss, heapTotal, heapUsed, external, arrayBuffers };
};
process.memoryUsage.rss = function rss() {
  return system.rss();
};
process.constrainedMemory = () => system.constrainedMemory();
process.availableMemory = () => system.availableMemory();

function usageFunction(name, measure) {
  return {
    [name](prevValue) {
      if (prevValue) {
        validateObject(prevValue, 'prevValue');
        for (const field of ['user', 'system']) {
          const value = prevValue[field];
          validateNumber(value, `prevValue.${field}`);
          if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
            throw new codes.ERR_INVALID_ARG_VALUE.RangeError(`prevValue.${field}`, value);
          }
        }
      } else if (prevValue !== undefined) {
        validateObject(prevValue, 'prevValue');
      }
      const [user, inSystem] = measure();
      if (prevValue) return { user: user - prevValue.user, system: inSystem - prevValue.system };
      return { user, system: inSystem };
    },
  }[name];
}

process.cpuUsage = usageFunction('cpuUsage', system.cpuUsage);
process.threadCpuUsage = usageFunction('threadCpuUsage', system.threadCpuUsage);

process.resourceUsage = function resourceUsage() {
  const usage = system.resourceUsage();
  return {
    userCPUTime: usage[0],
    systemCPUTime: usage[1],
    maxRSS: usage[2],
    sharedMemorySize: usage[3],
    unsharedDataSize: usage[4],
    unsharedStackSize: usage[5],
    minorPageFault: usage[6],
    majorPageFault: usage[7],
    swappedOut: usage[8],
    fsRead: usage[9],
    fsWrite: usage[10],
    ipcSent: usage[11],
    ipcReceived: usage[12],
    signalsCount: usage[13],
    voluntaryContextSwitches: usage[14],
    involuntaryContextSwitches: usage[15],
  };
};

// ---------------------------------------------------------------------------
// The system
// ---------------------------------------------------------------------------

let folder;

function cwd() {
  return (folder ??= system.cwd());
}
process.cwd = function wrappedCwd() {
  return cwd();
};
Object.defineProperty(process.cwd, 'name', { value: 'wrappedCwd' });

process.chdir = function chdir(directory) {
  validateString(directory, 'directory');
  system.chdir(directory);
  folder = undefined;
};

process.umask = function umask(mask) {
  return mask === undefined ? system.umask() : system.umask(parseFileMode(mask, 'mask'));
};

process._kill = function _kill(pid, signal) {
  system.kill(pid, signal);
  return 0;
};

process.kill = function kill(pid, sig) {
  // eslint-disable-next-line eqeqeq
  if (pid != (pid | 0)) throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  let signal = sig;
  if (typeof sig === 'number') {
    // Numbers are the system's business.
  } else {
    sig ||= 'SIGTERM';
    signal = require('os').constants.signals[sig];
    if (signal === undefined) throw new codes.ERR_UNKNOWN_SIGNAL(sig);
  }
  process._kill(pid | 0, signal);
  return true;
};

process.execve = function execve(execPath, args = [], env = process.env) {
  validateString(execPath, 'execPath');
  if (!Array.isArray(args)) throw new codes.ERR_INVALID_ARG_TYPE('args', 'Array', args);
  args.forEach((argument, i) => {
    if (typeof argument !== 'string' || argument.includes('\0')) {
      throw new codes.ERR_INVALID_ARG_VALUE(
        `args[${i}]`, argument, 'must be a string without null bytes');
    }
  });
  validateObject(env, 'env');
  const environment = [];
  for (const [name, value] of Object.entries(env)) {
    if (typeof value !== 'string' || name.includes('\0') || value.includes('\0')) {
      throw new codes.ERR_INVALID_ARG_VALUE(
        'env', env, 'must be an object with string keys and values without null bytes');
    }
    environment.push(`${name}=${value}`);
  }
  system.execve(execPath, args, environment);
};

if (system.platform !== 'win32') {
  const names = [
    'getuid', 'geteuid', 'getgid', 'getegid', 'getgroups', 'initgroups', 'setgroups', 'setegid', 'seteuid', 'setgid',
    'setuid',
  ];
  for (const name of names) {
    process[name] = {
      [name](...args) {
        return require('internal/process/credentials')[name](...args);
      },
    }[name];
  }
}

// ---------------------------------------------------------------------------
// Ticks, warnings, modules
// ---------------------------------------------------------------------------

const nativeTick = system.nextTick;
const { running } = require('internal/async/running');

/** Adds a tick that hooks are told of. */
function watchedTick(callback, args) {
  require('internal/async/ticks').nextTick(nativeTick, callback, args);
}

process.nextTick = function nextTick(callback, ...args) {
  validateFunction(callback, 'callback');
  if (process._exiting) return;
  if (running.hooks !== undefined) watchedTick(callback, args);
  else if (args.length === 0) nativeTick(callback);
  else nativeTick(callback, ...args);
};
process._tickCallback = function runTicks() {
  native('timers').runTicks();
};

process.emitWarning = function emitWarning(warning, type, code, ctor) {
  warnings().emitWarning(process, warning, type, code, ctor);
};
for (const [option, name] of [
  ['throw-deprecation', 'throwDeprecation'],
  ['trace-deprecation', 'traceDeprecation'],
  ['trace-warnings', 'traceProcessWarnings'],
]) {
  if (!options.isPlain && options.flag(option)) process[name] = true;
}
if (!options.isPlain && !options.flag('deprecation')) process.noDeprecation = true;

/** Tells of signals: who listens to one, and who does no longer. */
function onListener(action, event) {
  if (typeof event === 'string' && event.startsWith('SIG')) {
    require('internal/process/signals')[action](process, event);
  }
}
if (system.watchSignal !== undefined) {
  process.on('newListener', (event) => onListener('begin', event));
  process.on('removeListener', (event) => onListener('end', event));
}
if ((options.isPlain || options.flag('warnings')) && native('modules').variable('NODE_NO_WARNINGS') !== '1') {
  process.on('warning', (warning) => warnings().onWarning(process, warning));
}

process._rawDebug = function _rawDebug(...args) {
  system.writeSync(2, `${require('internal/inspect').format(...args)}\n`);
};

process.getBuiltinModule = function getBuiltinModule(id) {
  validateString(id, 'id');
  const name = id.startsWith('node:') ? id.slice('node:'.length) : id;
  const { canBeRequired, requireBuiltin } = require('internal/modules');
  return canBeRequired(id) ? requireBuiltin(name) : undefined;
};

process.loadEnvFile = function loadEnvFile(path = undefined) {
  if (path === undefined) path = '.env';
  else if (typeof path !== 'string') path = require('internal/fs/paths').getValidatedPath(path, 'path');
  require('internal/dotenv').load(path, process.env);
};

let areSourceMapsEnabled = options.flag('enable-source-maps');
define('sourceMapsEnabled', () => areSourceMapsEnabled, undefined);
process.setSourceMapsEnabled = function setSourceMapsEnabled(enabled) {
  require('internal/validators').validateBoolean(enabled, 'enabled');
  areSourceMapsEnabled = enabled;
};

process.ref = function ref(maybeRefable) {
  const method = maybeRefable?.[Symbol.for('nodejs.ref')] ?? maybeRefable?.ref;
  if (typeof method === 'function') Reflect.apply(method, maybeRefable, []);
};
process.unref = function unref(maybeRefable) {
  const method = maybeRefable?.[Symbol.for('nodejs.unref')] ?? maybeRefable?.unref;
  if (typeof method === 'function') Reflect.apply(method, maybeRefable, []);
};

process.getActiveResourcesInfo = function getActiveResourcesInfo() {
  const [works, names] = system.activeResources();
  const { timeouts, immediates } = require('internal/timers').activeCounts();
  return [
    ...Array(works).fill('FSReqCallback'),
    ...names,
    ...Array(timeouts).fill('Timeout'),
    ...Array(immediates).fill('Immediate'),
  ];
};
process._getActiveHandles = function _getActiveHandles() {
  const [, , objects] = system.activeResources();
  return objects.map((object) => object?.owner ?? object).filter((object) => object !== null);
};
process._getActiveRequests = function _getActiveRequests() {
  // What is under way on other threads has no object here.
  class FSReqCallback {}
  return Array.from({ length: system.activeResources()[0] }, () => new FSReqCallback());
};

// What is inside of Node.js is not inside of Axil.
process.binding = function binding(name) {
  throw new Error(`No such module: ${name}`);
};
process._linkedBinding = function _linkedBinding(name) {
  throw new Error(`No such module: ${name}`);
};

process.dlopen = function dlopen(module, filename) {
  if (arguments.length < 2) throw missingArguments();
  throw new codes.ERR_DLOPEN_FAILED(
    `Axil does not load native addons yet: ${filename}`);
};

function missingArguments() {
  const error = new TypeError('process.dlopen needs at least 2 arguments');
  error.code = 'ERR_MISSING_ARGS';
  return error;
}

// ---------------------------------------------------------------------------
// The channel to a parent: https://nodejs.org/api/process.html#processsendmessage-sendhandle-options-callback
// ---------------------------------------------------------------------------

const { variable } = native('modules');
const channel = variable('NODE_CHANNEL_FD');
if (channel !== undefined) {
  const serialization = variable('NODE_CHANNEL_SERIALIZATION_MODE') === 'advanced' ? 'advanced' : 'json';
  require('internal/child_process/channel').setupInChild(process, Number.parseInt(channel, 10), serialization);
}
