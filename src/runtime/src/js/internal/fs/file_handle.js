'use strict';

// https://nodejs.org/api/fs.html#class-filehandle

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const {
  codes: { ERR_INTERNAL_ASSERTION, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE }, uvException,
} = require('internal/errors');
const {
  bytesOf, contentOf, getOptions, isReadAsText, parseMode, toUnixTimestamp, validateBuffer, validateBufferArray,
  validateOffsetLengthRead, validateOffsetLengthWrite, validatePosition, validateReadBuffer, validateStatOptions,
  writePosition,
} = require('internal/fs/utils');
const { statsOf } = require('internal/fs/stats');
const {
  kValidateObjectAllowNullable, validateBoolean, validateEncoding, validateInteger, validateObject,
} = require('internal/validators');
const { async: start, operations: op } = native('fs');

/** Does something with files; the promise of what it gives. Errors show who waits. */
async function run(operation, ...args) {
  try {
    return await new Promise((resolve, reject) => {
      start(operation, (error, result) => (error ? reject(error) : resolve(result)), ...args);
    });
  } catch (error) {
    Error.captureStackTrace(error, run);
    throw error;
  }
}

const EBADF = -9;

/** Closes what was forgotten, and says so. */
const forgotten = new FinalizationRegistry((fd) => {
  process.emitWarning(`Closing file descriptor ${fd} on garbage collection`);
  process.emitWarning(
    'Closing a FileHandle object on garbage collection is deprecated. Please close FileHandle objects explicitly ' +
    'using FileHandle.prototype.close(). In the future, an error will be thrown if a file descriptor is closed ' +
    'during garbage collection.', 'DeprecationWarning', 'DEP0137');
  start(op.close, () => {}, fd);
});

class FileHandle extends EventEmitter {
  #fd;
  /** How many uses there are beside the handle itself. */
  #uses = 1;
  #closing = null;
  #closed;
  /** A stream of the web has been made of it. */
  #isLocked = false;

  constructor(fd) {
    super();
    this.#fd = fd;
    forgotten.register(this, fd, this);
  }

  getAsyncId() {
    return 0;
  }

  get fd() {
    return this.#fd;
  }

  /** Does something with the file, which is not closed meanwhile. */
  static async #use(handle, syscall, action) {
    if (handle === null || typeof handle !== 'object' || !(#fd in handle)) {
      throw new ERR_INTERNAL_ASSERTION('handle must be an instance of FileHandle');
    }
    if (handle.#fd === -1) throw uvException({ errno: EBADF, syscall, message: 'file closed' });
    handle.#uses++;
    try {
      return await action(handle.#fd);
    } finally {
      handle.#release();
    }
  }

  #release() {
    this.#uses--;
    if (this.#uses === 0) {
      const fd = this.#fd;
      this.#fd = -1;
      forgotten.unregister(this);
      run(op.close, fd).then(this.#closed.resolve, this.#closed.reject);
    }
  }

  close() {
    if (this.#fd === -1) return Promise.resolve();
    if (this.#closing !== null) return this.#closing;
    this.#closed = Promise.withResolvers();
    this.#closing = this.#closed.promise.finally(() => { this.#closing = null; });
    this.#release();
    this.emit('close');
    return this.#closing;
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  appendFile(data, options) {
    return this.writeFile(data, options);
  }

  chmod(mode) {
    return FileHandle.#use(this, 'fchmod', (fd) => run(op.fchmod, fd, parseMode(mode, 'mode')));
  }

  chown(uid, gid) {
    return FileHandle.#use(this, 'fchown', (fd) => {
      validateInteger(uid, 'uid', -1, 2 ** 32 - 1);
      validateInteger(gid, 'gid', -1, 2 ** 32 - 1);
      return run(op.fchown, fd, uid, gid);
    });
  }

  datasync() {
    return FileHandle.#use(this, 'fdatasync', (fd) => run(op.fdatasync, fd));
  }

  sync() {
    return FileHandle.#use(this, 'fsync', (fd) => run(op.fsync, fd));
  }

  stat(options = { bigint: false }) {
    return FileHandle.#use(this, 'fstat', async (fd) => {
      validateStatOptions(options);
      checkAborted(options?.signal);
      return statsOf(await unlessAborted(options?.signal, run(op.fstat, fd, options?.bigint === true)));
    });
  }

  truncate(len = 0) {
    return FileHandle.#use(this, 'ftruncate', (fd) => {
      validateInteger(len, 'len');
      return run(op.ftruncate, fd, Math.max(0, len));
    });
  }

  utimes(atime, mtime) {
    return FileHandle.#use(this, 'futime', (fd) => run(op.futimes, fd, toUnixTimestamp(atime), toUnixTimestamp(mtime)));
  }

  read(bufferOrOptions, offset, length, position) {
    return FileHandle.#use(this, 'read', async (fd) => {
      let buffer = bufferOrOptions;
      if (!ArrayBuffer.isView(buffer)) {
        // read(options)
        if (bufferOrOptions !== undefined) validateObject(bufferOrOptions, 'options', kValidateObjectAllowNullable);
        ({ buffer = Buffer.alloc(16384), offset = 0, length = buffer.byteLength - offset, position = null } =
          bufferOrOptions ?? {});
        validateBuffer(buffer);
      }
      if (offset !== null && typeof offset === 'object') {
        // read(buffer, options)
        ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
      }
      if (offset === undefined || offset === null) offset = 0;
      else validateInteger(offset, 'offset', 0);
      length = length === undefined || length === null ? buffer.byteLength - offset : length | 0;
      if (length === 0) return { __proto__: null, bytesRead: 0, buffer };
      if (buffer.byteLength === 0) {
        throw new ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
      }
      validateOffsetLengthRead(offset, length, buffer.byteLength);
      const bytes = await run(op.read, fd, length, validatePosition(position, 'position', length));
      bytesOf(buffer).set(bytes, offset);
      return { __proto__: null, bytesRead: bytes.length, buffer };
    });
  }

  readv(buffers, position) {
    return FileHandle.#use(this, 'read', async (fd) => {
      validateBufferArray(buffers);
      const total = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
      const bytes = await run(op.read, fd, total, typeof position === 'number' ? position : -1);
      let at = 0;
      for (const buffer of buffers) {
        const part = bytes.subarray(at, at + buffer.byteLength);
        bytesOf(buffer).set(part);
        at += part.length;
      }
      return { __proto__: null, bytesRead: bytes.length, buffers };
    });
  }

  readFile(options) {
    return FileHandle.#use(this, 'read', async (fd) => {
      options = getOptions(options, {});
      checkAborted(options.signal);
      const { buffer, encoding, signal } = options;
      validateReadBuffer(buffer);
      const asText = isReadAsText(encoding, buffer);
      const content = await unlessAborted(signal, run(op.readFile, fd, 0, asText));
      return asText ? content : contentOf(content, encoding, buffer);
    });
  }

  write(buffer, offsetOrOptions, length, position) {
    return FileHandle.#use(this, 'write', async (fd) => {
      let offset = offsetOrOptions;
      if (ArrayBuffer.isView(buffer)) {
        if (offset !== null && typeof offset === 'object') {
          ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions);
        }
        if (offset === undefined || offset === null) offset = 0;
        else validateInteger(offset, 'offset', 0);
        if (typeof length !== 'number') length = buffer.byteLength - offset;
        validateOffsetLengthWrite(offset, length, buffer.byteLength);
        const bytesWritten = await run(op.write, fd, bytesOf(buffer), offset, length, writePosition(position));
        return { __proto__: null, bytesWritten, buffer };
      }
      require('internal/fs/utils').validateStringAfterArrayBufferView(buffer, 'buffer');
      validateEncoding(buffer, length);
      const bytes = Buffer.from(buffer, length);
      const bytesWritten = await run(op.write, fd, bytes, 0, bytes.length, writePosition(offset));
      return { __proto__: null, bytesWritten, buffer };
    });
  }

  writev(buffers, position) {
    return FileHandle.#use(this, 'write', async (fd) => {
      validateBufferArray(buffers);
      if (buffers.length === 0) return { __proto__: null, bytesWritten: 0, buffers };
      const bytes = Buffer.concat(buffers.map(bytesOf));
      const place = typeof position === 'number' ? position : -1;
      const bytesWritten = await run(op.write, fd, bytes, 0, bytes.length, place);
      return { __proto__: null, bytesWritten, buffers };
    });
  }

  writeFile(data, options) {
    return FileHandle.#use(this, 'write', (fd) => (
      require('internal/fs/promises_io').writeTo((bytes) => run(op.writeFile, fd, bytes), data, options)));
  }

  readLines(options = undefined) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  readableWebStream(options = { __proto__: null, autoClose: false }) {
    if (this.#fd === -1) throw new ERR_INVALID_STATE('The FileHandle is closed');
    if (this.#closing !== null) throw new ERR_INVALID_STATE('The FileHandle is closing');
    if (this.#isLocked) throw new ERR_INVALID_STATE('The FileHandle is locked');
    validateObject(options, 'options');
    const { type = 'bytes', autoClose = false } = options;
    if (type !== 'bytes') {
      process.emitWarning(
        'A non-"bytes" options.type has no effect. A byte-oriented steam is always created.',
        'ExperimentalWarning');
    }
    validateBoolean(autoClose, 'options.autoClose');
    this.#isLocked = true;
    const { ReadableStream } = require('internal/webstreams/readable_stream');
    const { kState } = require('internal/webstreams/util');
    let hasEnded = false;
    const end = async () => {
      if (hasEnded) return;
      hasEnded = true;
      this.#release();
      if (autoClose) await this.close();
    };
    const stream = new ReadableStream({
      type: 'bytes',
      autoAllocateChunkSize: 16384,
      pull: async (controller) => {
        const { view } = controller.byobRequest;
        const { bytesRead } = await this.read(view, 0, view.byteLength);
        if (bytesRead === 0) {
          controller.close();
          await end();
        }
        controller.byobRequest.respond(bytesRead);
      },
      cancel: end,
    });
    this.#uses++;
    // Who closes the file ends the stream.
    this.once('close', () => stream[kState].cancel());
    return stream;
  }

  createReadStream(options = undefined) {
    return new (require('internal/fs/streams').ReadStream)(undefined, { ...options, fd: this });
  }

  createWriteStream(options = undefined) {
    return new (require('internal/fs/streams').WriteStream)(undefined, { ...options, fd: this });
  }
}

function checkAborted(signal) {
  if (signal?.aborted) {
    throw new (require('internal/errors').AbortError)(undefined, { cause: signal.reason });
  }
}

/** What a promise gives, unless a signal comes first. */
async function unlessAborted(signal, promise) {
  if (signal === undefined || signal === null) return promise;
  if (require('util').types.isProxy(signal)) {
    // Nobody can listen to one of these.
    const result = await promise;
    checkAborted(signal);
    return result;
  }
  const aborted = Promise.withResolvers();
  const onAbort = () => aborted.reject(
    new (require('internal/errors').AbortError)(undefined, { cause: signal.reason }));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

module.exports = { FileHandle, checkAborted, run, unlessAborted };
