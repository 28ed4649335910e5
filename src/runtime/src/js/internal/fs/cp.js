'use strict';

// Copies of files and folders: https://nodejs.org/api/fs.html#fscpsrc-dest-options-callback
//
// One generator says what is to be done, step by step; the steps are done at once, or one
// after the other while the program goes on.

const { codes } = require('internal/errors');
const { getValidatedPath, makeCallback } = require('internal/fs/utils');
const { statsOf } = require('internal/fs/stats');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { async: start, operations: op, sync } = native('fs');

/** The system's numbers of what goes wrong. */
const ERRNO = { EEXIST: 17, EINVAL: 22, EISDIR: 21, ENOTDIR: 20 };

/** An error of a copy: what is done at once has a plain one. */
function failure(options, code, system, message, path) {
  if (options.isSync && code !== 'ERR_FS_CP_EEXIST') {
    return Object.assign(new Error(message), { code });
  }
  // A message of the system begins with a small letter.
  if (message[0] === 'C') message = `c${message.slice(1)}`;
  return new codes[code]({ message, path, syscall: 'cp', errno: ERRNO[system], code: system });
}

function validateOptions(options) {
  if (options === undefined) options = {};
  validateObject(options, 'options');
  options = {
    dereference: false,
    errorOnExist: false,
    filter: undefined,
    force: true,
    preserveTimestamps: false,
    recursive: false,
    verbatimSymlinks: false,
    ...options,
  };
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']) {
    validateBoolean(options[name], `options.${name}`);
  }
  if (options.mode === undefined || options.mode === null) options.mode = 0;
  validateInteger(options.mode, 'mode', 0, 7);
  if (options.dereference && options.verbatimSymlinks) {
    throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  if (options.filter !== undefined) validateFunction(options.filter, 'options.filter');
  return options;
}

const same = (one, other) => other !== undefined && one.ino === other.ino && one.dev === other.dev;

/** Whether a path is within another one. */
function isWithin(outer, inner) {
  const { resolve, sep } = require('path');
  const parts = (path) => resolve(path).split(sep).filter(Boolean);
  const inside = parts(inner);
  return parts(outer).every((part, i) => inside[i] === part);
}

/** Whether one of two paths is a link, and both lead to the same. */
function* leadToSame(src, dest, from, to) {
  if (from.isSymbolicLink() === to.isSymbolicLink()) return false;
  const [one, other] = [statsOf(yield [op.stat, src, false, true]), statsOf(yield [op.stat, dest, false, true])];
  return one !== undefined && same(one, other);
}

/** Whether a pair of paths may be copied, and what they are. */
function* check(src, dest, options) {
  const { dirname, parse, resolve } = require('path');
  const name = options.dereference ? op.stat : op.lstat;
  const from = statsOf(yield [name, src, false]);
  const to = statsOf(yield [name, dest, false, true]);
  if (to !== undefined) {
    if (same(from, to) || options.isSync && (yield* leadToSame(src, dest, from, to))) {
      const shown = options.isSync ? ` ${dest}` : '';
      throw failure(options, 'ERR_FS_CP_EINVAL', 'EINVAL', `src and dest cannot be the same${shown}`, dest);
    }
    if (from.isDirectory() && !to.isDirectory()) {
      const message = `Cannot overwrite non-directory ${dest} with directory ${src}`;
      throw failure(options, 'ERR_FS_CP_DIR_TO_NON_DIR', 'EISDIR', message, dest);
    }
    if (!from.isDirectory() && to.isDirectory()) {
      const message = `Cannot overwrite directory ${dest} with non-directory ${src}`;
      throw failure(options, 'ERR_FS_CP_NON_DIR_TO_DIR', 'ENOTDIR', message, dest);
    }
  }
  const shown = options.isSync ? `${src}/` : src;
  const intoItself = () => (
    failure(options, 'ERR_FS_CP_EINVAL', 'EINVAL', `Cannot copy ${shown} to a subdirectory of self ${dest}`, dest));
  if (from.isDirectory()) {
    if (isWithin(src, dest)) throw intoItself();
    // Links may lead there, too.
    let parent = resolve(dirname(dest));
    for (; parent !== resolve(dirname(src)) && parent !== parse(parent).root; parent = dirname(parent)) {
      const above = statsOf(yield [op.stat, parent, false, true]);
      if (above === undefined) continue;
      if (same(from, above)) throw intoItself();
    }
  }
  return { from, to };
}

function* copyAll(src, dest, options) {
  const { dirname } = require('path');
  if (options.filter !== undefined && !(yield { filter: [src, dest] })) return;
  const pair = yield* check(src, dest, options);
  yield [op.mkdir, dirname(dest), 0o777, true];
  yield* copyOne(src, dest, pair.from, pair.to, options);
}

function* copyOne(src, dest, from, to, options) {
  if (from.isDirectory()) {
    if (!options.recursive) {
      if (options.isSync) {
        const error = new Error(`Recursive option not enabled, cannot copy a directory: ${src}/`);
        error.code = 'ERR_FS_EISDIR';
        throw error;
      }
      throw new codes.ERR_FS_EISDIR({
        message: `${src} is a directory (not copied)`, path: src, syscall: 'cp', errno: 21, code: 'EISDIR',
      });
    }
    yield* copyFolder(src, dest, from, to, options);
  } else if (from.isFile() || from.isCharacterDevice() || from.isBlockDevice()) {
    yield* copyFile(src, dest, from, to, options);
  } else if (from.isSymbolicLink()) {
    yield* copyLink(src, dest, to, options);
  } else if (from.isSocket()) {
    throw failure(options, 'ERR_FS_CP_SOCKET', 'EINVAL', `Cannot copy a socket file: ${dest}`, dest);
  } else if (from.isFIFO()) {
    throw failure(options, 'ERR_FS_CP_FIFO_PIPE', 'EINVAL', `Cannot copy a FIFO pipe: ${dest}`, dest);
  } else {
    throw failure(options, 'ERR_FS_CP_UNKNOWN', 'EINVAL', `Cannot copy an unknown file type: ${dest}`, dest);
  }
}

function alreadyThere(dest, options) {
  return failure(options, 'ERR_FS_CP_EEXIST', 'EEXIST', `${dest} already exists`, dest);
}

function* copyFile(src, dest, from, to, options) {
  if (to !== undefined) {
    if (!options.force) {
      if (options.errorOnExist) throw alreadyThere(dest, options);
      return;
    }
    yield [op.unlink, dest];
  }
  yield [op.copyFile, src, dest, options.mode];
  if (options.preserveTimestamps) {
    const isReadOnly = (from.mode & 0o200) === 0;
    if (isReadOnly) yield [op.chmod, dest, from.mode | 0o200];
    const now = statsOf(yield [op.stat, src, false]);
    yield [op.utimes, dest, now.atimeMs / 1000, now.mtimeMs / 1000];
    if (isReadOnly) yield [op.chmod, dest, from.mode];
  }
}

function* copyFolder(src, dest, from, to, options) {
  const { join } = require('path');
  if (to !== undefined && options.errorOnExist && !options.force) throw alreadyThere(dest, options);
  if (to === undefined) yield [op.mkdir, dest, 0o777, false];
  for (const name of yield [op.readdir, src, false, false]) {
    const [source, target] = [join(src, name), join(dest, name)];
    if (options.filter !== undefined && !(yield { filter: [source, target] })) continue;
    const pair = yield* check(source, target, options);
    yield* copyOne(source, target, pair.from, pair.to, options);
  }
  if (to === undefined) yield [op.chmod, dest, from.mode & 0o7777];
}

function* copyLink(src, dest, to, options) {
  const { dirname, isAbsolute, resolve } = require('path');
  let target = yield [op.readlink, src, false];
  if (!options.verbatimSymlinks && !isAbsolute(target)) target = resolve(dirname(src), target);
  if (to === undefined) {
    yield [op.symlink, target, dest];
    return;
  }
  let old;
  try {
    old = yield [op.readlink, dest, false];
  } catch (error) {
    // What is there is no link.
    if (error.code !== 'EINVAL' && error.code !== 'UNKNOWN') throw error;
    yield [op.symlink, target, dest];
    return;
  }
  if (!isAbsolute(old)) old = resolve(dirname(dest), old);
  const isFolder = statsOf(yield [op.stat, src, false, true])?.isDirectory() ?? false;
  if (isFolder && isWithin(target, old)) {
    throw failure(options, 'ERR_FS_CP_EINVAL', 'EINVAL', `Cannot copy ${target} to a subdirectory of self ${old}`, dest);
  }
  // To replace what the link leads to would destroy it.
  if (isFolder && isWithin(old, target) && resolve(target) !== resolve(old)) {
    throw failure(
      options, 'ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', 'EINVAL', `cannot overwrite ${old} with ${target}`, dest);
  }
  yield [op.unlink, dest];
  yield [op.symlink, target, dest];
}

function paths(src, dest, options) {
  options = validateOptions(options);
  src = getValidatedPath(src, 'src');
  dest = getValidatedPath(dest, 'dest');
  return [String(src), String(dest), options];
}

function cpSync(src, dest, options) {
  [src, dest, options] = paths(src, dest, options);
  options.isSync = true;
  const steps = copyAll(src, dest, options);
  let step = steps.next();
  while (!step.done) {
    let result;
    try {
      if (!Array.isArray(step.value)) {
        result = options.filter(...step.value.filter);
        if (typeof result?.then === 'function') {
          throw new codes.ERR_INVALID_RETURN_VALUE('boolean', 'filter', result);
        }
      } else {
        result = sync(...step.value);
      }
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(result);
  }
}

async function copy(src, dest, options) {
  [src, dest, options] = paths(src, dest, options);
  const steps = copyAll(src, dest, options);
  let step = steps.next();
  while (!step.done) {
    let result;
    try {
      if (!Array.isArray(step.value)) {
        result = await options.filter(...step.value.filter);
      } else {
        const [operation, ...args] = step.value;
        result = await new Promise((resolve, reject) => {
          start(operation, (error, value) => (error ? reject(error) : resolve(value)), ...args);
        });
      }
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(result);
  }
}

function cp(src, dest, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  callback = makeCallback(callback);
  paths(src, dest, options);
  copy(src, dest, options).then(
    () => process.nextTick(callback, null), (error) => process.nextTick(callback, error));
}

module.exports = { copy, cp, cpSync };
