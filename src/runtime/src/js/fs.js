'use strict';

// https://nodejs.org/api/fs.html
//
// What is done at once and what calls back stand beside each other; promises, streams,
// folders, watchers and copies of trees have files of their own in `internal/fs/`.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const {
  bytesOf, contentOf, encoded, getOptions, getValidatedFd, getValidatedPath, isReadAsText, makeCallback,
  parseMode, stringToFlags, toPathIfFileURL, toUnixTimestamp, validateBuffer, validateBufferArray,
  validateOffsetLengthRead, validateOffsetLengthWrite, validatePosition, validateReadBuffer, validateRmOptions,
  validateRmdirOptions, validateSmallMode, validateStatOptions, validateStringAfterArrayBufferView, validateSymlinkType,
  wantsBytes, writePosition,
} = require('internal/fs/utils');
const { Stats, statFsOf, statsOf } = require('internal/fs/stats');
const { constants } = require('internal/fs/constants');
const {
  kValidateObjectAllowNullable, validateBoolean, validateFunction, validateInteger, validateObject, validateString,
} = require('internal/validators');
const {
  async: start, existsSync: nativeExists, operations: op, readSync: nativeRead, sync, writeSync: nativeWrite,
} = native('fs');

const { O_RDONLY } = constants;

const fs = module.exports;

/** Calls back with what a function makes of a result. */
function mapped(callback, map) {
  return (error, result) => {
    if (error) callback(error);
    else callback(null, map(result));
  };
}

const isFd = (value) => Number.isInteger(value) && value >= 0 && value < 2 ** 31;

/** The last argument, and those before it, where some in the middle may be left out. */
function callbackOf(...candidates) {
  for (let i = candidates.length - 1; i >= 0; i--) {
    if (typeof candidates[i] === 'function') return candidates[i];
  }
  return makeCallback(candidates[candidates.length - 1]);
}

// ---------------------------------------------------------------------------
// Whether files are there
// ---------------------------------------------------------------------------

function access(path, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = constants.F_OK;
  }
  path = getValidatedPath(path);
  callback = makeCallback(callback);
  start(op.access, callback, path, validateSmallMode(mode));
}

function accessSync(path, mode) {
  sync(op.access, getValidatedPath(path), validateSmallMode(mode));
}

function exists(path, callback) {
  makeCallback(callback);
  try {
    path = getValidatedPath(path);
  } catch {
    callback(false);
    return;
  }
  start(op.access, (error) => callback(!error), path, constants.F_OK);
}
Object.defineProperty(exists, Symbol.for('nodejs.util.promisify.custom'), {
  value: {
    exists(path) {
      return new Promise((resolve) => exists(path, resolve));
    },
  }.exists,
});

let hasWarnedOfExists = false;

function existsSync(path) {
  if (typeof path === 'string') return !path.includes('\0') && nativeExists(path);
  try {
    path = getValidatedPath(path);
  } catch (error) {
    if (error.code === 'ERR_INVALID_ARG_TYPE' && !hasWarnedOfExists) {
      hasWarnedOfExists = true;
      process.emitWarning(
        'Passing invalid argument types to fs.existsSync is deprecated', 'DeprecationWarning', 'DEP0187');
    }
    return false;
  }
  return nativeExists(path);
}

// ---------------------------------------------------------------------------
// Open files
// ---------------------------------------------------------------------------

function open(path, flags, mode, callback) {
  path = getValidatedPath(path);
  if (arguments.length < 3) {
    callback = flags;
    flags = 'r';
    mode = 0o666;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = 0o666;
  } else {
    mode = parseMode(mode, 'mode', 0o666);
  }
  const bits = stringToFlags(flags);
  start(op.open, makeCallback(callback), path, bits, mode);
}

function openSync(path, flags, mode) {
  return sync(op.open, getValidatedPath(path), stringToFlags(flags), parseMode(mode, 'mode', 0o666));
}

function ignoreError(error) {
  if (error) throw error;
}

function close(fd, callback = ignoreError) {
  fd = getValidatedFd(fd);
  if (callback !== ignoreError) callback = makeCallback(callback);
  start(op.close, callback, fd);
}

function closeSync(fd) {
  sync(op.close, getValidatedFd(fd));
}

/** The arguments of a read, which may be in an object. */
function readArguments(buffer, offsetOrOptions, length, position, count) {
  validateBuffer(buffer);
  let offset = offsetOrOptions;
  if (count <= 3 || offsetOrOptions !== null && typeof offsetOrOptions === 'object') {
    if (offsetOrOptions !== undefined) {
      validateObject(offsetOrOptions, 'options', kValidateObjectAllowNullable);
    }
    ({ offset = 0, length = buffer.byteLength - (offset ?? 0), position = null } = offsetOrOptions ?? {});
  }
  if (offset === undefined || offset === null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  length = length === undefined ? buffer.byteLength - offset : length | 0;
  if (length === 0) return { offset, length, position: -1 };
  if (buffer.byteLength === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  }
  validateOffsetLengthRead(offset, length, buffer.byteLength);
  return { offset, length, position: validatePosition(position, 'position', length) };
}

function read(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = getValidatedFd(fd);
  let count = arguments.length;
  if (count <= 4) {
    if (count === 4) {
      // read(fd, buffer, options, callback)
      validateObject(offsetOrOptions, 'options', kValidateObjectAllowNullable);
      callback = length;
    } else if (count === 3) {
      // read(fd, options or buffer, callback)
      if (!ArrayBuffer.isView(buffer)) {
        validateObject(buffer, 'options', kValidateObjectAllowNullable);
        callback = offsetOrOptions;
        offsetOrOptions = buffer ?? {};
        buffer = offsetOrOptions.buffer ?? Buffer.alloc(16384);
      } else {
        callback = offsetOrOptions;
        offsetOrOptions = undefined;
      }
    } else {
      // read(fd, callback)
      callback = buffer;
      buffer = Buffer.alloc(16384);
      offsetOrOptions = undefined;
    }
    length = undefined;
    position = undefined;
    count = 3;
  }
  validateBuffer(buffer);
  callback = makeCallback(callback);
  if (count > 4 && offsetOrOptions !== null && typeof offsetOrOptions === 'object') {
    validateInteger(offsetOrOptions, 'offset', 0);
  }
  const given = readArguments(buffer, offsetOrOptions, length, position, count);
  if (given.length === 0) {
    process.nextTick(callback, null, 0, buffer);
    return;
  }
  start(op.read, (error, bytes) => {
    if (error) {
      callback(error, 0, buffer);
      return;
    }
    bytesOf(buffer).set(bytes, given.offset);
    callback(null, bytes.length, buffer);
  }, fd, given.length, given.position);
}

Object.defineProperty(read, require('internal/util').customPromisifyArgs, {
  value: ['bytesRead', 'buffer'], enumerable: false,
});

function readSync(fd, buffer, offsetOrOptions, length, position) {
  fd = getValidatedFd(fd);
  const given = readArguments(buffer, offsetOrOptions, length, position, arguments.length);
  if (given.length === 0) return 0;
  return nativeRead(fd, buffer, given.offset, given.length, given.position);
}

function write(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = getValidatedFd(fd);
  let offset = offsetOrOptions;
  if (ArrayBuffer.isView(buffer)) {
    callback = callbackOf(buffer, offset, length, position, callback);
    if (offset !== null && typeof offset === 'object') {
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions);
    }
    if (offset === null || offset === undefined || typeof offset === 'function') offset = 0;
    else validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = buffer.byteLength - offset;
    validateOffsetLengthWrite(offset, length, buffer.byteLength);
    start(op.write, (error, count) => callback(error, count || 0, buffer),
          fd, bytesOf(buffer), offset, length, writePosition(position));
    return;
  }
  validateStringAfterArrayBufferView(buffer, 'buffer');
  // write(fd, string, position, encoding, callback)
  let encoding = length;
  if (typeof position !== 'function') {
    if (typeof offset === 'function') {
      position = offset;
      offset = null;
      encoding = 'utf8';
    } else {
      position = typeof length === 'function' ? length : callback ?? position;
      if (typeof length === 'function') encoding = 'utf8';
    }
  }
  callback = makeCallback(position);
  validateEncodingOf(buffer, encoding);
  const data = textData(buffer, encoding);
  start(op.write, (error, count) => callback(error, count || 0, buffer),
        fd, data, 0, undefined, writePosition(offset));
}

Object.defineProperty(write, require('internal/util').customPromisifyArgs, {
  value: ['bytesWritten', 'buffer'], enumerable: false,
});

function validateEncodingOf(text, encoding) {
  require('internal/validators').validateEncoding(text, encoding);
}

const isUtf8 = (encoding) => !encoding || encoding === 'utf8' || encoding === 'utf-8';

/** What is written of a text. */
function textData(text, encoding) {
  return isUtf8(encoding) || !Buffer.isEncoding(encoding) ? text : Buffer.from(text, encoding);
}

function writeSync(fd, buffer, offsetOrOptions, length, position) {
  fd = getValidatedFd(fd);
  let offset = offsetOrOptions;
  if (ArrayBuffer.isView(buffer)) {
    if (position === undefined) position = null;
    if (offset !== null && typeof offset === 'object') {
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions);
    }
    if (offset === null || offset === undefined) offset = 0;
    else validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = buffer.byteLength - offset;
    validateOffsetLengthWrite(offset, length, buffer.byteLength);
    return nativeWrite(fd, bytesOf(buffer), offset, length, writePosition(position));
  }
  validateStringAfterArrayBufferView(buffer, 'buffer');
  validateEncodingOf(buffer, length);
  return nativeWrite(fd, textData(buffer, length), 0, undefined, writePosition(offset === undefined ? null : offset));
}

/** Several buffers as one, and one as several: the system is asked once. */
function joined(buffers) {
  return buffers.length === 1 ? bytesOf(buffers[0]) : Buffer.concat(buffers.map(bytesOf));
}

function scatter(bytes, buffers) {
  let at = 0;
  for (const buffer of buffers) {
    if (at >= bytes.length) return;
    const part = bytes.subarray(at, at + buffer.byteLength);
    bytesOf(buffer).set(part);
    at += part.length;
  }
}

const totalLength = (buffers) => buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);

function readv(fd, buffers, position, callback) {
  fd = getValidatedFd(fd);
  validateBufferArray(buffers);
  callback = makeCallback(callback ?? position);
  const place = typeof position === 'number' ? position : -1;
  start(op.read, (error, bytes) => {
    if (!error) scatter(bytes, buffers);
    callback(error, bytes?.length ?? 0, buffers);
  }, fd, totalLength(buffers), place);
}

Object.defineProperty(readv, require('internal/util').customPromisifyArgs, {
  value: ['bytesRead', 'buffers'], enumerable: false,
});

function readvSync(fd, buffers, position) {
  fd = getValidatedFd(fd);
  validateBufferArray(buffers);
  const bytes = sync(op.read, fd, totalLength(buffers), typeof position === 'number' ? position : -1);
  scatter(bytes, buffers);
  return bytes.length;
}

function writev(fd, buffers, position, callback) {
  fd = getValidatedFd(fd);
  validateBufferArray(buffers);
  callback = makeCallback(callback ?? position);
  if (buffers.length === 0) {
    process.nextTick(callback, null, 0, buffers);
    return;
  }
  const place = typeof position === 'number' ? position : -1;
  start(op.write, (error, count) => callback(error, count || 0, buffers), fd, joined(buffers), 0, undefined, place);
}

Object.defineProperty(writev, require('internal/util').customPromisifyArgs, {
  value: ['bytesWritten', 'buffers'], enumerable: false,
});

function writevSync(fd, buffers, position) {
  fd = getValidatedFd(fd);
  validateBufferArray(buffers);
  if (buffers.length === 0) return 0;
  return nativeWrite(fd, joined(buffers), 0, undefined, typeof position === 'number' ? position : -1);
}

function ftruncate(fd, len = 0, callback) {
  if (typeof len === 'function') {
    callback = len;
    len = 0;
  }
  fd = getValidatedFd(fd);
  validateInteger(len, 'len');
  start(op.ftruncate, makeCallback(callback), fd, Math.max(0, len));
}

function ftruncateSync(fd, len = 0) {
  fd = getValidatedFd(fd);
  validateInteger(len, 'len');
  sync(op.ftruncate, fd, Math.max(0, len));
}

function truncate(path, len, callback) {
  if (typeof len === 'function') {
    callback = len;
    len = 0;
  } else if (len === undefined) {
    len = 0;
  }
  validateInteger(len, 'len');
  len = Math.max(0, len);
  callback = makeCallback(callback);
  fs.open(path, 'r+', (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    start(op.ftruncate, (error) => fs.close(fd, (closing) => callback(error || closing)), fd, len);
  });
}

function truncateSync(path, len) {
  if (len === undefined) len = 0;
  const fd = fs.openSync(path, 'r+');
  try {
    ftruncateSync(fd, len);
  } finally {
    fs.closeSync(fd);
  }
}

/** A function on a descriptor alone, and the same that calls back. */
function descriptorFunctions(name) {
  fs[name] = {
    [name](fd, callback) {
      fd = getValidatedFd(fd);
      start(op[name], makeCallback(callback), fd);
    },
  }[name];
  fs[`${name}Sync`] = {
    [`${name}Sync`](fd) {
      sync(op[name], getValidatedFd(fd));
    },
  }[`${name}Sync`];
}

// ---------------------------------------------------------------------------
// Whole files
// ---------------------------------------------------------------------------

function abortError(signal) {
  return new (require('internal/errors').AbortError)(undefined, { cause: signal.reason });
}

/** Calls back once: with an `AbortError` where a signal comes first. */
function abortable(signal, callback) {
  if (signal === undefined || signal === null) return callback;
  let isDone = false;
  const finish = (...results) => {
    if (isDone) return;
    isDone = true;
    signal.removeEventListener('abort', onAbort);
    callback(...results);
  };
  const onAbort = () => process.nextTick(finish, abortError(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return finish;
}

function readFile(path, options, callback) {
  callback ??= options;
  validateFunction(callback, 'cb');
  options = getOptions(options, { flag: 'r' });
  const { buffer, encoding, signal } = options;
  validateReadBuffer(buffer);
  const asText = isReadAsText(encoding, buffer);
  const target = isFd(path) ? path : getValidatedPath(path);
  const flags = isFd(path) ? 0 : stringToFlags(options.flag, 'options.flag');
  if (signal?.aborted) {
    callback(abortError(signal));
    return;
  }
  const finish = abortable(signal, callback);
  start(op.readFile, (error, bytes) => {
    if (error) {
      finish(error);
      return;
    }
    let content = bytes;
    if (!asText) {
      try {
        content = contentOf(bytes, encoding, buffer);
      } catch (failure) {
        finish(failure);
        return;
      }
    }
    finish(null, content);
  }, target, flags, asText);
}

function readFileSync(path, options) {
  let encoding;
  let buffer;
  let flags = O_RDONLY;
  if (options !== undefined && options !== null) {
    options = getOptions(options, { flag: 'r' });
    ({ buffer, encoding } = options);
    validateReadBuffer(buffer);
    flags = stringToFlags(options.flag);
  }
  const target = isFd(path) ? path : getValidatedPath(path);
  if (isReadAsText(encoding, buffer)) return sync(op.readFile, target, flags, true);
  return contentOf(sync(op.readFile, target, flags, false), encoding, buffer);
}

/** What is written to a file: a text as UTF-8, or bytes. */
function fileData(data, encoding) {
  if (ArrayBuffer.isView(data)) return bytesOf(data);
  validateStringAfterArrayBufferView(data, 'data');
  return textData(data, encoding || 'utf8');
}

function writeFile(path, data, options, callback) {
  callback ||= options;
  validateFunction(callback, 'cb');
  options = getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
  const flag = options.flag || 'w';
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  data = fileData(data, options.encoding);
  const { signal } = options;
  if (signal?.aborted) {
    callback(abortError(signal));
    return;
  }
  const target = isFd(path) ? path : getValidatedPath(path);
  const mode = parseMode(options.mode, 'mode', 0o666);
  callback = abortable(signal, callback);
  if (flush) writeAndFlush(target, data, flag, mode, callback);
  else start(op.writeFile, callback, target, data, isFd(path) ? 0 : stringToFlags(flag), mode, false);
}

/** Writes a file, and calls back when it is on its disk; programs can watch how that is done. */
function writeAndFlush(target, data, flag, mode, callback) {
  const write = (fd, finish) => start(op.writeFile, (error) => {
    if (error) finish(error);
    else fs.fsync(fd, finish);
  }, fd, data, 0, mode, false);
  if (isFd(target)) {
    write(target, callback);
    return;
  }
  fs.open(target, flag, mode, (failure, fd) => {
    if (failure) callback(failure);
    else write(fd, (error) => fs.close(fd, (closeError) => callback(error ?? closeError ?? null)));
  });
}

function writeAndFlushSync(target, data, flag, mode) {
  const fd = isFd(target) ? target : fs.openSync(target, flag, mode);
  try {
    sync(op.writeFile, fd, data, 0, mode, false);
    fs.fsyncSync(fd);
  } finally {
    if (fd !== target) fs.closeSync(fd);
  }
}

function writeFileSync(path, data, options) {
  options = getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  const target = isFd(path) ? path : getValidatedPath(path);
  const flag = options.flag || 'w';
  const flags = isFd(path) ? 0 : stringToFlags(flag);
  data = fileData(data, options.encoding);
  const mode = parseMode(options.mode, 'mode', 0o666);
  if (flush) writeAndFlushSync(target, data, flag, mode);
  else sync(op.writeFile, target, data, flags, mode, false);
}

function appendOptions(path, options) {
  options = { ...getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'a' }) };
  if (!options.flag || isFd(path)) options.flag = 'a';
  return options;
}

function appendFile(path, data, options, callback) {
  callback ||= options;
  validateFunction(callback, 'cb');
  fs.writeFile(path, data, appendOptions(path, options), callback);
}

function appendFileSync(path, data, options) {
  fs.writeFileSync(path, data, appendOptions(path, options));
}

function copyFile(src, dest, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = 0;
  }
  src = getValidatedPath(src, 'src');
  dest = getValidatedPath(dest, 'dest');
  callback = makeCallback(callback);
  start(op.copyFile, callback, src, dest, validateSmallMode(mode));
}

function copyFileSync(src, dest, mode) {
  sync(op.copyFile, getValidatedPath(src, 'src'), getValidatedPath(dest, 'dest'), validateSmallMode(mode));
}

// ---------------------------------------------------------------------------
// Names
// ---------------------------------------------------------------------------

function rename(oldPath, newPath, callback) {
  callback = makeCallback(callback);
  oldPath = getValidatedPath(oldPath, 'oldPath');
  newPath = getValidatedPath(newPath, 'newPath');
  start(op.rename, callback, oldPath, newPath);
}

function renameSync(oldPath, newPath) {
  sync(op.rename, getValidatedPath(oldPath, 'oldPath'), getValidatedPath(newPath, 'newPath'));
}

function link(existingPath, newPath, callback) {
  callback = makeCallback(callback);
  existingPath = getValidatedPath(existingPath, 'existingPath');
  newPath = getValidatedPath(newPath, 'newPath');
  start(op.link, callback, existingPath, newPath);
}

function linkSync(existingPath, newPath) {
  sync(op.link, getValidatedPath(existingPath, 'existingPath'), getValidatedPath(newPath, 'newPath'));
}

function symlink(target, path, type, callback) {
  if (callback === undefined) {
    callback = makeCallback(type);
    type = undefined;
  } else {
    validateSymlinkType(type);
    callback = makeCallback(callback);
  }
  target = getValidatedPath(target, 'target');
  path = getValidatedPath(path);
  start(op.symlink, callback, target, path);
}

function symlinkSync(target, path, type) {
  validateSymlinkType(type);
  sync(op.symlink, getValidatedPath(target, 'target'), getValidatedPath(path));
}

function readlink(path, options, callback) {
  callback = makeCallback(typeof options === 'function' ? options : callback);
  const { encoding } = getOptions(options);
  path = getValidatedPath(path);
  start(op.readlink, mapped(callback, (name) => encoded(name, encoding)), path, wantsBytes(encoding));
}

function readlinkSync(path, options) {
  const { encoding } = getOptions(options);
  return encoded(sync(op.readlink, getValidatedPath(path), wantsBytes(encoding)), encoding);
}

function unlink(path, callback) {
  callback = makeCallback(callback);
  start(op.unlink, callback, getValidatedPath(path));
}

function unlinkSync(path) {
  sync(op.unlink, getValidatedPath(path));
}

/** `realpath` looks at each part of a path, as errors tell. */
function realpathError(error, path) {
  if (error.syscall !== 'realpath') return error;
  return require('internal/fs/realpath').errorFor(error, path);
}

/** What `realpath` is given, whatever it is, as a whole path. */
function wholePath(path) {
  path = toPathIfFileURL(path);
  if (typeof path !== 'string') path += '';
  return require('path').resolve(getValidatedPath(path));
}

function realpath(path, options, callback) {
  callback = makeCallback(typeof options === 'function' ? options : callback);
  const { encoding } = getOptions(options);
  path = wholePath(path);
  start(op.realpath, (error, name) => {
    if (!error) {
      callback(null, encoded(name, encoding));
      return;
    }
    const pipe = require('internal/fs/realpath').pathOfPipe(path);
    if (pipe !== undefined) callback(null, encoded(pipe, encoding));
    else callback(realpathError(error, path));
  }, path, wantsBytes(encoding));
}

function realpathSync(path, options) {
  const { encoding } = getOptions(options);
  path = wholePath(path);
  let name;
  try {
    name = sync(op.realpath, path, wantsBytes(encoding));
  } catch (error) {
    name = require('internal/fs/realpath').pathOfPipe(path);
    if (name === undefined) throw realpathError(error, path);
  }
  return encoded(name, encoding);
}

realpath.native = (path, options, callback) => {
  callback = makeCallback(callback || options);
  const { encoding } = getOptions(options);
  path = getValidatedPath(path);
  start(op.realpath, mapped(callback, (name) => encoded(name, encoding)), path, wantsBytes(encoding));
};

realpathSync.native = (path, options) => {
  const { encoding } = getOptions(options);
  return encoded(sync(op.realpath, getValidatedPath(path), wantsBytes(encoding)), encoding);
};

// ---------------------------------------------------------------------------
// Folders
// ---------------------------------------------------------------------------

function mkdirOptions(options) {
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') {
    mode = parseMode(options, 'mode');
  } else if (options) {
    if (options.recursive !== undefined) {
      recursive = options.recursive;
      validateBoolean(recursive, 'options.recursive');
    }
    if (options.mode !== undefined) mode = parseMode(options.mode, 'options.mode');
  }
  return { mode, recursive };
}

function mkdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  callback = makeCallback(callback);
  path = getValidatedPath(path);
  const { mode, recursive } = mkdirOptions(options);
  start(op.mkdir, callback, path, mode, recursive);
}

function mkdirSync(path, options) {
  path = getValidatedPath(path);
  const { mode, recursive } = mkdirOptions(options);
  return sync(op.mkdir, path, mode, recursive);
}

function mkdtemp(prefix, options, callback) {
  callback = makeCallback(typeof options === 'function' ? options : callback);
  const { encoding } = getOptions(options);
  prefix = getValidatedPath(prefix, 'prefix');
  start(op.mkdtemp, mapped(callback, (name) => encoded(name, encoding)), prefix, wantsBytes(encoding));
}

function mkdtempSync(prefix, options) {
  const { encoding } = getOptions(options);
  return encoded(sync(op.mkdtemp, getValidatedPath(prefix, 'prefix'), wantsBytes(encoding)), encoding);
}

function mkdtempDisposableSync(prefix, options) {
  const path = mkdtempSync(prefix, options);
  const whole = require('path').resolve(process.cwd(), path);
  const remove = () => fs.rmSync(whole, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
  return { path, remove, [Symbol.dispose]() { remove(); } };
}

function readdir(path, options, callback) {
  callback = makeCallback(typeof options === 'function' ? options : callback);
  options = getOptions(options);
  path = getValidatedPath(path);
  if (options.recursive !== undefined && options.recursive !== null) {
    validateBoolean(options.recursive, 'options.recursive');
  }
  require('internal/fs/dir').list(path, options).then(
    (entries) => process.nextTick(callback, null, entries), (error) => process.nextTick(callback, error));
}

function readdirSync(path, options) {
  options = getOptions(options);
  path = getValidatedPath(path);
  if (options.recursive !== undefined && options.recursive !== null) {
    validateBoolean(options.recursive, 'options.recursive');
  }
  if (!options.withFileTypes && !options.recursive && !wantsBytes(options.encoding)) return sync(op.readdir, path);
  return require('internal/fs/dir').listSync(path, options);
}

function rmdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateRmdirOptions(options);
  callback = makeCallback(callback);
  start(op.rmdir, callback, getValidatedPath(path));
}

function rmdirSync(path, options) {
  path = getValidatedPath(path);
  validateRmdirOptions(options);
  sync(op.rmdir, path);
}

/** What `rm` says of folders and of what is not there. */
function rmError(error, path) {
  return require('internal/fs/realpath').rmErrorFor(error, path);
}

function rm(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  path = getValidatedPath(path);
  callback = makeCallback(callback);
  const { force, recursive, maxRetries, retryDelay } = validateRmOptions(options);
  start(op.rm, (error) => callback(error ? rmError(error, path) : null), path, force, recursive, maxRetries, retryDelay);
}

function rmSync(path, options) {
  path = getValidatedPath(path);
  const { force, recursive, maxRetries, retryDelay } = validateRmOptions(options);
  try {
    sync(op.rm, path, force, recursive, maxRetries, retryDelay);
  } catch (error) {
    throw rmError(error, path);
  }
}

// ---------------------------------------------------------------------------
// What files are
// ---------------------------------------------------------------------------

function statFunctions(name, validate, toStats, isQuiet) {
  fs[name] = {
    [name](target, options = { bigint: false }, callback) {
      if (typeof options === 'function') {
        callback = options;
        options = {};
      }
      callback = makeCallback(callback);
      target = validate(target);
      if (name === 'lstat') options = getOptions(options, { bigint: false });
      const isBigInt = (isQuiet || name === 'fstat' ? options?.bigint : options.bigint) === true;
      if (name !== 'statfs') {
        validateStatOptions(options);
        const signal = options?.signal;
        if (signal?.aborted) {
          callback(abortError(signal));
          return;
        }
        callback = abortable(signal, callback);
      }
      if (!isQuiet || options?.throwIfNoEntry !== false) {
        start(op[name], mapped(callback, toStats), target, isBigInt);
        return;
      }
      start(op[name], mapped(callback, toStats), target, isBigInt, true);
    },
  }[name];
  const syncName = `${name}Sync`;
  fs[syncName] = {
    [syncName](target, options = { bigint: false }) {
      target = validate(target);
      const isBigInt = options.bigint === true;
      const quiet = isQuiet && options.throwIfNoEntry === false;
      return toStats(sync(op[name], target, isBigInt, quiet));
    },
  }[syncName];
}

// ---------------------------------------------------------------------------
// Permissions, owners, times
// ---------------------------------------------------------------------------

function chmod(path, mode, callback) {
  path = getValidatedPath(path);
  mode = parseMode(mode, 'mode');
  start(op.chmod, makeCallback(callback), path, mode);
}

function chmodSync(path, mode) {
  path = getValidatedPath(path);
  sync(op.chmod, path, parseMode(mode, 'mode'));
}

function fchmod(fd, mode, callback) {
  fd = getValidatedFd(fd);
  mode = parseMode(mode, 'mode');
  start(op.fchmod, makeCallback(callback), fd, mode);
}

function fchmodSync(fd, mode) {
  fd = getValidatedFd(fd);
  sync(op.fchmod, fd, parseMode(mode, 'mode'));
}

function validateOwners(uid, gid) {
  validateInteger(uid, 'uid', -1, 2 ** 32 - 1);
  validateInteger(gid, 'gid', -1, 2 ** 32 - 1);
}

function chownFunctions(name, validate) {
  fs[name] = {
    [name](target, uid, gid, callback) {
      if (name !== 'fchown') makeCallback(callback);
      target = validate(target);
      validateOwners(uid, gid);
      start(op[name], makeCallback(callback), target, uid, gid);
    },
  }[name];
  const syncName = `${name}Sync`;
  fs[syncName] = {
    [syncName](target, uid, gid) {
      target = validate(target);
      validateOwners(uid, gid);
      sync(op[name], target, uid, gid);
    },
  }[syncName];
}

function timesFunctions(name, validate) {
  // Only `futimes` says which of the times is wrong.
  const names = name === 'futimes' ? [['atime'], ['mtime']] : [[], []];
  fs[name] = {
    [name](target, atime, mtime, callback) {
      callback = makeCallback(callback);
      target = validate(target);
      const [first, second] = [toUnixTimestamp(atime, ...names[0]), toUnixTimestamp(mtime, ...names[1])];
      start(op[name], callback, target, first, second);
    },
  }[name];
  const syncName = `${name}Sync`;
  fs[syncName] = {
    [syncName](target, atime, mtime) {
      target = validate(target);
      sync(op[name], target, toUnixTimestamp(atime, ...names[0]), toUnixTimestamp(mtime, ...names[1]));
    },
  }[syncName];
}

// ---------------------------------------------------------------------------
// What has files of its own
// ---------------------------------------------------------------------------

function later(module, name, length) {
  const load = {
    [name](...args) {
      return require(module)[name](...args);
    },
  }[name];
  return Object.defineProperty(load, 'length', { configurable: true, value: length });
}

function openAsBlobSync(path, options = {}) {
  validateObject(options, 'options');
  const type = options.type || '';
  validateString(type, 'options.type');
  path = getValidatedPath(path);
  const stats = fs.statSync(path, { bigint: true });
  return require('internal/blob').blobOfFile(path, stats, type);
}

function openAsBlob(path, options = {}) {
  return Promise.resolve(openAsBlobSync(path, options));
}

/** `Stats` as programs have it: to make one is deprecated, to know one is not. */
function deprecatedStats() {
  let hasWarned = false;
  const Deprecated = {
    Stats: function(...args) {
      if (!hasWarned) {
        hasWarned = true;
        process.emitWarning('fs.Stats constructor is deprecated.', 'DeprecationWarning', 'DEP0180');
      }
      return Reflect.construct(Stats, args, new.target || Stats);
    },
  }.Stats;
  Object.setPrototypeOf(Deprecated, Stats);
  Deprecated.prototype = Stats.prototype;
  return Deprecated;
}

function createReadStream(path, options) {
  return new (require('internal/fs/streams').ReadStream)(path, options);
}

function createWriteStream(path, options) {
  return new (require('internal/fs/streams').WriteStream)(path, options);
}

// In Node.js's order.
Object.assign(fs, {
  appendFile,
  appendFileSync,
  access,
  accessSync,
  chown: undefined,
  chownSync: undefined,
  chmod,
  chmodSync,
  close,
  closeSync,
  copyFile,
  copyFileSync,
  cp: later('internal/fs/cp', 'cp', 4),
  cpSync: later('internal/fs/cp', 'cpSync', 3),
  createReadStream,
  createWriteStream,
  exists,
  existsSync,
  fchown: undefined,
  fchownSync: undefined,
  fchmod,
  fchmodSync,
  fdatasync: undefined,
  fdatasyncSync: undefined,
  fstat: undefined,
  fstatSync: undefined,
  fsync: undefined,
  fsyncSync: undefined,
  ftruncate,
  ftruncateSync,
  futimes: undefined,
  futimesSync: undefined,
  glob: later('internal/fs/glob', 'glob', 3),
  globSync: later('internal/fs/glob', 'globSync', 2),
  lchown: undefined,
  lchownSync: undefined,
  lchmod: undefined,
  lchmodSync: undefined,
  link,
  linkSync,
  lstat: undefined,
  lstatSync: undefined,
  lutimes: undefined,
  lutimesSync: undefined,
  mkdir,
  mkdirSync,
  mkdtemp,
  mkdtempSync,
  mkdtempDisposableSync,
  open,
  openSync,
  openAsBlob,
  openAsBlobSync,
  readdir,
  readdirSync,
  read,
  readSync,
  readv,
  readvSync,
  readFile,
  readFileSync,
  readlink,
  readlinkSync,
  realpath,
  realpathSync,
  rename,
  renameSync,
  rm,
  rmSync,
  rmdir,
  rmdirSync,
  stat: undefined,
  statfs: undefined,
  statSync: undefined,
  statfsSync: undefined,
  symlink,
  symlinkSync,
  truncate,
  truncateSync,
  unwatchFile: later('internal/fs/watchers', 'unwatchFile', 2),
  unlink,
  unlinkSync,
  utimes: undefined,
  utimesSync: undefined,
  watch: later('internal/fs/watchers', 'watch', 3),
  watchFile: later('internal/fs/watchers', 'watchFile', 3),
  writeFile,
  writeFileSync,
  write,
  writeSync,
  writev,
  writevSync,
  Stats: deprecatedStats(),
  _toUnixTimestamp: toUnixTimestamp,
  opendir: later('internal/fs/dir', 'opendir', 3),
  opendirSync: later('internal/fs/dir', 'opendirSync', 2),
});

descriptorFunctions('fsync');
descriptorFunctions('fdatasync');
statFunctions('stat', getValidatedPath, statsOf, true);
statFunctions('lstat', getValidatedPath, statsOf, true);
statFunctions('fstat', getValidatedFd, statsOf, false);
statFunctions('statfs', getValidatedPath, statFsOf, false);
chownFunctions('chown', getValidatedPath);
chownFunctions('lchown', getValidatedPath);
chownFunctions('fchown', getValidatedFd);
timesFunctions('utimes', getValidatedPath);
timesFunctions('lutimes', getValidatedPath);
timesFunctions('futimes', getValidatedFd);

// Streams call these, and what programs put in their place.
Object.assign(require('internal/fs/utils').originals, { open, close, read, write, writev, fsync: fs.fsync });

function lazily(name, module, member = name) {
  Object.defineProperty(fs, name, {
    get: () => require(module)[member],
    set(value) {
      Object.defineProperty(fs, name, { value, writable: true, enumerable: true, configurable: true });
    },
    enumerable: true,
    configurable: true,
  });
}

lazily('Dirent', 'internal/fs/dir');
lazily('Dir', 'internal/fs/dir');
lazily('ReadStream', 'internal/fs/streams');
lazily('WriteStream', 'internal/fs/streams');
lazily('FileReadStream', 'internal/fs/streams', 'ReadStream');
lazily('FileWriteStream', 'internal/fs/streams', 'WriteStream');
lazily('Utf8Stream', 'internal/fs/utf8_stream');

Object.defineProperties(fs, {
  constants: { value: constants, writable: false, enumerable: true, configurable: false },
  promises: {
    get: () => require('fs/promises'),
    enumerable: true,
    configurable: true,
  },
});
