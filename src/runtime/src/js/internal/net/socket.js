'use strict';

// `net.Socket`: a connection as a stream.
// https://nodejs.org/api/net.html#class-netsocket

const { Duplex } = require('stream');
const { Buffer } = require('buffer');
const {
  AbortError, codes, errnoException, exceptionWithHostPort,
} = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInt32, validateNumber, validatePort,
  validateString,
} = require('internal/validators');
const { isIP } = require('internal/net/addresses');
const { normalizeArgs, kNormalized } = require('internal/net/arguments');
const debug = require('internal/util/trace')('net');
const { SocketHandle } = native('net');
const timers = require('timers');
const { nextTick } = native('process');

const {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_IP_ADDRESS, ERR_IP_BLOCKED,
  ERR_MISSING_ARGS,
  ERR_SOCKET_BAD_PORT, ERR_SOCKET_CLOSED, ERR_SOCKET_CLOSED_BEFORE_CONNECTION,
  ERR_SOCKET_CONNECTION_TIMEOUT,
} = codes;

const kBlockList = Symbol('blockList');
const kTimeout = Symbol('timeout');
const kBytesRead = Symbol('kBytesRead');
const kBytesWritten = Symbol('kBytesWritten');
const kNoDelay = Symbol('kSetNoDelay');
const kKeepAlive = Symbol('kSetKeepAlive');
const kOnRead = Symbol('onread');
const kServer = Symbol('server');
/** Whoever writes to the handle by other ways has to do that first. */
const kBeforeWrite = Symbol('before write');
const kSignalCleanup = Symbol('signal');

// What the native half tells of a handle is read as its properties.
for (const name of ['bytesRead', 'bytesWritten', 'fd', 'writeQueueSize']) {
  Object.defineProperty(SocketHandle.prototype, name, { configurable: true, get: SocketHandle.prototype[name] });
}

/** The encodings that native code writes by itself. */
const NATIVE_ENCODINGS = { __proto__: null, 'utf8': false, 'utf-8': false, 'latin1': true, 'binary': true };

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (options === undefined) options = {};
  else if (typeof options === 'number') options = { fd: options };
  if (options.objectMode || options.readableObjectMode || options.writableObjectMode) {
    const which = options.objectMode ? 'options.objectMode' :
      options.readableObjectMode ? 'options.readableObjectMode' : 'options.writableObjectMode';
    throw new ERR_INVALID_ARG_VALUE(which, true, 'is not supported');
  }
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  }
  if (options.blockList) validateBlockList(options.blockList);
  const isDescriptor = options.handle === undefined && options.fd !== undefined;
  Duplex.call(this, {
    ...options,
    allowHalfOpen: Boolean(options.allowHalfOpen),
    emitClose: false,
    autoDestroy: true,
    decodeStrings: false,
    // Half-open is settled below, when the end has been read.
    readable: options.readable ?? true,
    writable: options.writable ?? true,
    signal: undefined,
  });
  this.connecting = false;
  this._hadError = false;
  this._handle = null;
  this._parent = null;
  this._host = null;
  this._peername = undefined;
  this._sockname = undefined;
  this._pendingData = null;
  this._pendingEncoding = '';
  this.timeout = undefined;
  hide(this, kTimeout, null);
  hide(this, kBytesRead, 0);
  hide(this, kBytesWritten, 0);
  hide(this, kNoDelay, Boolean(options.noDelay));
  hide(this, kKeepAlive, options.keepAlive ? ~~((options.keepAliveInitialDelay ?? 0) / 1000) : -1);
  hide(this, kServer, null);
  hide(this, kOnRead, readerInto(options.onread));
  this.server = null;
  this._server = null;
  this.on('end', onReadableEnd);

  if (options.handle) {
    this._handle = options.handle;
    attach(this);
  } else if (isDescriptor) {
    const { fd } = options;
    validateInt32(fd, 'fd', 0);
    const handle = new SocketHandle();
    const errno = handle.open(fd);
    if (errno < 0) throw errnoException(errno, 'open');
    this._handle = handle;
    attach(this);
  }
  if (options.signal !== undefined) listenToSignal(this, options.signal);

  if (this._handle && options.readable !== false && !options.pauseOnCreate) {
    if (options.pauseOnCreate !== true && !options.manualStart) this.read(0);
  }
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function hide(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

/** What option `onread` says: data goes into one buffer, again and again. */
function readerInto(onread) {
  if (onread === null || typeof onread !== 'object') return null;
  const isBuffer = onread.buffer instanceof Uint8Array;
  if (!isBuffer && typeof onread.buffer !== 'function' || typeof onread.callback !== 'function') return null;
  return onread;
}

function listenToSignal(socket, signal) {
  validateAbortSignal(signal, 'options.signal');
  const abort = () => socket.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) {
    nextTick(abort);
    return;
  }
  signal.addEventListener('abort', abort, { once: true });
  socket[kSignalCleanup] = () => signal.removeEventListener('abort', abort);
  socket.once('close', socket[kSignalCleanup]);
}

// ---------------------------------------------------------------------------
// Reading
// ---------------------------------------------------------------------------

/** Has the handle tell the socket. */
function attach(socket) {
  const handle = socket._handle;
  handle.onread = (bytes, errno) => onRead(socket, bytes, errno);
  handle.owner = socket;
  if (socket[kNoDelay]) handle.setNoDelay(true);
  if (socket[kKeepAlive] >= 0) handle.setKeepAlive(true, socket[kKeepAlive]);
}

function onRead(socket, bytes, errno) {
  if (socket.destroyed) return;
  socket._unrefTimer();
  if (bytes !== undefined) {
    const into = socket[kOnRead];
    if (into !== null) {
      if (!deliverInto(socket, into, bytes)) stopReading(socket);
      return;
    }
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!socket.push(buffer)) stopReading(socket);
    return;
  }
  debug?.('read ended: %d', errno);
  if (errno !== 0) {
    stopReading(socket);
    socket.destroy(errnoException(errno, 'read'));
    return;
  }
  // The end. Somebody has to read for it to be noticed.
  if (socket._handle) socket._handle.reading = false;
  socket.push(null);
  socket.read(0);
}

/** Copies what has come into the program's buffer, piece by piece. */
function deliverInto(socket, onread, bytes) {
  let goOn = true;
  for (let at = 0; at < bytes.length;) {
    const buffer = typeof onread.buffer === 'function' ? onread.buffer() : onread.buffer;
    const piece = bytes.subarray(at, at + buffer.byteLength);
    buffer.set(piece);
    at += piece.length;
    if (onread.callback.call(socket, piece.length, buffer) === false) goOn = false;
  }
  return goOn;
}

function startReading(socket) {
  const handle = socket._handle;
  if (!handle || handle.reading) return;
  handle.reading = true;
  const errno = handle.readStart();
  if (errno < 0) socket.destroy(errnoException(errno, 'read'));
}

function stopReading(socket) {
  const handle = socket._handle;
  if (!handle || !handle.reading) return;
  handle.reading = false;
  handle.readStop();
}

Socket.prototype._read = function() {
  if (this.connecting || !this._handle) this.once('connect', () => this._read());
  else startReading(this);
};

Socket.prototype.pause = function() {
  if (this[kOnRead] !== null && !this.connecting) stopReading(this);
  return Duplex.prototype.pause.call(this);
};

Socket.prototype.resume = function() {
  if (this[kOnRead] !== null && !this.connecting) startReading(this);
  return Duplex.prototype.resume.call(this);
};

Socket.prototype.read = function(n) {
  if (this[kOnRead] !== null && !this.connecting) startReading(this);
  return Duplex.prototype.read.call(this, n);
};

function onReadableEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterEnd;
}

function writeAfterEnd(chunk, encoding, callback) {
  if (typeof encoding === 'function') callback = encoding;
  const error = new Error('This socket has been ended by the other party');
  error.code = 'EPIPE';
  if (typeof callback === 'function') nextTick(callback, error);
  this.destroy(error);
  return false;
}

// ---------------------------------------------------------------------------
// Writing
// ---------------------------------------------------------------------------

Socket.prototype._write = function(data, encoding, callback) {
  writeWhenConnected(this, callback, () => {
    let payload = data;
    let isLatin1 = false;
    if (typeof data === 'string') {
      isLatin1 = NATIVE_ENCODINGS[encoding.toLowerCase()];
      if (isLatin1 === undefined) payload = Buffer.from(data, encoding);
    }
    this[kBeforeWrite]?.();
    return this._handle.write(payload, Boolean(isLatin1), afterWrite(this, callback));
  }, data, encoding);
};

Socket.prototype._writev = function(chunks, callback) {
  writeWhenConnected(this, callback, () => {
    const list = chunks.map(({ chunk, encoding }) => (
      typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk));
    this[kBeforeWrite]?.();
    return this._handle.writev(list, afterWrite(this, callback));
  });
};

function afterWrite(socket, callback) {
  return (errno) => {
    socket._unrefTimer();
    callback(errno < 0 ? errnoException(errno, 'write') : null);
  };
}

function writeWhenConnected(socket, callback, write, data, encoding) {
  if (socket.connecting) {
    socket._pendingData = data ?? null;
    socket._pendingEncoding = encoding ?? '';
    const cancel = () => callback(new ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
    socket.once('connect', function() {
      socket.off('close', cancel);
      socket._pendingData = null;
      socket._pendingEncoding = '';
      writeWhenConnected(socket, callback, write);
    });
    socket.once('close', cancel);
    return;
  }
  if (!socket._handle) {
    callback(new ERR_SOCKET_CLOSED());
    return;
  }
  socket._unrefTimer();
  const result = write();
  if (result < 0) callback(errnoException(result, 'write'));
  else if (result === 0) callback(null);
}

Socket.prototype._final = function(callback) {
  if (this.connecting) {
    this.once('connect', () => this._final(callback));
    return;
  }
  if (!this._handle) {
    callback();
    return;
  }
  const errno = this._handle.shutdown((status) => {
    // Whoever is gone needs not be told that nothing follows.
    callback(status < 0 && !this.destroyed ? errnoException(status, 'shutdown') : null);
  });
  if (errno < 0) callback(errnoException(errno, 'shutdown'));
};

Socket.prototype.end = function(data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};

Socket.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

Socket.prototype.resetAndDestroy = function() {
  if (!this._handle) {
    this.destroy(new ERR_SOCKET_CLOSED());
    return this;
  }
  if (this.connecting) {
    this.once('connect', () => this._reset());
  } else {
    this._reset();
  }
  return this;
};

Socket.prototype._reset = function() {
  this.resetAndClosing = true;
  return this.destroy();
};

Socket.prototype._destroy = function(exception, callback) {
  debug?.('close%s', exception ? `: ${exception.message}` : '');
  this.connecting = false;
  for (let socket = this; socket !== null; socket = socket._parent) {
    clearTimeout(socket);
  }
  const handle = this._handle;
  if (handle) {
    const isException = Boolean(exception);
    // What is asked for later is kept.
    this[kBytesRead] = handle.bytesRead;
    this[kBytesWritten] = handle.bytesWritten;
    this._getsockname();
    const closed = () => {
      this.emit('close', isException);
    };
    handle.onread = undefined;
    if (this.resetAndClosing) {
      this.resetAndClosing = false;
      handle.reset(closed);
    } else {
      handle.close(closed);
    }
    this._handle = null;
    this._sockname = undefined;
    callback(exception);
  } else {
    callback(exception);
    nextTick(() => this.emit('close', Boolean(exception)));
  }
  if (this[kServer]) {
    this[kServer]._connections--;
    this[kServer]._emitCloseIfDrained?.();
  }
};

// ---------------------------------------------------------------------------
// Time
// ---------------------------------------------------------------------------

function clearTimeout(socket) {
  if (socket[kTimeout]) {
    timers.clearTimeout(socket[kTimeout]);
    socket[kTimeout] = null;
  }
}

Socket.prototype.setTimeout = function(milliseconds, callback) {
  if (this.destroyed) return this;
  this.timeout = milliseconds;
  milliseconds = require('internal/timers').timerDuration(milliseconds, 'msecs');
  clearTimeout(this);
  if (milliseconds === 0) {
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.removeListener('timeout', callback);
    }
  } else {
    this[kTimeout] = timers.setTimeout(() => this._onTimeout(), milliseconds).unref();
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.once('timeout', callback);
    }
  }
  return this;
};

Socket.prototype._onTimeout = function() {
  const handle = this._handle;
  // As long as something is being written there is no standstill.
  if (handle && handle.writeQueueSize > 0) {
    const queued = handle.writeQueueSize;
    if (queued !== this._lastQueueSize) {
      this._lastQueueSize = queued;
      this._unrefTimer();
      return;
    }
  }
  this.emit('timeout');
};

Socket.prototype._unrefTimer = function() {
  for (let socket = this; socket !== null; socket = socket._parent) {
    socket[kTimeout]?.refresh();
  }
};

// ---------------------------------------------------------------------------
// Options of the connection
// ---------------------------------------------------------------------------

Socket.prototype.setNoDelay = function(enable) {
  const on = Boolean(enable === undefined ? true : enable);
  if (!this._handle || this.connecting) {
    this[kNoDelay] = on;
    return this;
  }
  if (on !== this[kNoDelay]) {
    this[kNoDelay] = on;
    this._handle.setNoDelay(on);
  }
  return this;
};

Socket.prototype.setKeepAlive = function(enable, initialDelay) {
  const seconds = ~~(initialDelay / 1000);
  this[kKeepAlive] = enable ? seconds : -1;
  if (this._handle && !this.connecting) this._handle.setKeepAlive(Boolean(enable), seconds);
  return this;
};

Socket.prototype.ref = function() {
  if (!this._handle) {
    this.once('connect', this.ref);
    return this;
  }
  this._handle.ref?.();
  return this;
};

Socket.prototype.unref = function() {
  if (!this._handle) {
    this.once('connect', this.unref);
    return this;
  }
  this._handle.unref?.();
  return this;
};

Socket.prototype.address = function() {
  return this._getsockname();
};

Socket.prototype._getpeername = function() {
  if (!this._handle || this.connecting) return this._peername ?? {};
  this._peername ??= this._handle.remoteAddress();
  return this._peername ?? {};
};

Socket.prototype._getsockname = function() {
  if (!this._handle) return this._sockname ?? {};
  this._sockname ??= this._handle.localAddress();
  return this._sockname ?? {};
};

function getter(name, get) {
  Object.defineProperty(Socket.prototype, name, { configurable: true, enumerable: false, get });
}

getter('_connecting', function() { return this.connecting; });
getter('pending', function() { return !this._handle || this.connecting; });
getter('readyState', function() {
  if (this.connecting) return 'opening';
  if (this.readable && this.writable) return 'open';
  if (this.readable && !this.writable) return 'readOnly';
  if (!this.readable && this.writable) return 'writeOnly';
  return 'closed';
});
getter('bufferSize', function() {
  return this._handle ? this.writableLength : undefined;
});
getter('bytesRead', function() {
  return this._handle ? this._handle.bytesRead : this[kBytesRead];
});
getter('_bytesDispatched', function() {
  return this._handle ? this._handle.bytesWritten : this[kBytesWritten];
});
getter('bytesWritten', function() {
  let bytes = this._bytesDispatched;
  const state = this._writableState;
  if (state === undefined) return undefined;
  const count = (chunk, encoding) => (chunk instanceof Uint8Array ? chunk.length : Buffer.byteLength(chunk, encoding));
  for (const { chunk, encoding } of this.writableBuffer ?? state.getBuffer?.() ?? []) bytes += count(chunk, encoding);
  if (this._pendingData !== null) bytes += count(this._pendingData, this._pendingEncoding);
  return bytes;
});
for (const [name, part] of [['remoteAddress', 'address'], ['remoteFamily', 'family'], ['remotePort', 'port']]) {
  getter(name, function() { return this._getpeername()[part]; });
}
for (const [name, part] of [['localAddress', 'address'], ['localFamily', 'family'], ['localPort', 'port']]) {
  getter(name, function() { return this._getsockname()[part]; });
}

// ---------------------------------------------------------------------------
// Connecting
// ---------------------------------------------------------------------------

/** `net.connect`, `net.createConnection` */
function connect(...args) {
  const normalized = normalizeArgs(args);
  const [options] = normalized;
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(normalized);
}

Socket.prototype.connect = function(...args) {
  const normalized = Array.isArray(args[0]) && args[0][kNormalized] ? args[0] : normalizeArgs(args);
  const [options, callback] = normalized;
  if (options.blockList) {
    validateBlockList(options.blockList);
    hide(this, kBlockList, options.blockList);
  }
  if (this.write !== Socket.prototype.write) this.write = Socket.prototype.write;
  if (this.destroyed) {
    // A socket may be used again.
    this._handle = null;
    this._peername = undefined;
    this._sockname = undefined;
    this._undestroy();
  }
  if (callback !== null) this.once('connect', callback);
  if (this.connecting) return this;
  this.connecting = true;
  // What is asked of the handle before it is connected holds from then on.
  this._handle ??= new SocketHandle();
  if (options.noDelay !== undefined) this[kNoDelay] = Boolean(options.noDelay);
  if (options.keepAlive) this[kKeepAlive] = ~~((options.keepAliveInitialDelay ?? 0) / 1000);

  const { path } = options;
  if (path === undefined && options.port === undefined) {
    this.connecting = false;
    throw new ERR_MISSING_ARGS(['options', 'port', 'path']);
  }
  this._unrefTimer();
  if (path !== undefined && path !== null && path !== false && path !== '' || options.port === undefined) {
    validateString(path, 'options.path');
    connectToPath(this, path);
  } else {
    try {
      lookUpAndConnect(this, options);
    } catch (error) {
      this.connecting = false;
      throw error;
    }
  }
  return this;
};

function connectToPath(socket, path) {
  debug?.('connect to %s', path);
  const handle = socket._handle;
  const errno = handle.connectPath(path, (status) => afterConnect(socket, handle, status, path));
  if (errno < 0) failLater(socket, exceptionWithHostPort(errno, 'connect', path));
}

function failLater(socket, error) {
  nextTick(() => {
    if (!socket.connecting) return;
    socket.destroy(error);
  });
}

function lookUpAndConnect(socket, options) {
  const { localAddress, localPort } = options;
  const host = options.host || 'localhost';
  let { port } = options;
  if (localAddress && !isIP(localAddress)) throw new ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (typeof port !== 'number' && typeof port !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
  }
  validatePort(port);
  port |= 0;
  const autoSelection = require('internal/net/auto_selection');
  const { autoSelectFamily, autoSelectFamilyAttemptTimeout: attemptTimeout } = options;
  if (autoSelectFamily != null) validateBoolean(autoSelectFamily, 'options.autoSelectFamily');
  if (attemptTimeout !== undefined) validateInt32(attemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);

  const family = isIP(host);
  if (family !== 0) {
    nextTick(() => {
      if (socket.connecting) connectToAddress(socket, host, port, family, options);
    });
    return;
  }
  if (options.lookup != null) validateFunction(options.lookup, 'options.lookup');
  const dns = require('dns');
  const lookup = options.lookup || dns.lookup;
  const lookupOptions = { family: options.family, hints: options.hints || 0 };
  socket._host = host;
  debug?.('look up %s', host);
  const triesAll = (autoSelectFamily ?? autoSelection.getDefault()) &&
    lookupOptions.family !== 4 && lookupOptions.family !== 6 && !localAddress;
  if (triesAll) lookupOptions.all = true;
  lookup(host, lookupOptions, (error, found, foundFamily) => {
    const addresses = Array.isArray(found) ? found : [{ address: found, family: foundFamily }];
    for (const it of triesAll && !error ? addresses : [addresses[0]]) {
      socket.emit('lookup', error, it?.address, it?.family, host);
    }
    if (!socket.connecting) return;
    if (error) {
      nextTick(() => socket.destroy(error));
      return;
    }
    const usable = addresses.filter(({ address }) => isIP(address) !== 0);
    if (usable.length === 0) {
      const wrong = new ERR_INVALID_IP_ADDRESS(addresses[0]?.address);
      failLater(socket, wrong);
      return;
    }
    if (triesAll && usable.length > 1) {
      const wait = Math.max(attemptTimeout ?? autoSelection.getDefaultTimeout(), autoSelection.SHORTEST);
      connectToFirst(socket, interleave(usable), port, options, wait);
    } else {
      const { address, family: kind } = usable[0];
      connectToAddress(socket, address, port, kind, options);
    }
  });
}

/** Addresses of both families in turn, beginning with that of the first. */
function interleave(addresses) {
  const first = addresses.filter(({ family }) => family === addresses[0].family);
  const second = addresses.filter(({ family }) => family !== addresses[0].family);
  const all = [];
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    if (i < first.length) all.push(first[i]);
    if (i < second.length) all.push(second[i]);
  }
  return all;
}

function connectToAddress(socket, address, port, family, options) {
  debug?.('connect to %s:%d', address, port);
  const handle = socket._handle;
  socket.emit('connectionAttempt', address, port, family);
  if (isBlocked(socket, address)) {
    socket.destroy(new ERR_IP_BLOCKED(address));
    return;
  }
  const errno = startConnecting(handle, address, port, family, options, (status) => {
    if (status < 0) {
      const error = connectError(status, address, port, options);
      socket.emit('connectionAttemptFailed', address, port, family, error);
    }
    afterConnect(socket, handle, status, address, port, options);
  });
  if (errno < 0) failLater(socket, connectError(errno, address, port, options));
}

function validateBlockList(list) {
  if (!require('internal/net/block_list').BlockList.isBlockList(list)) {
    throw new ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', list);
  }
}

function isBlocked(socket, address) {
  return socket[kBlockList]?.check(address, `ipv${isIP(address)}`) ?? false;
}

function startConnecting(handle, address, port, family, options, callback) {
  const { localPort } = options;
  const localAddress = options.localAddress ?? (localPort ? (family === 6 ? '::' : '0.0.0.0') : undefined);
  return handle.connect(address, port, callback, localAddress, localPort ?? 0);
}

function connectError(errno, address, port, { localAddress, localPort } = {}) {
  const local = localAddress && localPort ? `${localAddress}:${localPort}` : undefined;
  const error = exceptionWithHostPort(errno, 'connect', address, port, local);
  if (local) {
    error.localAddress = localAddress;
    error.localPort = localPort;
  }
  return error;
}

/** Tries addresses one after the other, each for a while, until one answers. */
function connectToFirst(socket, addresses, port, options, wait) {
  const errors = [];
  let at = -1;
  const attempt = () => {
    if (!socket.connecting) return;
    if (++at === addresses.length) {
      socket.destroy(errors.length === 1 ? errors[0] : allFailed(errors));
      return;
    }
    const { address, family } = addresses[at];
    debug?.('connect to %s:%d, number %d of %d', address, port, at + 1, addresses.length);
    socket.autoSelectFamilyAttemptedAddresses ??= [];
    if (isBlocked(socket, address)) {
      const error = new ERR_IP_BLOCKED(address);
      errors.push(error);
      socket.emit('connectionAttemptFailed', address, port, family, error);
      attempt();
      return;
    }
    const handle = at === 0 ? socket._handle : new SocketHandle();
    socket._handle = handle;
    socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
    socket.emit('connectionAttempt', address, port, family);
    let settled = false;
    let timer;
    const failed = (error) => {
      if (settled) return;
      settled = true;
      timers.clearTimeout(timer);
      errors.push(error);
      handle.close();
      attempt();
    };
    const errno = startConnecting(handle, address, port, family, options, (status) => {
      if (settled || !socket.connecting) return;
      if (status < 0) {
        const error = connectError(status, address, port, options);
        socket.emit('connectionAttemptFailed', address, port, family, error);
        failed(error);
        return;
      }
      settled = true;
      timers.clearTimeout(timer);
      afterConnect(socket, handle, status, address, port, options);
    });
    if (errno < 0) {
      const error = connectError(errno, address, port, options);
      socket.emit('connectionAttemptFailed', address, port, family, error);
      failed(error);
      return;
    }
    // The last one has all the time there is.
    if (at < addresses.length - 1) {
      timer = timers.setTimeout(() => {
        socket.emit('connectionAttemptTimeout', address, port, family);
        const error = connectError(TIMED_OUT, address, port, options);
        failed(error);
      }, wait);
    }
  };
  attempt();
}

const TIMED_OUT = native('errors').systemErrors().find(([, code]) => code === 'ETIMEDOUT')[0];

function allFailed(errors) {
  const error = new AggregateError(errors);
  error.code = errors[0].code;
  return error;
}

function afterConnect(socket, handle, status, address, port, options) {
  if (socket.destroyed || socket._handle !== handle) return;
  debug?.('connected: %d', status);
  socket.connecting = false;
  socket._sockname = undefined;
  if (status < 0) {
    socket.destroy(connectError(status, address, port, options));
    return;
  }
  attach(socket);
  socket._unrefTimer();
  socket.emit('connect');
  socket.emit('ready');
  // Whoever listens may have read already, or paused.
  if (socket.readable && !socket.isPaused()) socket.read(0);
}

module.exports = { Socket, attach, connect, kBeforeWrite, kServer, validateBlockList };
