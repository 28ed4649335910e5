'use strict';

// `net.Server`: https://nodejs.org/api/net.html#class-netserver

const EventEmitter = require('events');
const {
  codes, errnoException, uvExceptionWithHostPort,
} = require('internal/errors');
const {
  validateAbortSignal, validateFunction, validateNumber, validatePort, validateString,
} = require('internal/validators');
const { normalizeArgs } = require('internal/net/arguments');
const { isIP } = require('internal/net/addresses');
const { Socket, kServer } = require('internal/net/socket');
const { ListenerHandle } = native('net');
const { nextTick } = native('process');
const debug = require('internal/util/trace')('net');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_SERVER_ALREADY_LISTEN, ERR_SERVER_NOT_RUNNING } = codes;

/** How many connections may wait unless the program says otherwise. */
const BACKLOG = 511;
const IPV6_ONLY = 1;
const REUSE_PORT = 2;

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
    this.on('connection', connectionListener);
  } else if (options == null || typeof options === 'object') {
    options = { ...options };
    if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  } else {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }
  if (options.highWaterMark !== undefined) {
    validateNumber(options.highWaterMark, 'options.highWaterMark');
  }
  this._connections = 0;
  this._handle = null;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = ~~((options.keepAliveInitialDelay ?? 0) / 1000);
  this.highWaterMark = options.highWaterMark ?? require('stream').getDefaultHighWaterMark();
  if (options.blockList) {
    require('internal/net/socket').validateBlockList(options.blockList);
    this.blockList = options.blockList;
  }
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

// ---------------------------------------------------------------------------
// Listening
// ---------------------------------------------------------------------------

Server.prototype.listen = function(...args) {
  const [given, callback] = normalizeArgs(args);
  let options = given;
  if (this._handle) throw new ERR_SERVER_ALREADY_LISTEN();
  if (callback !== null) this.once('listening', callback);
  const backlogArgument = Number(args.length > 1 && args[1]) || Number(args.length > 2 && args[2]);
  options = options._handle || options.handle || options;
  const flags = (options.ipv6Only ? IPV6_ONLY : 0) | (options.reusePort ? REUSE_PORT : 0);

  if (options instanceof ListenerHandle) {
    this._handle = options;
    this._listen2(null, -1, -1, backlogArgument);
    return this;
  }
  if (options.signal !== undefined) listenToSignal(this, options.signal);
  const backlog = options.backlog || backlogArgument || undefined;
  if (typeof options.fd === 'number' && options.fd >= 0) {
    this._listen2(null, null, null, backlog, options.fd);
    return this;
  }
  const noPort = args.length === 0 || typeof args[0] === 'function' ||
    'port' in options && options.port == null;
  if (noPort && options.path === undefined) options = { ...options, port: 0 };
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    validatePort(options.port, 'options.port');
    const port = options.port | 0;
    if (options.host) listenByName(this, port, options.host, backlog, flags);
    else this._listen2(null, port, 4, backlog, undefined, flags);
    return this;
  }
  if (options.path && typeof options.path === 'string') {
    this._listen2(options.path, -1, -1, backlog);
    if (!this._handle) return this;
    if (options.readableAll || options.writableAll) {
      const mode = 0o600 | (options.readableAll ? 0o444 : 0) | (options.writableAll ? 0o222 : 0);
      require('fs').chmodSync(options.path, mode | 0o200);
    }
    return this;
  }
  if (!('port' in options || 'path' in options)) {
    throw new ERR_INVALID_ARG_VALUE('options', given, 'must have the property "port" or "path"');
  }
  throw new ERR_INVALID_ARG_VALUE('options', given);
};

function listenToSignal(server, signal) {
  validateAbortSignal(signal, 'options.signal');
  const abort = () => server.close();
  if (signal.aborted) {
    nextTick(abort);
  } else {
    signal.addEventListener('abort', abort, { once: true });
    server.once('close', () => signal.removeEventListener('abort', abort));
  }
}

function listenByName(server, port, host, backlog, flags) {
  if (isIP(host)) {
    server._listen2(host, port, isIP(host), backlog, undefined, flags);
    return;
  }
  require('dns').lookup(host, (error, address, family) => {
    if (error) {
      server.emit('error', error);
      return;
    }
    server._listen2(address, port, address ? family : 4, backlog, undefined, flags);
  });
}

/** Opens the socket that is listened at, and says so in the next tick. */
Server.prototype._listen2 = function(address, port, addressType, backlog, fd, flags) {
  this._connectionKey = address === null && addressType === 4 ? `6::::${port}` : `${addressType}:${address}:${port}`;
  if (this._handle === null) {
    const handle = new ListenerHandle();
    debug?.('SERVER listen: %s %s', address, port);
    const errno = listenOn(handle, address, port, addressType, backlog || BACKLOG, fd, flags ?? 0);
    if (errno < 0) {
      handle.close();
      const error = uvExceptionWithHostPort(errno, 'listen', address ?? (fd >= 0 ? null : '::'), port);
      nextTick(() => this.emit('error', error));
      return;
    }
    this._handle = handle;
    if (typeof address === 'string' && addressType === -1) this._pipeName = address;
  }
  this._adoptListener(this._handle);
  if (this._unref) this.unref();
  nextTick(() => {
    if (this._handle) this.emit('listening');
  });
};

function listenOn(handle, address, port, addressType, backlog, fd, flags) {
  if (typeof fd === 'number' && fd >= 0) return handle.listenDescriptor(fd, backlog);
  if (addressType === -1) return handle.listenPath(address, backlog);
  if (address) return handle.listen(address, port, backlog, flags);
  // All addresses of both families, or of one where the other is not there.
  const errno = handle.listen('::', port, backlog, flags);
  const isAbsent = errno < 0 && ['EINVAL', 'EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(native('errors').systemErrorName(errno));
  return isAbsent ? handle.listen('0.0.0.0', port, backlog, flags) : errno;
}

/** Has connections come to the server. */
Server.prototype._adoptListener = function(handle) {
  handle.onconnection = (errno, client) => onConnection(this, errno, client);
  handle.owner = this;
};

function onConnection(server, errno, handle) {
  debug?.('SERVER connection: %d', errno);
  if (errno < 0) {
    server.emit('error', errnoException(errno, 'accept'));
    return;
  }
  if (server.maxConnections != null && server._connections >= server.maxConnections) {
    const data = { ...handle.localAddress(), ...dropData(handle) };
    handle.close();
    server.emit('drop', data);
    return;
  }
  if (server.blockList) {
    const { address, family } = handle.remoteAddress() ?? {};
    if (address !== undefined && server.blockList.check(address, family.toLowerCase())) {
      handle.close();
      return;
    }
  }
  const socket = new Socket({
    handle,
    allowHalfOpen: server.allowHalfOpen,
    pauseOnCreate: server.pauseOnConnect,
    readable: true,
    writable: true,
    noDelay: server.noDelay,
    keepAlive: server.keepAlive,
    keepAliveInitialDelay: server.keepAliveInitialDelay * 1000,
    readableHighWaterMark: server.highWaterMark,
    writableHighWaterMark: server.highWaterMark,
  });
  if (server.pauseOnConnect) socket.pause();
  server._connections++;
  socket.server = server;
  socket._server = server;
  socket[kServer] = server;
  server.emit('connection', socket);
}

function dropData(handle) {
  const local = handle.localAddress() ?? {};
  const remote = handle.remoteAddress() ?? {};
  return {
    localAddress: local.address,
    localPort: local.port,
    localFamily: local.family,
    remoteAddress: remote.address,
    remotePort: remote.port,
    remoteFamily: remote.family,
  };
}

// ---------------------------------------------------------------------------
// The state of a server, and its end
// ---------------------------------------------------------------------------

Object.defineProperty(Server.prototype, 'listening', {
  configurable: true,
  enumerable: true,
  get() { return Boolean(this._handle); },
});

Server.prototype.address = function() {
  if (this._pipeName && this._handle) return this._pipeName;
  return this._handle ? this._handle.localAddress() ?? null : null;
};

Server.prototype.getConnections = function(callback) {
  validateFunction(callback, 'callback');
  nextTick(callback, null, this._connections);
  return this;
};

Server.prototype.close = function(callback) {
  debug?.('SERVER close');
  if (typeof callback === 'function') {
    if (!this._handle) {
      this.once('close', () => callback(new ERR_SERVER_NOT_RUNNING()));
    } else {
      this.once('close', callback);
    }
  }
  if (this._handle) {
    this._handle.close();
    this._handle = null;
  }
  this._emitCloseIfDrained();
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  if (!this._handle) return;
  await new Promise((resolve, reject) => {
    this.close((error) => (error ? reject(error) : resolve()));
  });
};

Server.prototype._emitCloseIfDrained = function() {
  if (this._handle || this._connections > 0) return;
  debug?.('SERVER closed');
  nextTick(() => this.emit('close'));
};

Server.prototype.ref = function() {
  this._unref = false;
  this._handle?.ref();
  return this;
};

Server.prototype.unref = function() {
  this._unref = true;
  this._handle?.unref();
  return this;
};

Server.prototype._setupWorker = function(socketList) {
  this._usingWorkers = true;
  this._workers.push(socketList);
};

Server.prototype[EventEmitter.captureRejectionSymbol] = function(error, event, socket) {
  if (event === 'connection') socket.destroy(error);
  else this.emit('error', error);
};

/** `net.createServer` */
function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

module.exports = { Server, createServer };
