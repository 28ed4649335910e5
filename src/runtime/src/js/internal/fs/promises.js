'use strict';

// https://nodejs.org/api/fs.html#promises-api

const { constants } = require('internal/fs/constants');
const { FileHandle, checkAborted, run, unlessAborted } = require('internal/fs/file_handle');
const {
  contentOf, encoded, getOptions, getValidatedPath, isReadAsText, parseMode, stringToFlags, toUnixTimestamp,
  validateRmOptions, validateRmdirOptions, validateReadBuffer, validateSmallMode, validateStatOptions, validateSymlinkType, wantsBytes,
} = require('internal/fs/utils');
const { statFsOf, statsOf } = require('internal/fs/stats');
const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { validateBoolean, validateInteger, validateObject } = require('internal/validators');
const { operations: op } = native('fs');

async function access(path, mode) {
  await run(op.access, getValidatedPath(path), validateSmallMode(mode));
}

async function copyFile(src, dest, mode) {
  await run(op.copyFile, getValidatedPath(src, 'src'), getValidatedPath(dest, 'dest'), validateSmallMode(mode));
}

async function cp(src, dest, options) {
  await require('internal/fs/cp').copy(src, dest, options);
}

async function open(path, flags, mode) {
  path = getValidatedPath(path);
  const bits = stringToFlags(flags);
  return new FileHandle(await run(op.open, path, bits, parseMode(mode, 'mode', 0o666)));
}

async function opendir(path, options) {
  const { opendir } = require('internal/fs/dir');
  return new Promise((resolve, reject) => {
    opendir(path, options, (error, dir) => (error ? reject(error) : resolve(dir)));
  });
}

async function rename(oldPath, newPath) {
  await run(op.rename, getValidatedPath(oldPath, 'oldPath'), getValidatedPath(newPath, 'newPath'));
}

async function truncate(path, len = 0) {
  validateInteger(len, 'len');
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(len);
  } finally {
    await handle.close();
  }
}

async function rm(path, options) {
  path = getValidatedPath(path);
  const { force, recursive, maxRetries, retryDelay } = validateRmOptions(options);
  try {
    await run(op.rm, path, force, recursive, maxRetries, retryDelay);
  } catch (error) {
    throw require('internal/fs/realpath').rmErrorFor(error, path);
  }
}

async function rmdir(path, options) {
  path = getValidatedPath(path);
  validateRmdirOptions(options);
  await run(op.rmdir, path);
}

async function mkdir(path, options) {
  if (typeof options === 'number' || typeof options === 'string') options = { mode: options };
  const { recursive = false, mode = 0o777 } = options ?? {};
  path = getValidatedPath(path);
  validateBoolean(recursive, 'options.recursive');
  return run(op.mkdir, path, parseMode(mode, 'mode', 0o777), recursive);
}

async function readdir(path, options) {
  options = getOptions(options);
  path = getValidatedPath(path);
  if (options.recursive !== undefined && options.recursive !== null) {
    validateBoolean(options.recursive, 'options.recursive');
  }
  return require('internal/fs/dir').list(path, options);
}

async function readlink(path, options) {
  const { encoding } = getOptions(options);
  path = getValidatedPath(path);
  return encoded(await run(op.readlink, path, wantsBytes(encoding)), encoding);
}

async function symlink(target, path, type) {
  validateSymlinkType(type);
  target = getValidatedPath(target, 'target');
  await run(op.symlink, target, getValidatedPath(path));
}

function statFunction(name) {
  return {
    async [name](path, options = { bigint: false }) {
      path = getValidatedPath(path);
      validateObject(options, 'options');
      validateStatOptions(options);
      checkAborted(options.signal);
      const numbers = run(op[name], path, options.bigint === true, options.throwIfNoEntry === false);
      return statsOf(await unlessAborted(options.signal, numbers));
    },
  }[name];
}

async function statfs(path, options = { bigint: false }) {
  path = getValidatedPath(path);
  return statFsOf(await run(op.statfs, path, options.bigint === true));
}

async function link(existingPath, newPath) {
  existingPath = getValidatedPath(existingPath, 'existingPath');
  await run(op.link, existingPath, getValidatedPath(newPath, 'newPath'));
}

async function unlink(path) {
  await run(op.unlink, getValidatedPath(path));
}

async function chmod(path, mode) {
  path = getValidatedPath(path);
  await run(op.chmod, path, parseMode(mode, 'mode'));
}

async function lchmod() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
}

function owners(name) {
  return {
    async [name](path, uid, gid) {
      path = getValidatedPath(path);
      validateInteger(uid, 'uid', -1, 2 ** 32 - 1);
      validateInteger(gid, 'gid', -1, 2 ** 32 - 1);
      await run(op[name], path, uid, gid);
    },
  }[name];
}

function times(name) {
  return {
    async [name](path, atime, mtime) {
      path = getValidatedPath(path);
      await run(op[name], path, toUnixTimestamp(atime), toUnixTimestamp(mtime));
    },
  }[name];
}

async function realpath(path, options) {
  const { encoding } = getOptions(options);
  path = getValidatedPath(path);
  return encoded(await run(op.realpath, path, wantsBytes(encoding)), encoding);
}

async function mkdtemp(prefix, options) {
  const { encoding } = getOptions(options);
  prefix = getValidatedPath(prefix, 'prefix');
  return encoded(await run(op.mkdtemp, prefix, wantsBytes(encoding)), encoding);
}

async function mkdtempDisposable(prefix, options) {
  const cwd = process.cwd();
  const path = await mkdtemp(prefix, options);
  const whole = require('path').resolve(cwd, path);
  const remove = async () => {
    await rm(whole, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
  };
  return { __proto__: null, path, remove, async [Symbol.asyncDispose]() { await remove(); } };
}

async function writeFile(path, data, options) {
  options = getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
  const flag = options.flag || 'w';
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  if (path instanceof FileHandle) return path.writeFile(data, options);
  checkAborted(options.signal);
  path = getValidatedPath(path);
  const isPlain = typeof data === 'string' || ArrayBuffer.isView(data);
  if (isPlain) {
    const { chunkBytes } = require('internal/fs/promises_io');
    const bytes = typeof data === 'string' && (!options.encoding || options.encoding === 'utf8') ?
      data : chunkBytes(data, options.encoding);
    await run(op.writeFile, path, bytes, stringToFlags(flag), parseMode(options.mode, 'mode', 0o666), flush);
    checkAborted(options.signal);
    return undefined;
  }
  const handle = await open(path, flag, options.mode);
  try {
    await handle.writeFile(data, options);
    if (flush) await handle.sync();
  } finally {
    await handle.close();
  }
  return undefined;
}

async function appendFile(path, data, options) {
  options = { ...getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'a', flush: false }) };
  options.flag ||= 'a';
  return writeFile(path, data, options);
}

async function readFile(path, options) {
  options = getOptions(options, { flag: 'r' });
  if (path instanceof FileHandle) return path.readFile(options);
  path = getValidatedPath(path);
  const flags = stringToFlags(options.flag || 'r');
  checkAborted(options.signal);
  const { buffer, encoding, signal } = options;
  validateReadBuffer(buffer);
  const asText = isReadAsText(encoding, buffer);
  const content = await unlessAborted(signal, run(op.readFile, path, flags, asText));
  return asText ? content : contentOf(content, encoding, buffer);
}

function watch(filename, options) {
  return require('internal/fs/watchers').watchChanges(filename, options);
}

function glob(pattern, options) {
  return require('internal/fs/glob').iterate(pattern, options);
}

module.exports = {
  access,
  copyFile,
  cp,
  glob,
  open,
  opendir,
  rename,
  truncate,
  rm,
  rmdir,
  mkdir,
  readdir,
  readlink,
  symlink,
  lstat: statFunction('lstat'),
  stat: statFunction('stat'),
  statfs,
  link,
  unlink,
  chmod,
  lchmod,
  lchown: owners('lchown'),
  chown: owners('chown'),
  utimes: times('utimes'),
  lutimes: times('lutimes'),
  realpath,
  mkdtemp,
  mkdtempDisposable,
  writeFile,
  appendFile,
  readFile,
  watch,
  constants,
};
