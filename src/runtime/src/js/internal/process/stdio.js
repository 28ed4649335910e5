'use strict';

// `process.stdin`, `stdout` and `stderr`, made when somebody looks:
// https://nodejs.org/api/process.html#processstdout

const { kindOf } = native('tty');

function output(fd) {
  const kind = kindOf(fd);
  let stream;
  if (kind === 'TTY') {
    stream = new (require('tty').WriteStream)(fd);
    stream._type = 'tty';
  } else {
    const { FdStream } = require('internal/process/fd_stream');
    stream = new FdStream(fd, { readable: false });
    stream.readable = false;
    stream._type = kind === 'FILE' ? 'fs' : 'pipe';
  }
  stream._isStdio = true;
  // Nobody closes what others write to as well.
  stream.destroySoon = stream.destroy;
  stream._destroy = function(error, callback) {
    callback(error);
    this._undestroy();
    process.nextTick(() => this.emit('close'));
  };
  if (kind === 'TTY') {
    process.on('SIGWINCH', () => stream._refreshSize());
  }
  return stream;
}

function input() {
  const fd = 0;
  const kind = kindOf(fd);
  let stream;
  if (kind === 'TTY') {
    stream = new (require('tty').ReadStream)(fd);
  } else if (kind === 'FILE') {
    stream = new (require('fs').ReadStream)(null, { fd, autoClose: false });
  } else if (kind === 'PIPE' || kind === 'TCP') {
    const { FdStream } = require('internal/process/fd_stream');
    stream = new FdStream(fd, { writable: false });
    stream._type = 'pipe';
  } else {
    const { Readable } = require('stream');
    stream = new Readable({ read() {} });
    stream.push(null);
  }
  stream.fd = fd;
  stream._isStdio = true;
  stream.on('pause', () => {
    process.nextTick(() => {
      if (stream._stopReading === undefined || stream.readableFlowing !== false) return;
      stream._readableState.reading = false;
      stream._stopReading();
    });
  });
  return stream;
}

module.exports = { input, output };
