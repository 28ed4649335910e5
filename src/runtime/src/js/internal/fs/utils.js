'use strict';

// What all functions on files do with their arguments.
// https://nodejs.org/api/fs.html

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } } =
  require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInt32, validateInteger, validateObject,
  validateUint32,
} = require('internal/validators');
const { constants } = require('internal/fs/constants');

const MAX_INT32 = 2 ** 31 - 1;
/** The most that is read or written at once. */
const MAX_IO = MAX_INT32;

// ---------------------------------------------------------------------------
// Paths, descriptors, buffers
// ---------------------------------------------------------------------------

function isUint8Array(value) {
  return value instanceof Uint8Array;
}

function toPathIfFileURL(value) {
  if (value === null || typeof value !== 'object' || typeof value.href !== 'string' ||
      typeof value.protocol !== 'string' || value.auth !== undefined || value.path !== undefined) {
    return value;
  }
  return require('url').fileURLToPath(value);
}

/** A path that may be given to the system. */
function getValidatedPath(value, name = 'path') {
  if (typeof value === 'string') {
    if (!value.includes('\0')) return value;
  } else {
    value = toPathIfFileURL(value);
    if (typeof value !== 'string' && !isUint8Array(value)) {
      throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], value);
    }
    if (!value.includes(typeof value === 'string' ? '\0' : 0)) return value;
  }
  throw new ERR_INVALID_ARG_VALUE(name, value, 'must be a string, Uint8Array, or URL without null bytes');
}

function getValidatedFd(fd, name = 'fd') {
  if (Object.is(fd, -0)) return 0;
  validateInt32(fd, name, 0, MAX_INT32);
  return fd;
}

function validateBuffer(buffer, name = 'buffer') {
  if (!ArrayBuffer.isView(buffer)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
}

function validateBufferArray(buffers, name = 'buffers') {
  if (!Array.isArray(buffers)) throw new ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', buffers);
  for (const buffer of buffers) {
    if (!ArrayBuffer.isView(buffer)) throw new ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', buffers);
  }
  return buffers;
}

/** The bytes of a view of any kind. */
function bytesOf(view) {
  return isUint8Array(view) ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** The class that makes buffers without asking what of. */
const FastBuffer = Buffer[Symbol.species];

/** A `Buffer` of what native code gives. */
function asBuffer(bytes) {
  return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// ---------------------------------------------------------------------------
// Options
// ---------------------------------------------------------------------------

function assertEncoding(encoding) {
  if (encoding && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

function getOptions(options, defaults = {}) {
  if (options === null || options === undefined || typeof options === 'function') return defaults;
  if (typeof options === 'string') {
    defaults = { ...defaults };
    defaults.encoding = options;
    options = defaults;
  } else if (typeof options !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  }
  if (options.encoding !== 'buffer') assertEncoding(options.encoding);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  return options;
}

/** The option of functions that read whole files: where to put them, or what says where. */
function validateReadBuffer(buffer) {
  if (buffer === undefined || typeof buffer === 'function' || ArrayBuffer.isView(buffer)) return;
  throw new ERR_INVALID_ARG_TYPE('options.buffer', ['function', 'Buffer', 'TypedArray', 'DataView'], buffer);
}

/** Whether a whole file is read as a text at once: in UTF-8, and to no place of the program's. */
function isReadAsText(encoding, buffer) {
  return buffer === undefined && (encoding === 'utf8' || encoding === 'utf-8');
}

/** What a program gets of a whole file: bytes, at the place it wants them, or a text. */
function contentOf(bytes, encoding, buffer) {
  let content = asBuffer(bytes);
  if (buffer !== undefined) {
    const isFunction = typeof buffer === 'function';
    const name = isFunction ? 'options.buffer()' : 'options.buffer';
    const place = isFunction ? buffer(bytes.length) : buffer;
    validateBuffer(place, name);
    if (place.byteLength < bytes.length) {
      throw new ERR_INVALID_ARG_VALUE(
        `${name}.byteLength`, place.byteLength, `is smaller than the file size of ${bytes.length} bytes`);
    }
    bytesOf(place).set(bytes);
    content = new FastBuffer(place.buffer, place.byteOffset, bytes.length);
  }
  return encoding ? content.toString(encoding) : content;
}

/** The options of `stat` and its like where they call back later. */
function validateStatOptions(options) {
  if (options?.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
}

/** What is at the end of an argument list: a callback. */
function makeCallback(callback) {
  validateFunction(callback, 'cb');
  return callback;
}

const FLAGS = {
  __proto__: null,
  'r': ['O_RDONLY'],
  'rs': ['O_RDONLY', 'O_SYNC'],
  'sr': ['O_RDONLY', 'O_SYNC'],
  'r+': ['O_RDWR'],
  'rs+': ['O_RDWR', 'O_SYNC'],
  'sr+': ['O_RDWR', 'O_SYNC'],
  'w': ['O_TRUNC', 'O_CREAT', 'O_WRONLY'],
  'wx': ['O_TRUNC', 'O_CREAT', 'O_WRONLY', 'O_EXCL'],
  'xw': ['O_TRUNC', 'O_CREAT', 'O_WRONLY', 'O_EXCL'],
  'w+': ['O_TRUNC', 'O_CREAT', 'O_RDWR'],
  'wx+': ['O_TRUNC', 'O_CREAT', 'O_RDWR', 'O_EXCL'],
  'xw+': ['O_TRUNC', 'O_CREAT', 'O_RDWR', 'O_EXCL'],
  'a': ['O_APPEND', 'O_CREAT', 'O_WRONLY'],
  'ax': ['O_APPEND', 'O_CREAT', 'O_WRONLY', 'O_EXCL'],
  'xa': ['O_APPEND', 'O_CREAT', 'O_WRONLY', 'O_EXCL'],
  'as': ['O_APPEND', 'O_CREAT', 'O_WRONLY', 'O_SYNC'],
  'sa': ['O_APPEND', 'O_CREAT', 'O_WRONLY', 'O_SYNC'],
  'a+': ['O_APPEND', 'O_CREAT', 'O_RDWR'],
  'ax+': ['O_APPEND', 'O_CREAT', 'O_RDWR', 'O_EXCL'],
  'xa+': ['O_APPEND', 'O_CREAT', 'O_RDWR', 'O_EXCL'],
  'as+': ['O_APPEND', 'O_CREAT', 'O_RDWR', 'O_SYNC'],
  'sa+': ['O_APPEND', 'O_CREAT', 'O_RDWR', 'O_SYNC'],
};

function stringToFlags(flags, name = 'flags') {
  if (typeof flags === 'number') {
    validateInt32(flags, name);
    return flags;
  }
  if (flags === null || flags === undefined) return constants.O_RDONLY;
  const names = FLAGS[flags];
  if (names === undefined) throw new ERR_INVALID_ARG_VALUE(name, flags);
  let bits = 0;
  for (const each of names) bits |= constants[each];
  return bits;
}

/** Seconds since 1970, of a number, a text or a `Date`. */
function toUnixTimestamp(time, name = 'time') {
  // eslint-disable-next-line eqeqeq
  if (typeof time === 'string' && +time == time) return +time;
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (Object.prototype.toString.call(time) === '[object Date]') return Date.prototype.getTime.call(time) / 1000;
  throw new ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

// ---------------------------------------------------------------------------
// Ranges
// ---------------------------------------------------------------------------

function validateOffsetLengthRead(offset, length, bufferLength) {
  if (offset < 0) throw new ERR_OUT_OF_RANGE('offset', '>= 0', offset);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  if (offset + length > bufferLength) {
    throw new ERR_OUT_OF_RANGE('length', `<= ${bufferLength - offset}`, length);
  }
}

function validateOffsetLengthWrite(offset, length, byteLength) {
  if (offset > byteLength) throw new ERR_OUT_OF_RANGE('offset', `<= ${byteLength}`, offset);
  if (length > byteLength - offset) throw new ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  validateInt32(length, 'length', 0);
}

/** A place in a file, as a number or a bigint: −1 for the current one. */
function validatePosition(position, name, length) {
  if (position === null || position === undefined) return -1;
  if (typeof position === 'number') {
    validateInteger(position, name, -1);
    return position;
  }
  if (typeof position === 'bigint') {
    if (!(position >= -1n && position <= 2n ** 63n - 1n - BigInt(length))) {
      throw new ERR_OUT_OF_RANGE(name, `>= -1 && <= ${2n ** 63n - 1n - BigInt(length)}`, position);
    }
    return position;
  }
  throw new ERR_INVALID_ARG_TYPE(name, ['integer', 'bigint'], position);
}

/** A position of writing: what is no number means the current one. */
function writePosition(position) {
  return typeof position === 'number' ? position : typeof position === 'bigint' ? position : -1;
}

function validateStringAfterArrayBufferView(buffer, name) {
  if (typeof buffer !== 'string') {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
  }
}

// ---------------------------------------------------------------------------
// Options of certain functions
// ---------------------------------------------------------------------------

function parseMode(value, name, otherwise) {
  return require('internal/validators').parseFileMode(value, name, otherwise);
}

function checkedRmOptions(options, defaults) {
  if (options === undefined) return defaults;
  validateObject(options, 'options');
  const all = { ...defaults, ...options };
  validateBoolean(all.force, 'options.force');
  validateBoolean(all.recursive, 'options.recursive');
  validateInt32(all.retryDelay, 'options.retryDelay', 0);
  validateUint32(all.maxRetries, 'options.maxRetries');
  return all;
}

const RM_DEFAULTS = { force: false, maxRetries: 0, recursive: false, retryDelay: 100 };

function validateRmOptions(options) {
  return checkedRmOptions(options, RM_DEFAULTS);
}

function validateRmdirOptions(options) {
  if (options === undefined) return;
  validateObject(options, 'options');
  if (options.recursive !== undefined) {
    throw new ERR_INVALID_ARG_VALUE('options.recursive', options.recursive, 'is no longer supported');
  }
}

const SYMLINK_TYPES = ['dir', 'file', 'junction', null, undefined];

function validateSymlinkType(type) {
  require('internal/validators').validateOneOf(type, 'type', SYMLINK_TYPES);
}

/** The mode of `access` and `copyFile`: native code of Node.js looks at it, and says less. */
function validateSmallMode(mode) {
  if (mode === undefined || mode === null) return 0;
  if (typeof mode !== 'number') throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'mode must be int32 or null/undefined');
  if (!Number.isFinite(mode)) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'mode is out of range');
  mode = Math.trunc(mode);
  if (mode < 0 || mode > 7) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'mode is out of range: >= 0 && <= 7');
  return mode;
}

function coded(Class, code, message) {
  const error = new Class(message);
  error.code = code;
  return error;
}

/** A name that native code gives, in an encoding. */
function encoded(value, encoding) {
  if (typeof value === 'string' || value === undefined) return value;
  const buffer = asBuffer(value);
  return encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

/** Whether native code is to give names as bytes. */
function wantsBytes(encoding) {
  return Boolean(encoding) && encoding !== 'utf8' && encoding !== 'utf-8';
}

/** The functions of `fs` that streams call, as they are if no program has replaced them. */
const originals = {};

module.exports = {
  MAX_INT32,
  MAX_IO,
  asBuffer,
  assertEncoding,
  bytesOf,
  encoded,
  getOptions,
  getValidatedFd,
  getValidatedPath,
  isUint8Array,
  makeCallback,
  originals,
  parseMode,
  stringToFlags,
  toPathIfFileURL,
  toUnixTimestamp,
  contentOf,
  isReadAsText,
  validateBuffer,
  validateBufferArray,
  validateOffsetLengthRead,
  validateOffsetLengthWrite,
  validatePosition,
  validateReadBuffer,
  validateRmOptions,
  validateRmdirOptions,
  validateSmallMode,
  validateStatOptions,
  validateStringAfterArrayBufferView,
  validateSymlinkType,
  wantsBytes,
  writePosition,
};
