'use strict';

// https://nodejs.org/api/child_process.html

const { AbortError, codes } = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateBoolean, validateFunction, validateInt32, validateInteger,
  validateNumber, validateObject, validateString,
} = require('internal/validators');
const { ChildProcess } = require('internal/child_process/process');
const { sanitizeKillSignal } = require('internal/child_process/signals');
const { stdioFromString } = require('internal/child_process/stdio');
const { promisify } = require('internal/util');
const process = require('process');

const {
  ERR_CHILD_PROCESS_IPC_REQUIRED, ERR_CHILD_PROCESS_STDIO_MAXBUFFER, ERR_INVALID_ARG_TYPE,
  ERR_INVALID_ARG_VALUE,
} = codes;

/** What `exec` and the synchronous functions keep of an output, unless they are told otherwise. */
const MAX_BUFFER = 1024 * 1024;

// ---------------------------------------------------------------------------
// What a child is started with
// ---------------------------------------------------------------------------

function validateNoNull(value, name) {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function validateId(value, name) {
  if (value !== undefined && value !== null) validateInt32(value, name);
}

function validateOptionalBoolean(value, name) {
  if (value !== undefined && value !== null) validateBoolean(value, name);
}

function validateTimeout(timeout) {
  if (timeout !== undefined && timeout !== null) validateInteger(timeout, 'timeout', 0);
}

function validateMaxBuffer(maxBuffer) {
  if (maxBuffer !== undefined && maxBuffer !== null) validateNumber(maxBuffer, 'options.maxBuffer', 0);
}

let hasWarnedOfShell = false;

function warnOfShell() {
  if (hasWarnedOfShell) return;
  hasWarnedOfShell = true;
  process.emitWarning(
    'Passing args to a child process with shell option true can lead to security vulnerabilities, ' +
    'as the arguments are not escaped, only concatenated.', 'DeprecationWarning', 'DEP0190');
}

/** The lines of an environment: those that an object inherits, too. */
function environmentLines(environment) {
  const lines = [];
  // eslint-disable-next-line guard-for-in
  for (const name in environment) {
    const value = environment[name];
    if (value === undefined) continue;
    validateNoNull(name, `options.env['${name}']`);
    validateNoNull(`${value}`, `options.env['${name}']`);
    lines.push(`${name}=${value}`);
  }
  return lines;
}

function normalizeSpawnArguments(file, args, options) {
  validateString(file, 'file');
  validateNoNull(file, 'file');
  if (file.length === 0) throw new ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');
  if (Array.isArray(args)) {
    args = [...args];
  } else if (args === undefined || args === null) {
    args = [];
  } else if (typeof args !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('args', 'object', args);
  } else {
    options = args;
    args = [];
  }
  args.forEach((arg, i) => validateNoNull(arg, `args[${i}]`));
  if (options === undefined) options = {};
  else validateObject(options, 'options');
  options = { __proto__: null, ...options };

  let { cwd } = options;
  if (cwd !== undefined && cwd !== null) {
    cwd = require('internal/fs/paths').getValidatedPath(cwd, 'options.cwd');
  }
  validateOptionalBoolean(options.detached, 'options.detached');
  validateId(options.uid, 'options.uid');
  validateId(options.gid, 'options.gid');
  const { shell, argv0 } = options;
  if (shell !== undefined && shell !== null && typeof shell !== 'boolean' && typeof shell !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.shell', ['boolean', 'string'], shell);
  }
  if (argv0 !== undefined && argv0 !== null) {
    validateString(argv0, 'options.argv0');
    validateNoNull(argv0, 'options.argv0');
  }
  validateOptionalBoolean(options.windowsHide, 'options.windowsHide');
  validateOptionalBoolean(options.windowsVerbatimArguments, 'options.windowsVerbatimArguments');

  if (shell) {
    validateNoNull(shell, 'options.shell');
    if (args.length > 0) warnOfShell();
    const command = args.length > 0 ? `${file} ${args.join(' ')}` : file;
    file = typeof shell === 'string' ? shell : '/bin/sh';
    args = ['-c', command];
  }
  args.unshift(typeof argv0 === 'string' ? argv0 : file);

  const envPairs = environmentLines(options.env || process.env);
  return {
    ...options,
    args: args.map(String),
    cwd,
    detached: Boolean(options.detached),
    envPairs,
    file,
    windowsHide: Boolean(options.windowsHide),
    windowsVerbatimArguments: Boolean(options.windowsVerbatimArguments),
  };
}

// ---------------------------------------------------------------------------
// https://nodejs.org/api/child_process.html#child_processspawncommand-args-options
// ---------------------------------------------------------------------------

function abortChild(child, killSignal, reason) {
  try {
    if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: reason }));
  } catch (error) {
    child.emit('error', error);
  }
}

function spawn(file, args, options) {
  options = normalizeSpawnArguments(file, args, options);
  validateTimeout(options.timeout);
  validateAbortSignal(options.signal, 'options.signal');
  const killSignal = sanitizeKillSignal(options.killSignal);
  const child = new ChildProcess();
  child.spawn(options);

  if (options.timeout > 0) {
    let timer = setTimeout(() => {
      timer = null;
      try {
        child.kill(killSignal);
      } catch (error) {
        child.emit('error', error);
      }
    }, options.timeout);
    child.once('exit', () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    });
  }
  if (options.signal) {
    const { signal } = options;
    const abort = () => abortChild(child, killSignal, signal.reason);
    if (signal.aborted) {
      process.nextTick(abort);
    } else {
      signal.addEventListener('abort', abort, { once: true });
      child.once('exit', () => signal.removeEventListener('abort', abort));
    }
  }
  return child;
}

// ---------------------------------------------------------------------------
// https://nodejs.org/api/child_process.html#child_processforkmodulepath-args-options
// ---------------------------------------------------------------------------

/** Options of this process that a child gets, but for code that was given as a text. */
function inheritedOptions() {
  const options = [...process.execArgv];
  if (process._eval !== undefined && process._eval !== null) {
    const at = options.lastIndexOf(process._eval);
    if (at > 0) options.splice(at - 1, 2);
  }
  return options;
}

function fork(modulePath, args, options) {
  modulePath = require('internal/fs/paths').getValidatedPath(modulePath, 'modulePath');
  if (args === undefined || args === null) {
    args = [];
  } else if (typeof args === 'object' && !Array.isArray(args)) {
    options = args;
    args = [];
  } else {
    validateArray(args, 'args');
  }
  if (options !== undefined && options !== null) validateObject(options, 'options');
  options = { __proto__: null, ...options, shell: false };
  options.execPath ||= process.execPath;
  validateNoNull(options.execPath, 'options.execPath');

  let { execArgv } = options;
  execArgv = !execArgv || execArgv === process.execArgv ?
    inheritedOptions() : execArgv;
  args = [...execArgv, modulePath, ...args];

  const { stdio } = options;
  if (typeof stdio === 'string') {
    options.stdio = stdioFromString(stdio, ['ipc']);
  } else if (!Array.isArray(stdio)) {
    // Nobody sees what a silent child says, unless they read it.
    options.stdio = stdioFromString(options.silent ? 'pipe' : 'inherit', ['ipc']);
  } else if (!stdio.includes('ipc')) {
    throw new ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  }
  return spawn(options.execPath, args, options);
}

/** What a process that was started with a channel does with it. */
function _forkChild(fd, serialization) {
  require('internal/child_process/channel').setupInChild(process, fd, serialization);
}

// ---------------------------------------------------------------------------
// https://nodejs.org/api/child_process.html#child_processexeccommand-options-callback
// ---------------------------------------------------------------------------

function normalizeExecArguments(command, options, callback) {
  validateString(command, 'command');
  validateNoNull(command, 'command');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  options = { __proto__: null, ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return { file: command, options, callback };
}

function exec(command, options, callback) {
  const normalized = normalizeExecArguments(command, options, callback);
  return execFile(normalized.file, normalized.options, normalized.callback);
}

function normalizeExecFileArguments(file, args, options, callback) {
  if (Array.isArray(args)) {
    args = [...args];
  } else if (args !== null && typeof args === 'object') {
    callback = options;
    options = args;
    args = null;
  } else if (typeof args === 'function') {
    callback = args;
    options = null;
    args = null;
  }
  args ??= [];
  if (typeof options === 'function') callback = options;
  else if (options !== undefined && options !== null) validateObject(options, 'options');
  options = typeof options === 'object' ? options ?? {} : {};
  if (callback !== undefined && callback !== null) validateFunction(callback, 'callback');
  if (options.argv0 !== undefined && options.argv0 !== null) {
    validateString(options.argv0, 'options.argv0');
    validateNoNull(options.argv0, 'options.argv0');
  }
  return { file, args, options, callback };
}

/** What a child writes, up to a limit. */
class Collected {
  #pieces = [];
  #length = 0;
  #limit;

  constructor(stream, encoding, limit, onTooMuch) {
    this.#limit = limit;
    this.stream = stream;
    if (encoding) stream.setEncoding(encoding);
    stream.on('data', (piece) => this.#add(piece, onTooMuch));
  }

  #add(piece, onTooMuch) {
    const encoding = this.stream.readableEncoding;
    const length = encoding ? Buffer.byteLength(piece, encoding) : piece.length;
    this.#length += length;
    if (this.#length <= this.#limit) {
      this.#pieces.push(piece);
      return;
    }
    const room = this.#limit - (this.#length - length);
    this.#pieces.push(piece.slice(0, room));
    onTooMuch();
  }

  value(encoding) {
    if (encoding || this.stream.readableEncoding) return this.#pieces.join('');
    return Buffer.concat(this.#pieces);
  }
}

function commandFailed(message, properties) {
  const error = new Error(message);
  Object.assign(error, properties);
  return error;
}

function execFile(file, args, options, callback) {
  ({ file, args, options, callback } = normalizeExecFileArguments(file, args, options, callback));
  options = {
    __proto__: null,
    encoding: 'utf8',
    timeout: 0,
    maxBuffer: MAX_BUFFER,
    killSignal: 'SIGTERM',
    cwd: null,
    env: null,
    shell: false,
    ...options,
  };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  options.killSignal = sanitizeKillSignal(options.killSignal);
  const { killSignal } = options;

  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env,
    gid: options.gid,
    shell: options.shell,
    signal: options.signal,
    uid: options.uid,
    windowsHide: Boolean(options.windowsHide),
    windowsVerbatimArguments: Boolean(options.windowsVerbatimArguments),
  });

  const encoding = options.encoding !== 'buffer' && Buffer.isEncoding(options.encoding) ? options.encoding : null;
  let isOver = false;
  let wasKilled = false;
  let failure = null;
  let timer;
  const outputs = { stdout: null, stderr: null };

  function finish(code = 0, signal = null) {
    if (isOver) return;
    isOver = true;
    if (timer) clearTimeout(timer);
    if (!callback) return;
    const value = (name) => outputs[name]?.value(encoding) ?? (encoding ? '' : Buffer.alloc(0));
    const stdout = value('stdout');
    const stderr = value('stderr');
    if (!failure && code === 0 && signal === null) {
      callback(null, stdout, stderr);
      return;
    }
    const command = args.length > 0 ? `${file} ${args.join(' ')}` : file;
    failure ||= commandFailed(`Command failed: ${command}\n${stderr}`, {
      code: code < 0 ? require('util').getSystemErrorName(code) : code,
      killed: child.killed || wasKilled,
      signal,
    });
    failure.cmd = command;
    callback(failure, stdout, stderr);
  }

  function kill() {
    child.stdout?.destroy();
    child.stderr?.destroy();
    wasKilled = true;
    try {
      child.kill(killSignal);
    } catch (error) {
      failure ||= error;
      finish();
    }
  }

  if (options.timeout > 0) {
    timer = setTimeout(() => {
      timer = null;
      kill();
    }, options.timeout);
  }
  for (const name of ['stdout', 'stderr']) {
    if (!child[name]) continue;
    outputs[name] = new Collected(child[name], encoding, options.maxBuffer ?? Infinity, () => {
      failure = new ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name);
      kill();
    });
  }
  child.addListener('close', finish);
  child.addListener('error', (error) => {
    failure = error;
    child.stdout?.destroy();
    child.stderr?.destroy();
    finish();
  });
  return child;
}

/** `util.promisify` of `exec` and `execFile` gives both outputs, also with an error. */
function definePromisified(original) {
  function promisified(...args) {
    const { promise, resolve, reject } = Promise.withResolvers();
    promise.child = original(...args, (error, stdout, stderr) => {
      if (error === null) {
        resolve({ stdout, stderr });
      } else {
        error.stdout = stdout;
        error.stderr = stderr;
        reject(error);
      }
    });
    return promise;
  }
  Object.defineProperty(promisified, 'name', { value: original.name });
  Object.defineProperty(original, promisify.custom, { enumerable: false, value: promisified });
}
definePromisified(exec);
definePromisified(execFile);

// ---------------------------------------------------------------------------
// https://nodejs.org/api/child_process.html#synchronous-process-creation
// ---------------------------------------------------------------------------

function spawnSync(file, args, options) {
  options = { maxBuffer: MAX_BUFFER, ...normalizeSpawnArguments(file, args, options) };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  options.killSignal = sanitizeKillSignal(options.killSignal);
  return require('internal/child_process/sync').spawnSync(options);
}

/** What is thrown for a child that has not ended as it should. */
function syncFailure(result, args, command) {
  if (result.error) return Object.assign(result.error, result);
  if (result.status === 0) return undefined;
  let message = `Command failed: ${command || args.join(' ')}`;
  if (result.stderr && result.stderr.length > 0) message += `\n${result.stderr.toString()}`;
  return commandFailed(message, result);
}

function runSync(result, inheritsErrors, args, command) {
  if (inheritsErrors && result.stderr) process.stderr.write(result.stderr);
  const failure = syncFailure(result, args, command);
  if (failure) throw failure;
  return result.stdout;
}

function execFileSync(file, args, options) {
  if (typeof options === 'function') validateObject(options, 'options');
  ({ file, args, options } = normalizeExecFileArguments(file, args, options));
  const inheritsErrors = !options.stdio;
  const result = spawnSync(file, args, options);
  return runSync(result, inheritsErrors, [options.argv0 || file, ...args], undefined);
}

function execSync(command, options) {
  const normalized = normalizeExecArguments(command, options, null);
  const inheritsErrors = !normalized.options.stdio;
  const result = spawnSync(normalized.file, normalized.options);
  return runSync(result, inheritsErrors, undefined, command);
}

module.exports = {
  _forkChild,
  ChildProcess,
  exec,
  execFile,
  execFileSync,
  execSync,
  fork,
  spawn,
  spawnSync,
};
