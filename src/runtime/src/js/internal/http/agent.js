'use strict';

// `http.Agent`: connections that are kept and used again.
// https://nodejs.org/api/http.html#class-httpagent

const EventEmitter = require('events');
const net = require('net');
const { validateNumber, validateOneOf, validateString } = require('internal/validators');

const debug = require('internal/util/trace')('http');

const kOnKeylog = Symbol('onkeylog');
const kRequestOptions = Symbol('requestOptions');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = { __proto__: null, ...options };
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  // A Unix socket's path is no property that connections share.
  this.options.path = null;
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  this.agentKeepAliveTimeoutBuffer =
    Number.isFinite(this.options.agentKeepAliveTimeoutBuffer) && this.options.agentKeepAliveTimeoutBuffer >= 0 ?
      this.options.agentKeepAliveTimeoutBuffer : 1000;
  this.defaultPort = this.options.defaultPort || 80;
  this.protocol = this.options.protocol || 'http:';
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets !== undefined) {
    validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  } else {
    this.maxTotalSockets = Infinity;
  }
  this.on('free', (socket, options) => onFree(this, socket, options));
  this.on('newListener', maybeEnableKeylog);
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;

function maybeEnableKeylog(event) {
  if (event !== 'keylog') return;
  this.removeListener('newListener', maybeEnableKeylog);
  this[kOnKeylog] = (line, socket) => this.emit('keylog', line, socket);
}

Agent.prototype.createConnection = function(...args) {
  return net.createConnection(...args);
};

/** The name under which connections are kept that can serve the same requests. */
Agent.prototype.getName = function(options = {}) {
  let name = options.host || 'localhost';
  name += ':';
  if (options.port) name += options.port;
  name += ':';
  if (options.localAddress) name += options.localAddress;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

Agent.prototype.addRequest = function(request, options, port, localAddress) {
  if (typeof options === 'string') options = { __proto__: null, host: options, port, localAddress };
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, request);
  const name = this.getName(options);
  this.sockets[name] ??= [];
  const free = this.freeSockets[name];
  let socket;
  if (free) {
    while (free.length > 0 && free[0].destroyed) free.shift();
    socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (free.length === 0) delete this.freeSockets[name];
  }
  const count = (free ? free.length : 0) + this.sockets[name].length;
  if (socket) {
    socket._httpMessage = null;
    debug?.('AGENT a free socket is used: %s', name);
    this.reuseSocket(socket, request);
    assign(this, request, socket);
    this.sockets[name].push(socket);
  } else if (count < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(request, options, (error, created) => {
      if (error) request.onSocket(null, error);
      else assign(this, request, created);
    });
  } else {
    debug?.('AGENT request has to wait: %s', name);
    this.requests[name] ??= [];
    request[kRequestOptions] = options;
    this.requests[name].push(request);
  }
};

Agent.prototype.createSocket = function(request, options, callback) {
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, request);
  const timeout = request.timeout || this.options.timeout || undefined;
  if (timeout) options.timeout = timeout;
  const name = this.getName(options);
  options._agentKey = name;
  debug?.('AGENT new socket: %s', name);
  options.encoding = null;
  // An abstraction over connections may give one twice, or none.
  let called = false;
  const created = (error, socket) => {
    if (called) return;
    called = true;
    if (error) {
      callback(error);
      return;
    }
    this.sockets[name] ??= [];
    this.sockets[name].push(socket);
    this.totalSocketCount++;
    installListeners(this, socket, options);
    callback(null, socket);
  };
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  const socket = this.createConnection(options, created);
  if (socket) created(null, socket);
};

function normalizeServerName(options, request) {
  if (options.servername || options.servername === '') return;
  let { host } = options;
  const header = request.getHeader('host');
  if (header) {
    validateString(header, 'options.headers.host');
    host = header[0] === '[' ? header.slice(1, Math.max(header.indexOf(']'), 1)) : header.split(':', 1)[0];
  }
  options.servername = host && net.isIP(host) ? '' : host;
}

function assign(agent, request, socket) {
  request.onSocket(socket);
  const usual = agent.options.timeout || 0;
  if (request.timeout === undefined || request.timeout === usual) return;
  socket.setTimeout(request.timeout);
}

function installListeners(agent, socket, options) {
  const onFreeSocket = () => agent.emit('free', socket, options);
  const onClose = () => {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
  };
  const onTimeout = () => {
    // One that is idle is not kept for longer than that.
    for (const name of Object.keys(agent.freeSockets)) {
      if (agent.freeSockets[name].includes(socket)) {
        socket.destroy();
        return;
      }
    }
  };
  const onRemove = () => {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onFreeSocket);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  };
  socket.on('free', onFreeSocket);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
  if (agent[kOnKeylog]) socket.on('keylog', agent[kOnKeylog]);
}

function onFree(agent, socket, options) {
  const name = agent.getName(options);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = agent.requests[name];
  if (waiting?.length > 0) {
    const request = waiting.shift();
    agent.reuseSocket(socket, request);
    assign(agent, request, socket);
    if (waiting.length === 0) delete agent.requests[name];
    return;
  }
  // One that is not kept is at its end.
  const request = socket._httpMessage;
  if (!request?.shouldKeepAlive || !agent.keepAlive) {
    socket.destroy();
    return;
  }
  const free = agent.freeSockets[name] ?? [];
  const count = free.length + (agent.sockets[name]?.length ?? 0);
  if (agent.totalSocketCount > agent.maxTotalSockets || count > agent.maxSockets ||
      free.length >= agent.maxFreeSockets || !agent.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  agent.freeSockets[name] = free;
  socket._httpMessage = null;
  agent.removeSocket(socket, options);
  socket.once('error', ignoreError);
  free.push(socket);
}

function ignoreError() {
  // It is closed, which takes it off the list.
}

Agent.prototype.removeSocket = function(socket, options) {
  const name = this.getName(options);
  const sets = [this.sockets];
  // One that works may still be among the free ones.
  if (!socket.writable) sets.push(this.freeSockets);
  for (const sockets of sets) {
    const list = sockets[name];
    const at = list ? list.indexOf(socket) : -1;
    if (at < 0) continue;
    list.splice(at, 1);
    if (list.length === 0) delete sockets[name];
  }
  let request;
  if (this.requests[name]?.length > 0) {
    request = this.requests[name][0];
  } else {
    for (const other of Object.keys(this.requests)) {
      if (!this.sockets[other] || this.sockets[other].length === 0) {
        request = this.requests[other]?.[0];
        if (request) break;
      }
    }
  }
  if (request) {
    const wanted = request[kRequestOptions] ?? options;
    const key = this.getName(wanted);
    const open = (this.sockets[key]?.length ?? 0) + (this.freeSockets[key]?.length ?? 0);
    if (open >= this.maxSockets) return;
    this.createSocket(request, wanted, (error, created) => {
      if (error) request.onSocket(null, error);
      else created.emit('free');
    });
  }
};

Agent.prototype.keepSocketAlive = function(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let timeout = this.options.timeout || 0;
  const hint = socket._httpMessage?.res?.headers['keep-alive'];
  if (hint) {
    const seconds = /^timeout=(\d+)/.exec(hint)?.[1];
    if (seconds) {
      // The server's clock may run ahead.
      const limit = seconds * 1000 - this.agentKeepAliveTimeoutBuffer;
      if (limit <= 0) return false;
      if (timeout === 0 || limit < timeout) timeout = limit;
    }
  }
  if (socket.timeout !== timeout) socket.setTimeout(timeout);
  return true;
};

Agent.prototype.reuseSocket = function(socket, request) {
  socket.removeListener('error', ignoreError);
  request.reusedSocket = true;
  socket.ref();
};

Agent.prototype.destroy = function() {
  for (const set of [this.freeSockets, this.sockets]) {
    for (const name of Object.keys(set)) {
      for (const socket of [...set[name]]) socket.destroy();
    }
  }
};


module.exports = {
  Agent,
  globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }),
};
