'use strict';

// Errors with codes: https://nodejs.org/api/errors.html#nodejs-error-codes
//
// A row of the tables below gives, for each code, the class of the error and its message: a
// text, or a function of the arguments that the constructor is given.

const { showCodeInStack, systemErrorName, systemErrorMessage } = native('errors');

const kIsNodeError = Symbol('kIsNodeError');
/** A method of errors: the stack that is printed if nobody catches them. */
const kEnhanceStackBeforeInspector = Symbol('kEnhanceStackBeforeInspector');

/** Every code's constructor: `new codes.ERR_X(…)`. */
const codes = Object.create(null);

/** Defines the constructor of a code, and variants of it that extend other classes. */
function define(code, message, Base, ...others) {
  const constructor = constructorOf(code, message, Base);
  for (const Other of others) constructor[Other.name] = constructorOf(code, message, Other);
  codes[code] = constructor;
}

function constructorOf(code, message, Base) {
  function NodeError(...details) {
    const text = typeof message === 'function' ? message.apply(null, details) : message;
    const error = new Base(text);
    if (Error.stackTraceLimit > 0) Error.captureStackTrace(error, NodeError);
    Object.defineProperties(error, {
      toString: { value: coded, enumerable: false, writable: true, configurable: true },
      code: { value: code, enumerable: true, writable: true, configurable: true },
      [kIsNodeError]: { value: true, enumerable: false },
    });
    showCodeInStack(error);
    return error;
  }
  return NodeError;
}

/** What a message says of a value of a program: that of texts is the text. */
function shown(value) {
  return typeof value === 'string' ? value : require('internal/inspect').format('%s', value);
}

function coded() {
  return `${this.name} [${this.code}]: ${this.message}`;
}

/** Has the stack of an error begin where `function` was called. */
function hideStackFrames(wrapped) {
  function wrapper(...args) {
    try {
      return Reflect.apply(wrapped, this, args);
    } catch (error) {
      if (Error.stackTraceLimit > 0 && error !== null && typeof error === 'object') {
        Error.captureStackTrace(error, wrapper);
      }
      throw error;
    }
  }
  wrapper.withoutStackTrace = wrapped;
  return wrapper;
}

// ---------------------------------------------------------------------------
// Parts of messages
// ---------------------------------------------------------------------------

/** What a value is, as messages say it: `an instance of Foo`, `type number (3)`. */
function received(value) {
  if (value === null || value === undefined) return ` Received ${value}`;
  if (typeof value === 'function') {
    return ` Received function ${value.name}`;
  }
  if (typeof value === 'object') {
    if (value.constructor?.name) return ` Received an instance of ${value.constructor.name}`;
    return ` Received ${inspect(value, { depth: -1 })}`;
  }
  return ` Received type ${typeof value} (${typeof value === 'string' ? quoted(value) : inspect(value)})`;
}

/** A text in quotes, of a long one its beginning. */
function quoted(text) {
  if (text.length > 28) text = `${text.slice(0, 25)}...`;
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

function inspect(value, options) {
  return require('internal/inspect').inspect(value, options);
}

/** `a`, `a or b`, `a, b, or c`. */
function alternatives(words, conjunction = 'or') {
  if (words.length < 3) return words.join(` ${conjunction} `);
  return `${words.slice(0, -1).join(', ')}, ${conjunction} ${words[words.length - 1]}`;
}

const PRIMITIVES = new Set([
  'string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol',
]);
const CLASS_NAME = /^[A-Z][a-zA-Z0-9]*$/;

/** What was expected of an argument: `of type string or an instance of Buffer`. */
function expectation(expected) {
  const types = [];
  const instances = [];
  const others = [];
  for (const word of Array.isArray(expected) ? expected : [expected]) {
    if (PRIMITIVES.has(word)) types.push(word.toLowerCase());
    else if (CLASS_NAME.test(word)) instances.push(word);
    else others.push(word);
  }
  // An object is an instance of something where classes are named too.
  if (instances.length > 0 && types.includes('object')) {
    types.splice(types.indexOf('object'), 1);
    instances.push('Object');
  }
  const parts = [];
  if (types.length > 0) {
    parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${alternatives(types)}`);
  }
  if (instances.length > 0) parts.push(`an instance of ${alternatives(instances)}`);
  if (others.length > 1) parts.push(`one of ${alternatives(others)}`);
  else if (others.length === 1) {
    parts.push(others[0].toLowerCase() !== others[0] ? `an ${others[0]}` : others[0]);
  }
  return parts.join(' or ');
}

function invalidArgType(name, expected, actual) {
  const isParameterOf = name.endsWith(' argument');
  const kind = name.includes('.') ? 'property' : 'argument';
  const subject = isParameterOf ? `The ${name}` : `The "${name}" ${kind}`;
  return `${subject} must be ${expectation(expected)}.${received(actual)}`;
}

function groupDigits(value) {
  const text = String(value);
  const start = text[0] === '-' ? 1 : 0;
  let grouped = '';
  let end = text.length;
  for (; end >= start + 4; end -= 3) grouped = `_${text.slice(end - 3, end)}${grouped}`;
  return `${text.slice(0, end)}${grouped}`;
}

function outOfRange(name, range, value, replaceDefault = false) {
  let shown;
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) {
    shown = groupDigits(value);
  } else if (typeof value === 'bigint') {
    const isLarge = value > 2n ** 32n || value < -(2n ** 32n);
    shown = `${isLarge ? groupDigits(value) : value}n`;
  } else {
    shown = inspect(value);
  }
  const subject = replaceDefault ? name : `The value of "${name}" is out of range.`;
  return `${subject} It must be ${range}. Received ${shown}`;
}

function invalidArgValue(name, value, reason = 'is invalid') {
  let shown = inspect(value);
  if (shown.length > 128) shown = `${shown.slice(0, 128)}...`;
  const kind = name.includes('.') ? 'property' : 'argument';
  return `The ${kind} '${name}' ${reason}. Received ${shown}`;
}

function missingArgs(...names) {
  const quoted = names.map((name) => (
    Array.isArray(name) ? name.map((each) => `"${each}"`).join(' or ') : `"${name}"`));
  const last = quoted.length > 1 ? 'arguments' : 'argument';
  return `The ${alternatives(quoted, 'and')} ${last} must be specified`;
}

// ---------------------------------------------------------------------------
// The codes
// ---------------------------------------------------------------------------

define('ERR_AMBIGUOUS_ARGUMENT', (name, reason) => `The "${name}" argument is ambiguous. ${reason}`, TypeError);
define('ERR_ARG_NOT_ITERABLE', (what) => `${what} must be iterable`, TypeError);
define('ERR_ASYNC_CALLBACK', (name) => `${name} must be a function`, TypeError);
define('ERR_ASYNC_TYPE', (type) => `Invalid name for async "type": ${type}`, TypeError);
define('ERR_BUFFER_OUT_OF_BOUNDS', (name) => (
  name ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds'), RangeError);
define('ERR_BUFFER_TOO_LARGE', (limit) => `Cannot create a Buffer larger than ${limit} bytes`, RangeError);
define('ERR_CHILD_PROCESS_IPC_REQUIRED', (where) => `Forked processes must have an IPC channel, missing value 'ipc' in ${where}`, Error);
define('ERR_CHILD_PROCESS_STDIO_MAXBUFFER', (name) => `${name} maxBuffer length exceeded`, RangeError);
define('ERR_CLOSED_MESSAGE_PORT', 'Cannot send data on closed MessagePort', Error);
define('ERR_CONSOLE_WRITABLE_STREAM', (name) => `Console expects a writable stream instance for ${name}`, TypeError);
define('ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called', TypeError);
define('ERR_CONSTRUCT_CALL_REQUIRED', (name) => `Class constructor ${name} cannot be invoked without \`new\``, TypeError);
define('ERR_DIR_CLOSED', 'Directory handle was closed', Error);
define('ERR_DIR_CONCURRENT_OPERATION', 'Cannot do synchronous work on directory handle with concurrent asynchronous operations', Error);
define('ERR_ENCODING_INVALID_ENCODED_DATA', (encoding, cause) => (
  `The encoded data was not valid for encoding ${encoding}`), TypeError);
define('ERR_ENCODING_NOT_SUPPORTED', (encoding) => `The "${encoding}" encoding is not supported`, RangeError);
define('ERR_EVENT_RECURSION', (type) => `The event "${type}" is already being dispatched`, Error);
define('ERR_FALSY_VALUE_REJECTION', () => 'Promise was rejected with falsy value', Error);
define('ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', (name) => `The feature ${name} is unavailable on the current platform, which is being used to run Node.js`, TypeError);
define('ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor', TypeError);
define('ERR_INCOMPATIBLE_OPTION_PAIR', (one, other) => `Option "${one}" cannot be used in combination with option "${other}"`, TypeError);
define('ERR_INTERNAL_ASSERTION', (message) => (
  `${message === undefined ? '' : `${message}\n`}This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n` +
  'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n'), Error);
define('ERR_INVALID_ARG_TYPE', invalidArgType, TypeError);
define('ERR_INVALID_ARG_VALUE', invalidArgValue, TypeError, RangeError);
define('ERR_INVALID_ASYNC_ID', (name, id) => `Invalid ${shown(name)} value: ${shown(id)}`, RangeError);
define('ERR_INVALID_BUFFER_SIZE', (size) => `Buffer size must be a multiple of ${size}`, RangeError);
define('ERR_INVALID_CALLBACK', (value) => `Callback must be a function. Received ${inspect(value)}`, TypeError);
define('ERR_INVALID_CURSOR_POS', 'Cannot set cursor row without setting its column', TypeError);
define('ERR_INVALID_FD', (fd) => `"fd" must be a positive integer: ${shown(fd)}`, RangeError);
define('ERR_INVALID_FD_TYPE', (type) => `Unsupported fd type: ${shown(type)}`, TypeError);
define('ERR_INVALID_FILE_URL_HOST', (platform) => `File URL host must be "localhost" or empty on ${platform}`, TypeError);
define('ERR_INVALID_FILE_URL_PATH', (reason) => `File URL path ${reason}`, TypeError);
define('ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent', TypeError);
define('ERR_INVALID_ADDRESS', 'Invalid socket address', Error);
define('ERR_IP_BLOCKED', (address) => `IP(${address}) is blocked by net.BlockList`, Error);
define('ERR_INVALID_IP_ADDRESS', (address) => `Invalid IP address: ${shown(address)}`, TypeError);
define('ERR_INVALID_MIME_SYNTAX', (production, text, at) => (
  `The MIME syntax for a ${production} in ${JSON.stringify(text)} is invalid${at === -1 ? '' : ` at ${at}`}`), TypeError);
define('ERR_INVALID_RETURN_VALUE', (input, name, value) => (
  `Expected ${input} to be returned from the "${name}" function but got${received(value).slice(' Received'.length)}.`), TypeError, RangeError);
define('ERR_INVALID_STATE', (what) => `Invalid state: ${what}`, Error, TypeError, RangeError);
define('ERR_INVALID_SYNC_FORK_INPUT', (input) => `Asynchronous forks do not support Buffer, TypedArray, DataView or string input: ${input}`, TypeError);
define('ERR_INVALID_THIS', (type) => `Value of "this" must be of type ${type}`, TypeError);
define('ERR_INVALID_TUPLE', (name, expected) => `${name} must be an iterable ${expected} tuple`, TypeError);
define('ERR_INVALID_URI', 'URI malformed', URIError);
define('ERR_INVALID_URL', 'Invalid URL', TypeError);
define('ERR_INVALID_URL_SCHEME', (expected) => (
  `The URL must be ${Array.isArray(expected) && expected.length > 1 ? `one of scheme ${alternatives(expected)}` : `of scheme ${expected}`}`), TypeError);
define('ERR_IPC_CHANNEL_CLOSED', 'Channel closed', Error);
define('ERR_IPC_DISCONNECTED', 'IPC channel is already disconnected', Error);
define('ERR_IPC_ONE_PIPE', 'Child process can have only one IPC pipe', Error);
define('ERR_IPC_SYNC_FORK', 'IPC cannot be used with synchronous forks', Error);
define('ERR_METHOD_NOT_IMPLEMENTED', (name) => `The ${name} method is not implemented`, Error);
define('ERR_MISSING_ARGS', missingArgs, TypeError);
define('ERR_MISSING_OPTION', (name) => `${name} is required`, TypeError);
define('ERR_MULTIPLE_CALLBACK', 'Callback called multiple times', Error);
define('ERR_OPERATION_FAILED', (what) => `Operation failed: ${what}`, Error, TypeError);
define('ERR_OUT_OF_RANGE', outOfRange, RangeError);
define('ERR_HTTP_BODY_NOT_ALLOWED', 'Adding content for this request method or response status is not allowed.', Error);
define('ERR_HTTP_CONTENT_LENGTH_MISMATCH', (body, said) => `Response body's content-length of ${body} byte(s) does not match the content-length of ${said} byte(s) set in header`, Error);
define('ERR_HTTP_HEADERS_SENT', (what) => `Cannot ${what} headers after they are sent to the client`, Error);
define('ERR_HTTP_INVALID_HEADER_VALUE', (value, name) => `Invalid value "${shown(value)}" for header "${shown(name)}"`, TypeError);
define('ERR_HTTP_INVALID_STATUS_CODE', (status) => `Invalid status code: ${shown(status)}`, RangeError);
define('ERR_HTTP_REQUEST_TIMEOUT', 'Request timeout', Error);
define('ERR_HTTP_SOCKET_ASSIGNED', 'ServerResponse has an already assigned socket', Error);
define('ERR_HTTP_TRAILER_INVALID', 'Trailers are invalid with this transfer encoding', Error);
define('ERR_INVALID_CHAR', (name, field) => `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`, TypeError);
define('ERR_INVALID_HTTP_TOKEN', (name, value) => `${shown(name)} must be a valid HTTP token ["${shown(value)}"]`, TypeError);
define('ERR_INVALID_PROTOCOL', (protocol, expected) => `Protocol "${protocol}" not supported. Expected "${expected}"`, TypeError);
define('ERR_UNESCAPED_CHARACTERS', (what) => `${what} contains unescaped characters`, TypeError);
define('ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.', Error);
define('ERR_SERVER_NOT_RUNNING', 'Server is not running.', Error);
define('ERR_DNS_SET_SERVERS_FAILED', (reason, servers) => (
  `c-ares failed to set servers: "${reason}" [${shown(servers)}]`), Error);
define('ERR_SOCKET_BAD_PORT', (name, port, allowZero = true) => (
  `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${received(port).slice(' Received '.length)}.`), RangeError);
define('ERR_SOCKET_CLOSED', 'Socket is closed', Error);
define('ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established', Error);
define('ERR_SOCKET_CONNECTION_TIMEOUT', 'Socket connection timeout', Error);
define('ERR_STREAM_ALREADY_FINISHED', (name) => `Cannot call ${name} after a stream was finished`, Error);
define('ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable', Error);
define('ERR_STREAM_DESTROYED', (name) => `Cannot call ${name} after a stream was destroyed`, Error);
define('ERR_STREAM_NULL_VALUES', 'May not write null values to stream', TypeError);
define('ERR_STREAM_UNABLE_TO_PIPE', 'Cannot pipe to a closed or destroyed stream', Error);
define('ERR_STREAM_PREMATURE_CLOSE', 'Premature close', Error);
define('ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF', Error);
define('ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event', Error);
define('ERR_STREAM_WRAP', 'Stream has StringDecoder set or is in objectMode', Error);
define('ERR_STREAM_WRITE_AFTER_END', 'write after end', Error);
define('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', (message) => message, TypeError);
define('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', (value) => `Unexpected argument '${value}'. This command does not take positional arguments`, TypeError);
define('ERR_PARSE_ARGS_UNKNOWN_OPTION', (option, allowPositionals) => {
  const hint = allowPositionals ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- ${JSON.stringify(option)}` : '';
  return `Unknown option '${option}'${hint}`;
}, TypeError);
define('ERR_PERFORMANCE_INVALID_TIMESTAMP', (time) => `${time} is not a valid timestamp`, TypeError);
define('ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', (what) => what, TypeError);
define('ERR_UNHANDLED_ERROR', (error) => (error === undefined ? 'Unhandled error.' : `Unhandled error. (${error})`), Error);
define('ERR_UNKNOWN_ENCODING', (encoding) => `Unknown encoding: ${shown(encoding)}`, TypeError);
define('ERR_UNKNOWN_SIGNAL', (signal) => `Unknown signal: ${shown(signal)}`, TypeError);
define('ERR_UNSUPPORTED_DIR_IMPORT', (path, base) => `Directory import '${path}' is not supported resolving ES modules imported from ${base}`, Error);
define('ERR_USE_AFTER_CLOSE', (name) => `${name} was closed`, Error);

// Of processes and files.
define('ERR_BROTLI_INVALID_PARAM', (name) => `${name} is not a valid Brotli parameter`, RangeError);
define('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called', Error);
define('ERR_CRYPTO_HASH_UPDATE_FAILED', 'Hash update failed', Error);
define('ERR_CRYPTO_INVALID_DIGEST', (name) => `Invalid digest: ${shown(name)}`, TypeError);
define('ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length', RangeError);
define('ERR_TRAILING_JUNK_AFTER_STREAM_END', 'Trailing junk found after the end of the compressed stream', TypeError);
define('ERR_ZSTD_INVALID_PARAM', (name) => `${name} is not a valid zstd parameter`, RangeError);
define('ERR_ZLIB_INITIALIZATION_FAILED', 'Initialization failed', Error);
define('ERR_DLOPEN_FAILED', (message) => message, Error);
define('ERR_FS_FILE_TOO_LARGE', (size) => `File size (${size}) is greater than 2 GiB`, RangeError);
define('ERR_INVALID_OBJECT_DEFINE_PROPERTY', (message) => message, TypeError);
define('ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET', '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active', Error);
define('ERR_UNKNOWN_CREDENTIAL', (kind, name) => `${shown(kind)} identifier does not exist: ${shown(name)}`, Error);

/** Errors of the system that have all about the call in `info`. */
function defineSystem(code, prefix) {
  codes[code] = function SystemError(info) {
    let text = `${prefix}: ${info.syscall} returned ${info.code} (${info.message})`;
    if (info.path !== undefined) text += ` ${info.path}`;
    if (info.dest !== undefined) text += ` => ${info.dest}`;
    const error = new Error(text);
    error.name = 'SystemError';
    if (Error.stackTraceLimit > 0) Error.captureStackTrace(error, SystemError);
    const property = (value, enumerable) => ({ value, enumerable, writable: true, configurable: true });
    const part = (name) => ({
      get: () => info[name],
      set: (value) => { info[name] = value; },
      enumerable: true,
      configurable: true,
    });
    Object.defineProperties(error, {
      [kIsNodeError]: { value: true, enumerable: false },
      name: property('SystemError', false),
      message: property(text, false),
      code: property(code, true),
      info: { value: info, enumerable: true, configurable: true, writable: false },
      errno: part('errno'),
      syscall: part('syscall'),
      toString: property(coded, false),
    });
    for (const name of ['path', 'dest']) {
      if (info[name] !== undefined) Object.defineProperty(error, name, part(name));
    }
    showCodeInStack(error);
    return error;
  };
}

defineSystem('ERR_SYSTEM_ERROR', 'A system error occurred');
defineSystem('ERR_TTY_INIT_FAILED', 'TTY initialization failed');
defineSystem('ERR_FS_CP_DIR_TO_NON_DIR', 'Cannot overwrite non-directory with directory');
defineSystem('ERR_FS_CP_EEXIST', 'Target already exists');
defineSystem('ERR_FS_CP_EINVAL', 'Invalid src or dest');
defineSystem('ERR_FS_CP_FIFO_PIPE', 'Cannot copy a FIFO pipe');
defineSystem('ERR_FS_CP_NON_DIR_TO_DIR', 'Cannot overwrite directory with non-directory');
defineSystem('ERR_FS_CP_SOCKET', 'Cannot copy a socket file');
defineSystem('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', 'Cannot overwrite symlink in subdirectory of self');
defineSystem('ERR_FS_CP_UNKNOWN', 'Cannot copy an unknown file type');
defineSystem('ERR_FS_EISDIR', 'Path is a directory');

/** What is no URL is a property of its error. */
const InvalidUrl = codes.ERR_INVALID_URL;
codes.ERR_INVALID_URL = function NodeError(input, base) {
  const error = new InvalidUrl();
  if (Error.stackTraceLimit > 0) Error.captureStackTrace(error, NodeError);
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
};

/** What the modules say that are not built yet, when something of them is used. */
class NotImplementedError extends Error {
  constructor(what) {
    super(`${what} is not implemented in Axil yet`);
    this.code = 'ERR_METHOD_NOT_IMPLEMENTED';
    showCodeInStack(this);
  }
}

/** `AbortError`, of which operations that are aborted end. */
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

const nameOfSystemError = (errno) => systemErrorName(errno) ?? `Unknown system error ${errno}`;

/** The error of a system call: `errno` is negative. */
function errnoException(errno, syscall, original) {
  const code = nameOfSystemError(errno);
  const message = original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`;
  const error = new Error(message);
  Error.captureStackTrace(error, errnoException);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  return error;
}

/** The error of a system call about an address. */
function exceptionWithHostPort(errno, syscall, address, port, additional) {
  const code = nameOfSystemError(errno);
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  if (additional) details += ` - Local (${additional})`;
  const error = new Error(`${syscall} ${code}${details}`);
  Error.captureStackTrace(error, exceptionWithHostPort);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  return error;
}

/** The same with what the system says in words. */
function uvExceptionWithHostPort(errno, syscall, address, port) {
  const code = systemErrorName(errno);
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  const error = new Error(`${syscall} ${code}: ${systemErrorMessage(errno)}${details}`);
  Error.captureStackTrace(error, uvExceptionWithHostPort);
  error.code = code;
  error.errno = errno;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  return error;
}

/** The error of a system call about paths: `{ errno, syscall, path, dest }`. */
function uvException({ errno, syscall, path, dest, message: own }) {
  const code = systemErrorName(errno);
  let message = `${code}: ${own ?? systemErrorMessage(errno)}, ${syscall}`;
  if (path !== undefined) message += ` '${path}'`;
  if (dest !== undefined) message += ` -> '${dest}'`;
  const error = new Error(message);
  Error.captureStackTrace(error, uvException);
  Object.assign(error, { errno, code, syscall });
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}

/** One error for two that came together. */
function aggregateTwoErrors(inner, outer) {
  if (inner && outer && inner !== outer) {
    if (Array.isArray(outer.errors)) {
      outer.errors.push(inner);
      return outer;
    }
    const error = new AggregateError([outer, inner], outer.message);
    error.code = outer.code;
    return error;
  }
  return inner || outer;
}

module.exports = {
  AbortError,
  NotImplementedError,
  aggregateTwoErrors,
  alternatives,
  codes,
  define,
  defineSystem,
  errnoException,
  exceptionWithHostPort,
  hideStackFrames,
  kEnhanceStackBeforeInspector,
  kIsNodeError,
  received,
  uvException,
  uvExceptionWithHostPort,
};
