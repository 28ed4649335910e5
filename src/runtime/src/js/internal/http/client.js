'use strict';

// `http.ClientRequest`: https://nodejs.org/api/http.html#class-httpclientrequest
//
// A request is written to a stream, which an agent gives it; what comes back goes through
// the native half's parser.

const net = require('net');
const { Buffer } = require('buffer');
const { AbortError, codes } = require('internal/errors');
const { validateBoolean, validateInteger, validateAbortSignal } = require('internal/validators');
const channels = require('internal/http/channels');
const common = require('internal/http/common');
const { IncomingMessage, receiveBody, receiveEnd, kHead } = require('internal/http/incoming');
const { OutgoingMessage, flatFields, kErrored, kNeedDrain, kSocket } = require('internal/http/outgoing');
const { Agent } = require('internal/http/agent');
const debug = require('internal/util/trace')('http');
const { ResponseParser } = native('http');
const { nextTick } = native('process');

const {
  ERR_HTTP_HEADERS_SENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_HTTP_TOKEN, ERR_INVALID_PROTOCOL, ERR_UNESCAPED_CHARACTERS,
} = codes;

/** What the native half says of a response (`response_parser.rs`). */
const IS_1_1 = 1;
const KEEPS_ALIVE = 1 << 1;
const WANTS_UPGRADE = 1 << 2;

/** Methods whose requests have no body unless there is one. */
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

const UNESCAPED = /[^!-ÿ]/;

const kError = Symbol('error');
const kIsReceived = Symbol('received');
const kParser = Symbol('parser');
const kPath = Symbol('path');

function ClientRequest(input, options, callback) {
  OutgoingMessage.call(this);
  if (typeof input === 'string') {
    input = require('url').urlToHttpOptions(new URL(input));
  } else if (isURL(input)) {
    input = require('url').urlToHttpOptions(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }
  options = { __proto__: null, ...options };

  let { agent } = options;
  const defaultAgent = options._defaultAgent || require('http').globalAgent;
  if (agent === false) {
    agent = new defaultAgent.constructor();
  } else if (agent === null || agent === undefined) {
    agent = typeof options.createConnection === 'function' ? undefined : defaultAgent;
  } else if (typeof agent.addRequest !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  this.agent = agent;

  const protocol = options.protocol || defaultAgent.protocol;
  const expected = this.agent?.protocol || defaultAgent.protocol;
  if (options.path) checkPath(String(options.path));
  if (protocol !== expected) throw new ERR_INVALID_PROTOCOL(protocol, expected);

  const defaultPort = options.defaultPort || this.agent?.defaultPort;
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = validateHost(options.hostname, 'hostname') || validateHost(options.host, 'host') || 'localhost';
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : options.setDefaultHeaders !== false;

  this._removedConnection = options.setDefaultHeaders === false;
  this._removedContLen = options.setDefaultHeaders === false;
  this._removedTE = options.setDefaultHeaders === false;

  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = require('internal/timers').timerDuration(options.timeout, 'timeout');
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');

  let { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (method) {
    if (!common.isToken(method)) throw new ERR_INVALID_HTTP_TOKEN('Method', method);
    method = this.method = method.toUpperCase();
  } else {
    method = this.method = 'GET';
  }

  const { maxHeaderSize, insecureHTTPParser } = options;
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  this.maxHeaderSize = maxHeaderSize;
  if (insecureHTTPParser !== undefined) validateBoolean(insecureHTTPParser, 'options.insecureHTTPParser');
  this.insecureHTTPParser = insecureHTTPParser;
  if (options.joinDuplicateHeaders !== undefined) validateBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;

  this.path = options.path || '/';
  if (callback) this.once('response', callback);

  if (WITHOUT_BODY.has(method)) this.useChunkedEncodingByDefault = false;

  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  this[kError] = null;

  if (this.agent) {
    // One that is not kept alive, and not shared, is closed after the request.
    if (!this.agent.keepAlive && !Number.isFinite(this.agent.maxSockets)) {
      this._last = true;
      this.shouldKeepAlive = false;
    } else {
      this._last = false;
      this.shouldKeepAlive = true;
    }
  }

  const isArray = Array.isArray(options.headers);
  if (!isArray) {
    if (options.headers) for (const name of Object.keys(options.headers)) this.setHeader(name, options.headers[name]);
    if (host && !this.getHeader('host') && setHost) this.setHeader('Host', hostHeader(host, port, defaultPort));
    if (options.auth && !this.getHeader('Authorization')) {
      this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    }
    if (this.getHeader('expect')) {
      if (this._header) throw new ERR_HTTP_HEADERS_SENT('render');
      this._storeHeader(firstLine(this), flatFields(this));
    }
  } else {
    let fields = options.headers;
    const pairs = fields.length > 0 && Array.isArray(fields[0]);
    const names = pairs ? fields.map(([name]) => name) : fields.filter((_, index) => index % 2 === 0);
    if (setHost && !names.some((name) => String(name).toLowerCase() === 'host')) {
      const header = hostHeader(host, port, defaultPort);
      fields = pairs ? [...fields, ['Host', header]] : [...fields, 'Host', header];
    }
    this._storeHeader(firstLine(this), fields);
  }

  this[kUniqueHeaders] = options.uniqueHeaders;

  if (options.signal) listenToSignal(this, options.signal);
  // The connection is not the request's alone.
  delete options.signal;

  // A request may be given a socket in the same tick.
  if (this.agent) {
    this.agent.addRequest(this, { ...options, host, port, path: options.path, socketPath: this.socketPath });
  } else {
    this._last = true;
    this.shouldKeepAlive = false;
    let connectOptions = options;
    if (this.socketPath) connectOptions = { ...options, path: this.socketPath };
    else connectOptions = { ...options, path: undefined };
    if (!this.socketPath) delete connectOptions.path;
    if (typeof options.createConnection === 'function') {
      let called = false;
      const onCreate = (error, socket) => {
        if (called) return;
        called = true;
        if (error) nextTick(() => emitError(this, error));
        else this.onSocket(socket);
      };
      try {
        const socket = options.createConnection(connectOptions, onCreate);
        if (socket) onCreate(null, socket);
      } catch (error) {
        onCreate(error);
      }
    } else {
      this.onSocket(net.createConnection(connectOptions));
    }
  }
  const { onClientRequestCreated } = channels;
  if (onClientRequestCreated.hasSubscribers) onClientRequestCreated.publish({ request: this });
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

const kUniqueHeaders = Symbol('kUniqueHeaders');

/** What would end the first line early must not get there. */
function checkPath(path) {
  if (UNESCAPED.test(path)) throw new ERR_UNESCAPED_CHARACTERS('Request path');
}

Object.defineProperty(ClientRequest.prototype, 'path', {
  configurable: true,
  enumerable: true,
  get() { return this[kPath]; },
  set(path) {
    const text = String(path);
    checkPath(text);
    this[kPath] = text;
  },
});

function isURL(value) {
  return value !== null && typeof value === 'object' && typeof value.href === 'string' &&
    typeof value.protocol === 'string' && value.auth === undefined && value.path === undefined;
}

function validateHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

/** The value of `Host`: an IPv6 address in brackets, and the port unless it is the usual one. */
function hostHeader(host, port, defaultPort) {
  let header = host;
  const colon = header.indexOf(':');
  if (colon !== -1 && header.includes(':', colon + 1) && header[0] !== '[') header = `[${header}]`;
  if (port && +port !== defaultPort) header += `:${port}`;
  return header;
}

function firstLine(request) {
  return `${request.method} ${request.path} HTTP/1.1\r\n`;
}

function listenToSignal(request, signal) {
  const abort = () => request.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) {
    abort();
    return;
  }
  signal.addEventListener('abort', abort, { once: true });
  request.once('close', () => signal.removeEventListener('abort', abort));
}

ClientRequest.prototype._implicitHeader = function() {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(firstLine(this), flatFields(this));
};

ClientRequest.prototype._finish = function() {
  OutgoingMessage.prototype._finish.call(this);
  const { onClientRequestStart } = channels;
  if (onClientRequestStart.hasSubscribers) onClientRequestStart.publish({ request: this });
};

// ---------------------------------------------------------------------------
// The end
// ---------------------------------------------------------------------------

ClientRequest.prototype.abort = function() {
  if (this.aborted) return;
  this.aborted = true;
  nextTick(() => this.emit('abort'));
  this.destroy();
};

ClientRequest.prototype.destroy = function(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  // What has come of a response is not read on.
  this.res?._dump();
  this[kError] = error;
  // Whoever waits for a socket is told when there is one.
  this[kSocket]?.destroy(error);
  return this;
};

/** The request is over before it has had a socket. */
function closeWithout(request, error) {
  if (!request.aborted && !error) error = hangUp();
  if (error) emitError(request, error);
  request._closed = true;
  request.emit('close');
}

function emitError(request, error) {
  debug?.('CLIENT error: %s %s: %s', request.method, request.path, error.message);
  request[kErrored] = error;
  const { onClientRequestError } = channels;
  if (onClientRequestError.hasSubscribers) onClientRequestError.publish({ request, error });
  request.emit('error', error);
}

function hangUp(message = 'socket hang up') {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
}

// ---------------------------------------------------------------------------
// The socket
// ---------------------------------------------------------------------------

ClientRequest.prototype.onSocket = function(socket, error) {
  nextTick(onSocketNT, this, socket, error);
};

function onSocketNT(request, socket, error) {
  if (request.destroyed || error) {
    request.destroyed = true;
    const reason = error || request[kError];
    if (!socket) {
      closeWithout(request, reason);
    } else if (!error && request.agent && !socket.destroyed) {
      socket.emit('free');
      closeWithout(request, reason);
    } else {
      const { finished } = require('stream');
      finished(socket.destroy(reason), (failure) => {
        if (failure?.code === 'ERR_STREAM_PREMATURE_CLOSE') failure = null;
        closeWithout(request, failure || error);
      });
    }
    return;
  }
  adopt(request, socket);
  request._flush();
}

function adopt(request, socket) {
  debug?.('CLIENT request has a socket: %s %s', request.method, request.path);
  const isLenient = request.insecureHTTPParser ?? common.isLenientByDefault();
  const parser = new ResponseParser(request.maxHeaderSize || common.maxHeaderSize(), isLenient);
  parser.skipBody(request.method === 'HEAD');
  request.socket = socket;
  request.parser = { incoming: null, socket, outgoing: request, native: parser };
  socket._httpMessage = request;
  socket.parser = request.parser;
  socket[kParser] = parser;
  socket.on('error', onSocketError);
  socket.on('data', onSocketData);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  socket.on('drain', onSocketDrain);
  if (request.timeout !== undefined || request.agent?.options?.timeout) listenToTimeout(request);
  request.emit('socket', socket);
}

/** The socket gives its data to nobody any more. */
function stopParsing(socket) {
  socket.removeListener('data', onSocketData);
  socket.removeListener('end', onSocketEnd);
  socket.removeListener('drain', onSocketDrain);
}

/** The parser is done with its socket. */
function freeParser(request, socket) {
  if (request) request.parser = null;
  socket.parser = null;
  socket[kParser] = null;
}

function onSocketDrain() {
  const request = this._httpMessage;
  if (request?.[kNeedDrain]) {
    request[kNeedDrain] = false;
    request.emit('drain');
  }
}

function onSocketError(error) {
  const request = this._httpMessage;
  if (request) {
    this._hadError = true;
    emitError(request, error);
  }
  if (this[kParser]) {
    this[kParser].finish();
    freeParser(request, this);
  }
  stopParsing(this);
  this.destroy();
}

function onSocketEnd() {
  const request = this._httpMessage;
  const parser = this[kParser];
  if (!request.res && !this._hadError) {
    this._hadError = true;
    emitError(request, hangUp());
  }
  if (parser) {
    endOfInput(request, parser);
    freeParser(request, this);
  }
  this.end();
}

/** The end of the connection may be that of the response. */
function endOfInput(request, parser) {
  if (parser.finish() === true && request?.res) finishResponse(request, []);
}

function onSocketClose() {
  debug?.('CLIENT socket closed');
  const request = this._httpMessage;
  const parser = this[kParser];
  // What has come and was not taken yet.
  this.read();
  if (!request) return;
  request.destroyed = true;
  const { res } = request;
  if (res) {
    if (!res.complete && parser) endOfInput(request, parser);
    if (!res.complete) res.destroy(hangUp('aborted'));
    request._closed = true;
    request.emit('close');
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!this._hadError) {
      this._hadError = true;
      emitError(request, hangUp());
    }
    request._closed = true;
    request.emit('close');
  }
  if (request.outputData) request.outputData.length = 0;
  if (parser) freeParser(request, this);
}

function onSocketData(chunk) {
  const request = this._httpMessage;
  const parser = this[kParser];
  if (!request || !parser) return;
  const result = parser.execute(chunk, (event, ...args) => onEvent(request, this, event, args));
  if (Array.isArray(result)) {
    const error = parseError(result, chunk);
    freeParser(request, this);
    stopParsing(this);
    this.destroy();
    this._hadError = true;
    emitError(request, error);
    return;
  }
  const incoming = request.parser?.incoming;
  if (incoming?.upgrade) {
    handOver(request, this, chunk.subarray(result));
  } else if (incoming?.complete && this[kParser] === parser) {
    // What a server sends that was not asked for stays where it is.
    stopParsing(this);
    freeParser(request, this);
  }
}

function parseError([code, reason], packet) {
  const error = new Error(`Parse Error: ${reason}`);
  error.bytesParsed = 0;
  error.code = code;
  error.reason = reason;
  error.rawPacket = packet;
  return error;
}

/** What the parser has found; false ends its work. */
function onEvent(request, socket, event, [first, status, reason, flags]) {
  if (event === 'head') return onHead(request, socket, first, status, reason, flags);
  const { res } = request;
  if (event === 'body') {
    if (res && !receiveBody(res, first)) socket.pause();
    return true;
  }
  if (res) finishResponse(request, first);
  return !request.parser?.incoming?.upgrade;
}

function onHead(request, socket, head, status, reason, flags) {
  debug?.('CLIENT response: %d %s %s', status, request.method, request.path);
  if (request.res !== null) {
    // A server that answers what it was not asked is not to be trusted.
    socket.destroy();
    return false;
  }
  const response = new IncomingMessage(socket);
  response[kHead] = head;
  response.rawHeaders = null;
  response.httpVersionMajor = 1;
  response.httpVersionMinor = flags & IS_1_1;
  response.httpVersion = (flags & IS_1_1) !== 0 ? '1.1' : '1.0';
  response.statusCode = status;
  response.statusMessage = reason;
  response.upgrade = false;
  const most = request.maxHeadersCount;
  if (typeof most === 'number' && most > 0) response.rawHeaders = response.rawHeaders.slice(0, most * 2);
  if (request.joinDuplicateHeaders) response.joinDuplicateHeaders = true;
  if (socket.parser) socket.parser.incoming = response;

  if (request.method === 'CONNECT' || status === 101 && (flags & WANTS_UPGRADE) !== 0) {
    response.upgrade = true;
    request.res = response;
    request.parser?.native.handOver();
    return true;
  }
  if (status < 200) {
    // Something that comes before the response.
    if (socket.parser) socket.parser.incoming = null;
    if (status === 100) request.emit('continue');
    request.emit('information', {
      statusCode: status,
      statusMessage: reason,
      httpVersion: response.httpVersion,
      httpVersionMajor: 1,
      httpVersionMinor: response.httpVersionMinor,
      headers: response.headers,
      rawHeaders: response.rawHeaders,
    });
    return true;
  }
  if (request.shouldKeepAlive && (flags & KEEPS_ALIVE) === 0 && !request.upgradeOrConnect) {
    request.shouldKeepAlive = false;
  }
  request.res = response;
  response.req = request;
  response.on('end', onResponseEnd);
  request.on('finish', onRequestFinish);
  socket.on('timeout', onResponseTimeout);
  response._read = function() {
    this._consuming = true;
    socket.resume();
  };
  const { onClientResponseFinish } = channels;
  if (onClientResponseFinish.hasSubscribers) onClientResponseFinish.publish({ request, response });
  if (request.aborted || !request.emit('response', response)) response._dump();
  if (status === 304 && request.method !== 'HEAD') response.complete = true;
  return true;
}

/** The response has come to its end. */
function finishResponse(request, trailers) {
  const { res } = request;
  if (res.upgrade || res[kIsReceived]) return;
  res[kIsReceived] = true;
  receiveEnd(res, trailers);
}

/** Hands the connection to whoever has asked for another protocol. */
function handOver(request, socket, head) {
  const { res } = request;
  const event = request.method === 'CONNECT' ? 'connect' : 'upgrade';
  freeParser(request, socket);
  stopParsing(socket);
  if (request.timeoutCb) socket.removeListener('timeout', request.timeoutCb);
  socket.removeListener('timeout', onResponseTimeout);
  res.complete = true;
  if (request.listenerCount(event) === 0) {
    // Nobody can deal with it.
    socket.destroy();
    return;
  }
  request.upgradeOrConnect = true;
  socket.emit('agentRemove');
  socket.removeListener('close', onSocketClose);
  socket.removeListener('error', onSocketError);
  socket._httpMessage = null;
  socket._readableState.flowing = null;
  request.emit(event, res, socket, head);
  request.destroyed = true;
  request._closed = true;
  request.emit('close');
}

function onResponseEnd() {
  const { req: request } = this;
  const { [kSocket]: socket } = request;
  if (socket) {
    if (request.timeoutCb) socket.removeListener('timeout', emitRequestTimeout);
    socket.removeListener('timeout', onResponseTimeout);
  }
  request._ended = true;
  if (!request.shouldKeepAlive) {
    if (socket?.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
  } else if (request.writableFinished && !this.aborted) {
    responseKeepAlive(request);
  }
}

function onRequestFinish() {
  if (this.shouldKeepAlive && this._ended) responseKeepAlive(this);
}

function onResponseTimeout() {
  this._httpMessage?.res?.emit('timeout');
}

/** Gives the connection back to the agent. */
function responseKeepAlive(request) {
  const { [kSocket]: socket } = request;
  if (request.timeoutCb) {
    socket.setTimeout(0, request.timeoutCb);
    request.timeoutCb = null;
  }
  socket.removeListener('error', onSocketError);
  socket.removeListener('close', onSocketClose);
  stopParsing(socket);
  freeParser(request, socket);
  nextTick(() => {
    request._closed = true;
    request.emit('close');
    request[kSocket]?.emit('free');
  });
  request.destroyed = true;
  // Whoever destroys the response from now on does not mean the socket, which is another's.
  if (request.res) request.res.socket = null;
}

// ---------------------------------------------------------------------------
// Time, and options of the connection
// ---------------------------------------------------------------------------

function emitRequestTimeout() {
  this._httpMessage?.emit('timeout');
}

/** Has the request tell of the time that its socket has been silent. */
function listenToTimeout(request) {
  if (request.timeoutCb) return;
  request.timeoutCb = emitRequestTimeout;
  if (request[kSocket]) request[kSocket].once('timeout', emitRequestTimeout);
  else request.on('socket', (socket) => socket.once('timeout', emitRequestTimeout));
}

ClientRequest.prototype._deferToConnect = function(method, args) {
  const callMethod = () => {
    if (method) Reflect.apply(this[kSocket][method], this[kSocket], args);
  };
  const onSocket = () => {
    if (!this[kSocket].connecting) callMethod();
    else this[kSocket].once('connect', callMethod);
  };
  if (!this[kSocket]) this.once('socket', onSocket);
  else onSocket();
};

ClientRequest.prototype.setTimeout = function(milliseconds, callback) {
  if (this._ended) return this;
  listenToTimeout(this);
  const duration = require('internal/timers').timerDuration(milliseconds, 'msecs');
  if (callback) this.once('timeout', callback);
  if (this[kSocket]) setSocketTimeout(this[kSocket], duration);
  else this.once('socket', (socket) => setSocketTimeout(socket, duration));
  return this;
};

function setSocketTimeout(socket, duration) {
  if (socket.connecting) socket.once('connect', () => socket.setTimeout(duration));
  else socket.setTimeout(duration);
}

ClientRequest.prototype.clearTimeout = function(callback) {
  this.setTimeout(0, callback);
};

ClientRequest.prototype.setNoDelay = function(noDelay) {
  this._deferToConnect('setNoDelay', [noDelay]);
};

ClientRequest.prototype.setSocketKeepAlive = function(enable, initialDelay) {
  this._deferToConnect('setKeepAlive', [enable, initialDelay]);
};

module.exports = { Agent, ClientRequest };
