'use strict';

// Folders and what is in them: https://nodejs.org/api/fs.html#class-fsdir

const { Buffer } = require('buffer');
const { codes: { ERR_DIR_CLOSED, ERR_DIR_CONCURRENT_OPERATION, ERR_INVALID_THIS, ERR_MISSING_ARGS }, uvException } =
  require('internal/errors');
const { asBuffer, encoded, getOptions, getValidatedPath, wantsBytes } = require('internal/fs/utils');
const { constants } = require('internal/fs/constants');
const { validateFunction, validateUint32 } = require('internal/validators');
const { async: start, operations: op, sync } = native('fs');

const kType = Symbol('type');

class Dirent {
  constructor(name, type, path) {
    this.name = name;
    this.parentPath = path;
    this[kType] = type;
  }
}

const KINDS = {
  isDirectory: constants.UV_DIRENT_DIR,
  isFile: constants.UV_DIRENT_FILE,
  isBlockDevice: constants.UV_DIRENT_BLOCK,
  isCharacterDevice: constants.UV_DIRENT_CHAR,
  isSymbolicLink: constants.UV_DIRENT_LINK,
  isFIFO: constants.UV_DIRENT_FIFO,
  isSocket: constants.UV_DIRENT_SOCKET,
};

for (const [name, kind] of Object.entries(KINDS)) {
  Object.defineProperty(Dirent.prototype, name, {
    value: { [name]() { return this[kType] === kind; } }[name],
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

/** A path in a folder. */
function join(folder, name) {
  if (typeof folder === 'string' && typeof name === 'string') return require('path').join(folder, name);
  return Buffer.concat([Buffer.from(folder), Buffer.from('/'), Buffer.from(name)]);
}

/** The entries that native code gives: names, and their kinds. */
function direntsOf([names, kinds], folder, encoding) {
  return names.map((name, i) => new Dirent(encoded(name, encoding), kinds[i], folder));
}

// ---------------------------------------------------------------------------
// Lists
// ---------------------------------------------------------------------------

/** A list that is asked for folder by folder: `yield` wants the entries of one. */
function* collect(path, { encoding, withFileTypes, recursive }) {
  const asBytes = wantsBytes(encoding);
  if (!recursive) {
    const found = yield [path, asBytes, Boolean(withFileTypes)];
    return withFileTypes ? direntsOf(found, path, encoding) : found.map((name) => encoded(name, encoding));
  }
  const entries = [];
  const waiting = [path];
  for (let at = 0; at < waiting.length; at++) {
    const folder = waiting[at];
    const [names, kinds] = yield [folder, asBytes, true];
    names.forEach((name, i) => {
      const whole = join(folder, asBytes ? asBuffer(name) : name);
      if (kinds[i] === constants.UV_DIRENT_DIR) waiting.push(whole);
      if (withFileTypes) entries.push(new Dirent(encoded(name, encoding), kinds[i], folder));
      else entries.push(relativeTo(path, whole, encoding));
    });
  }
  return entries;
}

/** A path within a folder, as `readdir` gives it. */
function relativeTo(folder, path, encoding) {
  if (typeof path === 'string') return require('path').relative(String(folder), path);
  const bytes = path.subarray(Buffer.byteLength(folder) + 1);
  return encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

function listSync(path, options) {
  const steps = collect(path, options);
  let step = steps.next();
  while (!step.done) step = steps.next(sync(op.readdir, ...step.value));
  return step.value;
}

async function list(path, options) {
  const steps = collect(path, options);
  let step = steps.next();
  while (!step.done) {
    const wanted = step.value;
    step = steps.next(await new Promise((resolve, reject) => {
      start(op.readdir, (error, found) => (error ? reject(error) : resolve(found)), ...wanted);
    }));
  }
  return step.value;
}

// ---------------------------------------------------------------------------
// Dir
// ---------------------------------------------------------------------------

class Dir {
  #path;
  #encoding;
  #recursive;
  /** What has not been read yet; folders that have not been opened. */
  #entries;
  #folders = [];
  #isClosed = false;
  #isReading = false;

  constructor(found, path, options) {
    if (found === undefined) throw new ERR_MISSING_ARGS('handle');
    this.#path = path;
    this.#encoding = options.encoding;
    this.#recursive = Boolean(options.recursive);
    this.#entries = this.#dirents(found, path);
  }

  get path() {
    if (!(#path in this)) throw new ERR_INVALID_THIS('Dir');
    return this.#path;
  }

  #dirents(found, folder) {
    const entries = direntsOf(found, folder, this.#encoding);
    if (this.#recursive) {
      for (const entry of entries) {
        if (entry.isDirectory()) this.#folders.push(join(folder, entry.name));
      }
    }
    return entries.reverse();
  }

  static #check(dir) {
    if (!(#path in dir)) throw new ERR_INVALID_THIS('Dir');
    if (dir.#isClosed) throw new ERR_DIR_CLOSED();
  }

  read(callback) {
    if (callback === undefined) {
      return new Promise((resolve, reject) => {
        this.read((error, entry) => (error ? reject(error) : resolve(entry)));
      });
    }
    validateFunction(callback, 'callback');
    Dir.#check(this);
    this.#isReading = true;
    const finish = (error, entry) => {
      this.#isReading = false;
      if (error) callback(error);
      else callback(null, entry);
    };
    if (this.#entries.length === 0 && this.#folders.length > 0) {
      const folder = this.#folders.shift();
      start(op.opendir, (error, found) => {
        if (error) {
          finish(error);
          return;
        }
        this.#entries = this.#dirents(found, folder);
        this.read(callback);
      }, folder, wantsBytes(this.#encoding));
      return undefined;
    }
    process.nextTick(finish, null, this.#entries.pop() ?? null);
    return undefined;
  }

  readSync() {
    Dir.#check(this);
    if (this.#isReading) throw new ERR_DIR_CONCURRENT_OPERATION();
    while (this.#entries.length === 0 && this.#folders.length > 0) {
      const folder = this.#folders.shift();
      this.#entries = this.#dirents(sync(op.opendir, folder, wantsBytes(this.#encoding)), folder);
    }
    return this.#entries.pop() ?? null;
  }

  close(callback) {
    if (callback === undefined) {
      if (this.#isClosed) return Promise.reject(new ERR_DIR_CLOSED());
      this.#isClosed = true;
      return Promise.resolve();
    }
    validateFunction(callback, 'callback');
    if (this.#isClosed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
      return undefined;
    }
    this.#isClosed = true;
    process.nextTick(callback, null);
    return undefined;
  }

  closeSync() {
    Dir.#check(this);
    if (this.#isReading) throw new ERR_DIR_CONCURRENT_OPERATION();
    this.#isClosed = true;
  }

  async* entries() {
    if (!(#path in this)) throw new ERR_INVALID_THIS('Dir');
    try {
      for (;;) {
        const entry = await this.read();
        if (entry === null) return;
        yield entry;
      }
    } finally {
      if (!this.#isClosed) await this.close();
    }
  }

  [Symbol.dispose]() {
    if (!this.#isClosed) this.closeSync();
  }

  async [Symbol.asyncDispose]() {
    if (!this.#isClosed) await this.close();
  }
}
Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  value: Dir.prototype.entries, enumerable: false, writable: true, configurable: true,
});

function dirOptions(options) {
  options = { encoding: 'utf8', ...getOptions(options, { encoding: 'utf8' }) };
  if (options.bufferSize !== undefined) validateUint32(options.bufferSize, 'options.bufferSize', true);
  return options;
}

function opendir(path, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  validateFunction(callback, 'callback');
  path = getValidatedPath(path);
  options = dirOptions(options);
  start(op.opendir, (error, found) => {
    if (error) callback(error);
    else callback(null, new Dir(found, path, options));
  }, path, wantsBytes(options.encoding));
}

function opendirSync(path, options) {
  path = getValidatedPath(path);
  options = dirOptions(options);
  let found;
  try {
    found = sync(op.opendir, path, wantsBytes(options.encoding));
  } catch (error) {
    // Node.js does not say which here.
    throw uvException({ errno: error.errno, syscall: error.syscall });
  }
  return new Dir(found, path, options);
}

module.exports = { Dir, Dirent, list, listSync, opendir, opendirSync };
