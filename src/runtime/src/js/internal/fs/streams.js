'use strict';

// Files as streams: https://nodejs.org/api/fs.html#class-fsreadstream

const { Readable, Writable, finished } = require('stream');
const { errorOrDestroy } = require('internal/stream/destroy');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE, ERR_STREAM_DESTROYED,
  },
} = require('internal/errors');
const { asBuffer, getOptions, getValidatedFd, getValidatedPath, originals, parseMode, stringToFlags, toPathIfFileURL } =
  require('internal/fs/utils');
const { validateBoolean, validateFunction, validateInteger } = require('internal/validators');
const { async: start, operations: op } = native('fs');

const kIoDone = Symbol('kIoDone');
const kIsPerformingIO = Symbol('kIsPerformingIO');
const kFs = Symbol('kFs');
const kHandle = Symbol('kHandle');

/** What a program has put in the place of a function of `fs`, if it has. */
function replaced(name) {
  const current = require('fs')[name];
  return current === originals[name] ? undefined : current;
}

/** What streams call where a program gives no functions of its own. */
const ownFs = {
  open(path, flags, mode, callback) {
    const open = replaced('open');
    if (open !== undefined) open(path, flags, mode, callback);
    else start(op.open, callback, path, stringToFlags(flags), mode);
  },
  close(fd, callback) {
    const close = replaced('close');
    if (close !== undefined) close(fd, callback);
    else start(op.close, callback, fd);
  },
  fsync(fd, callback) {
    const fsync = replaced('fsync');
    if (fsync !== undefined) fsync(fd, callback);
    else start(op.fsync, callback, fd);
  },
  get read() {
    return replaced('read');
  },
  get write() {
    return replaced('write');
  },
  get writev() {
    return replaced('writev');
  },
};

/** The same by a `FileHandle`, whose methods somebody may have replaced. */
function handleFs(handle) {
  const calling = (promise, callback, map) => {
    promise.then((result) => process.nextTick(callback, null, ...map(result)),
                 (error) => process.nextTick(callback, error));
  };
  return {
    close: (fd, callback) => calling(handle.close(), callback, () => []),
    fsync: (fd, callback) => calling(handle.sync(), callback, () => []),
    read: (fd, buffer, offset, length, position, callback) => calling(
      handle.read(buffer, offset, length, position), callback, (it) => [it.bytesRead, it.buffer]),
    write: (fd, buffer, offset, length, position, callback) => calling(
      handle.write(buffer, offset, length, position), callback, (it) => [it.bytesWritten, it.buffer]),
    writev: (fd, buffers, position, callback) => calling(
      handle.writev(buffers, position), callback, (it) => [it.bytesWritten, it.buffers]),
  };
}

// ---------------------------------------------------------------------------
// What both kinds have
// ---------------------------------------------------------------------------

/** Takes the file from the options: a path that is to be opened, a descriptor, a handle. */
function setFile(stream, path, options, defaultFlags, functions) {
  stream[kFs] = ownFs;
  if (options.fd === undefined || options.fd === null) {
    stream.fd = null;
    if (options.fs) {
      for (const name of ['open', 'close', ...functions]) {
        if (name === 'writev' && options.fs.writev === undefined) continue;
        if (name === 'write' && options.fs.writev && !options.fs.write) continue;
        validateFunction(options.fs[name], `options.fs.${name}`);
      }
      stream[kFs] = options.fs;
    }
    stream.path = toPathIfFileURL(path);
    stream.flags = options.flags === undefined ? defaultFlags : options.flags;
    stream.mode = options.mode === undefined ? 0o666 : options.mode;
    getValidatedPath(stream.path);
    return;
  }
  if (typeof options.fd === 'object' && typeof options.fd.fd === 'number') {
    // A `FileHandle`, which the stream holds.
    const handle = options.fd;
    if (options.fs) throw new ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
    stream[kHandle] = handle;
    stream[kFs] = handleFs(handle);
    handle.on('close', () => stream.close());
    stream.fd = handle.fd;
  } else {
    if (typeof options.fd !== 'number') {
      throw new ERR_INVALID_ARG_TYPE('fd', ['number', 'FileHandle'], options.fd);
    }
    stream.fd = getValidatedFd(options.fd);
    if (options.fs) stream[kFs] = { open: ownFs.open, close: ownFs.close, fsync: ownFs.fsync, ...options.fs };
  }
  if (path) stream.path = toPathIfFileURL(path);
}

function construct(callback) {
  const stream = this;
  if (typeof stream.fd === 'number') {
    callback();
    return;
  }
  if (stream.open !== openFile) {
    // Somebody has put an `open` of his own here, as was usual once.
    const emit = stream.emit;
    stream.emit = function(...args) {
      if (args[0] === 'open') {
        this.emit = emit;
        callback();
        Reflect.apply(emit, this, args);
      } else if (args[0] === 'error') {
        this.emit = emit;
        callback(args[1]);
      } else {
        Reflect.apply(emit, this, args);
      }
    };
    stream.open();
    return;
  }
  const mode = parseMode(stream.mode, 'mode', 0o666);
  stream[kFs].open(stream.path, stream.flags, mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
}

function openFile() {
  // It is opened as soon as the stream is made.
}

function closeFile(stream, error, callback) {
  stream[kFs].close(stream.fd, (closing) => callback(closing || error));
  stream.fd = null;
}

function destroy(error, callback) {
  const close = () => {
    if (this.fd === null || this.fd === undefined) callback(error);
    else closeFile(this, error, callback);
  };
  // What is being read or written would go to another file.
  if (this[kIsPerformingIO]) this.once(kIoDone, (failure) => { error ||= failure; close(); });
  else close();
}

function defineCommon(prototype, stateName, name) {
  Object.defineProperty(prototype, 'autoClose', {
    get() {
      if (this[stateName] === undefined) throw new ERR_INVALID_THIS(name);
      return this[stateName].autoDestroy;
    },
    set(value) {
      if (this[stateName] === undefined) throw new ERR_INVALID_THIS(name);
      this[stateName].autoDestroy = value;
    },
    enumerable: false,
    configurable: true,
  });
  prototype._construct = construct;
  prototype.open = openFile;
  prototype._destroy = destroy;
  Object.defineProperty(prototype, 'pending', {
    get() {
      return this.fd === null;
    },
    configurable: true,
  });
}

// ---------------------------------------------------------------------------
// Reading
// ---------------------------------------------------------------------------

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = { ...getOptions(options, {}) };
  options.highWaterMark ??= 64 * 1024;
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  setFile(this, path, options, 'r', ['read']);
  this.start = options.start;
  this.end = options.end ?? Infinity;
  this.pos = undefined;
  this.bytesRead = 0;
  this[kIsPerformingIO] = false;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) {
      throw new ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  Reflect.apply(Readable, this, [options]);
  if (options.encoding) this.setEncoding(options.encoding);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);
defineCommon(ReadStream.prototype, '_readableState', 'ReadStream');

ReadStream.prototype._read = function(size) {
  const end = this.end;
  size = this.pos === undefined ? Math.min(end - this.bytesRead + 1, size) : Math.min(end - this.pos + 1, size);
  if (size <= 0) {
    this.push(null);
    return;
  }
  this[kIsPerformingIO] = true;
  const finish = (error, bytes) => {
    this[kIsPerformingIO] = false;
    // Whoever destroys the stream waits for this.
    if (this.destroyed) {
      this.emit(kIoDone, error);
      return;
    }
    if (error) {
      errorOrDestroy(this, error);
    } else if (bytes.length > 0) {
      if (this.pos !== undefined) this.pos += bytes.length;
      this.bytesRead += bytes.length;
      this.push(bytes);
    } else {
      this.push(null);
    }
  };
  const position = this.pos === undefined ? -1 : this.pos;
  if (this[kFs].read === undefined) {
    start(op.read, (error, bytes) => finish(error, bytes && asBuffer(bytes)), this.fd, size, position);
    return;
  }
  const buffer = require('buffer').Buffer.allocUnsafeSlow(size);
  this[kFs].read(this.fd, buffer, 0, size, this.pos, (error, count, given) => {
    finish(error, error ? undefined : (given ?? buffer).subarray(0, count));
  });
};

ReadStream.prototype.close = function(callback) {
  if (callback) finished(this, callback);
  this.destroy();
};

// ---------------------------------------------------------------------------
// Writing
// ---------------------------------------------------------------------------

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = { ...getOptions(options, {}) };
  options.decodeStrings = true;
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  setFile(this, path, options, 'w', ['write', 'writev']);
  if (this[kFs] !== ownFs) {
    if (!this[kFs].write) this._write = undefined;
    if (!this[kFs].writev) this._writev = undefined;
  }
  this.start = options.start;
  this.pos = undefined;
  this.bytesWritten = 0;
  this[kIsPerformingIO] = false;
  if (options.flush !== undefined && options.flush !== null) validateBoolean(options.flush, 'options.flush');
  this.flush = options.flush ?? false;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  Reflect.apply(Writable, this, [options]);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);
defineCommon(WriteStream.prototype, '_writableState', 'WriteStream');

/** Writes all of some bytes, however little the system takes at once. */
function writeAll(stream, bytes, callback) {
  const done = (error, count) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      count = 0;
    }
    stream[kIsPerformingIO] = false;
    if (stream.destroyed) {
      stream.emit(kIoDone, error);
      callback(error || new ERR_STREAM_DESTROYED('write'));
      return;
    }
    if (error) {
      callback(error);
      return;
    }
    stream.bytesWritten += count;
    if (stream.pos !== undefined) stream.pos += count;
    if (count < bytes.length) writeAll(stream, bytes.subarray(count), callback);
    else callback();
  };
  stream[kIsPerformingIO] = true;
  const position = stream.pos === undefined ? -1 : stream.pos;
  const { write } = stream[kFs];
  if (write === undefined) start(op.write, done, stream.fd, bytes, 0, bytes.length, position);
  else write(stream.fd, bytes, 0, bytes.length, stream.pos, (error, count) => done(error, count));
}

WriteStream.prototype._write = function(data, encoding, callback) {
  writeAll(this, data, callback);
};

WriteStream.prototype._writev = function(data, callback) {
  const chunks = data.map(({ chunk }) => chunk);
  const { writev } = this[kFs];
  if (writev === undefined) {
    writeAll(this, require('buffer').Buffer.concat(chunks), callback);
    return;
  }
  this[kIsPerformingIO] = true;
  writev(this.fd, chunks, this.pos, (error, count) => {
    this[kIsPerformingIO] = false;
    if (this.destroyed) {
      this.emit(kIoDone, error);
      callback(error);
      return;
    }
    if (error) {
      callback(error);
      return;
    }
    this.bytesWritten += count;
    if (this.pos !== undefined) this.pos += count;
    callback();
  });
};

WriteStream.prototype._destroy = function(error, callback) {
  const end = (failure) => Reflect.apply(destroy, this, [failure, callback]);
  if (this.flush && typeof this.fd === 'number' && !error && this[kFs].fsync) {
    this[kFs].fsync(this.fd, end);
    return;
  }
  end(error);
};

WriteStream.prototype.close = function(callback) {
  if (callback) {
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  // A file that nobody closes by itself is closed when all is written.
  if (!this.autoClose) this.on('finish', this.destroy);
  // There is no difference between both.
  this.end();
};

WriteStream.prototype.destroySoon = WriteStream.prototype.end;

module.exports = { ReadStream, WriteStream };
