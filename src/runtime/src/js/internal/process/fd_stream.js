'use strict';

// Streams on open files that are no regular files: terminals and pipes. Writing is
// synchronous, as it is in Node.js on POSIX: what has been written is there when the program
// ends. https://nodejs.org/api/process.html#a-note-on-process-io

const { Duplex } = require('stream');
const { errnoException } = require('internal/errors');
const { close, open, setReferenced, start, stop, writeAll } = native('tty');

const kReader = Symbol('reader');

/** What packages touch of the object behind a stream in Node.js. */
class Handle {
  #stream;

  constructor(stream) {
    this.#stream = stream;
  }

  get fd() {
    return this.#stream.fd;
  }

  setBlocking() {
    return 0;
  }

  hasRef() {
    return this.#stream[kReader]?.isReferenced ?? false;
  }

  ref() {
    this.#stream.ref();
  }

  unref() {
    this.#stream.unref();
  }

  readStart() {
    this.#stream._read();
    return 0;
  }

  readStop() {
    this.#stream._stopReading();
    return 0;
  }
}

function FdStream(fd, options) {
  Duplex.call(this, { allowHalfOpen: false, emitClose: false, decodeStrings: false, ...options });
  this.fd = fd;
  this[kReader] = undefined;
  this._handle = new Handle(this);
}
Object.setPrototypeOf(FdStream.prototype, Duplex.prototype);
Object.setPrototypeOf(FdStream, Duplex);

FdStream.prototype._write = function(chunk, encoding, callback) {
  let data = chunk;
  if (typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'utf-8') {
    data = require('buffer').Buffer.from(chunk, encoding);
  }
  const result = writeAll(this.fd, data);
  callback(result < 0 ? errnoException(result, 'write') : null);
};

FdStream.prototype._final = function(callback) {
  callback();
};

function readerOf(stream) {
  let reader = stream[kReader];
  if (reader === undefined) {
    const number = open(stream.fd, (told) => {
      if (told === null) {
        stream.push(null);
        stream.read(0);
      } else if (typeof told === 'number') {
        stream.destroy(errnoException(told, 'read'));
      } else {
        stream._readableState.reading = false;
        const { Buffer } = require('buffer');
        const bytes = new Buffer[Symbol.species](told.buffer, told.byteOffset, told.byteLength);
        if (!stream.push(bytes)) stop(reader.number);
      }
    });
    if (number < 0) throw errnoException(number, 'read');
    reader = stream[kReader] = { number, isReferenced: true };
  }
  return reader;
}

FdStream.prototype._read = function() {
  if (this.destroyed) return;
  start(readerOf(this).number);
};

/** Reads nothing more before somebody wants it again. */
FdStream.prototype._stopReading = function() {
  if (this[kReader] !== undefined) stop(this[kReader].number);
};

FdStream.prototype.ref = function() {
  const reader = this[kReader];
  if (reader !== undefined) {
    reader.isReferenced = true;
    setReferenced(reader.number, true);
  }
  return this;
};

FdStream.prototype.unref = function() {
  if (this.readable && this[kReader] === undefined && !this.destroyed) readerOf(this);
  const reader = this[kReader];
  if (reader !== undefined) {
    reader.isReferenced = false;
    setReferenced(reader.number, false);
  }
  return this;
};

FdStream.prototype._destroy = function(error, callback) {
  if (this[kReader] !== undefined) {
    close(this[kReader].number);
    this[kReader] = undefined;
  }
  callback(error);
  process.nextTick(() => this.emit('close', Boolean(error)));
};

FdStream.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

module.exports = { FdStream };
