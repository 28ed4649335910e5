'use strict';

// `http.Server` and `http.ServerResponse`.
// https://nodejs.org/api/http.html#class-httpserver
//
// Connections, requests and responses are the native half's. A request comes with a
// `connection`, an object of that half; a `net.Socket` for it is made when somebody asks.
// Streams of the program's that are emitted as connections go the same way.

const EventEmitter = require('events');
const net = require('net');
const { attach, kBeforeWrite, Socket } = require('internal/net/socket');
const { Buffer } = require('buffer');
const { codes, errnoException } = require('internal/errors');
const { validateBoolean, validateInteger, validateObject, validateFunction } = require('internal/validators');
const { onServerRequestStart, onServerResponseCreated, onServerResponseFinish } = require('internal/http/channels');
const common = require('internal/http/common');
const {
  IncomingMessage, adoptRequest, hasState, kHead, receiveBody, receiveEnd,
} = require('internal/http/incoming');
const outgoing = require('internal/http/outgoing');
const http = native('http');
const debug = require('internal/util/trace')('http');
const { nextTick } = native('process');

const {
  OutgoingMessage, callEndCallbacks, corkForTurn, factsOf, flatFields, kChunkLength, kCorked, kEndCallbacks, kErrored,
  kFinished, kNeedDrain, kOutHeaders, kSocket, prepareNatively, settle,
} = outgoing;
const { keep, takeTurn, wait } = require('internal/http/pipeline');
const { STATUS_CODES, isLatin1, throwForFields } = common;
const {
  ERR_HTTP_HEADERS_SENT, ERR_HTTP_INVALID_STATUS_CODE, ERR_HTTP_REQUEST_TIMEOUT, ERR_HTTP_SOCKET_ASSIGNED,
  ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_CHAR, ERR_OUT_OF_RANGE,
} = codes;

const kServerResponse = Symbol('ServerResponse');
const kIncomingMessage = Symbol('IncomingMessage');
const kNative = Symbol('native server');
const kIsNative = Symbol('is native');
/** It was ended when its connection broke. */
const kIsCanceled = Symbol('is canceled');

/** What the native half says of a request (`server.rs`). */
const KEEPS_ALIVE = 1 << 1;
const WANTS_UPGRADE = 1 << 2;
const EXPECTS_CONTINUE = 1 << 3;
const EXPECTS_OTHER = 1 << 4;
const LACKS_HOST = 1 << 6;
const IS_COUNTED = 1 << 7;

// ---------------------------------------------------------------------------
// Responses
// ---------------------------------------------------------------------------

function ServerResponse(req, options) {
  // What is written natively needs little of an outgoing message.
  if (options?.[kIsNative]) prepareNatively(this, options);
  else OutgoingMessage.call(this, options);
  if (req.method === 'HEAD') this._hasBody = false;
  this.req = req;
  this._native = null;
  if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = /chunked/i.test(req.headers.te);
    this.shouldKeepAlive = false;
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

/** The connection of the native half that writes it, as long as it is being written. */
ServerResponse.prototype._native = null;
/** The one for which it waits, as long as others before it are being written. */
ServerResponse.prototype._waitsFor = null;
ServerResponse.prototype._settled = 0;
ServerResponse.prototype.sendDate = true;
ServerResponse.prototype._sent100 = false;
ServerResponse.prototype._expect_continue = false;
ServerResponse.prototype._maxRequestsPerSocket = 0;
ServerResponse.prototype.statusCode = 200;
ServerResponse.prototype.statusMessage = undefined;

function getter(name, get, set) {
  Object.defineProperty(ServerResponse.prototype, name, { configurable: true, enumerable: false, get, set });
}

getter('socket', function() {
  if (this[kSocket] === null && this._native !== null) this[kSocket] = socketOf(this._native);
  return this[kSocket];
}, function(socket) {
  this[kSocket] = socket;
});
getter('writableFinished', function() {
  if (this._native !== null) return false;
  return this.finished && (this._closed || this.outputSize === 0 && (!this[kSocket] || this[kSocket].writableLength === 0));
});
getter('writableLength', function() {
  if (this._native !== null) return this._native.queued(this.finished);
  return this.outputSize + this[kChunkLength] + (this[kSocket]?.writableLength ?? 0);
});
getter('writableHighWaterMark', function() {
  return this[outgoing.kHighWaterMark] ?? 64 * 1024;
});

ServerResponse.prototype.assignSocket = function(socket) {
  if (socket._httpMessage) throw new ERR_HTTP_SOCKET_ASSIGNED();
  socket._httpMessage = this;
  socket.on('close', onServerResponseClose);
  this.socket = socket;
  this.emit('socket', socket);
  this._flush();
};

function onServerResponseClose() {
  const response = this._httpMessage;
  if (response) {
    response.destroyed = true;
    response._closed = true;
    response.emit('close');
  }
}

ServerResponse.prototype.detachSocket = function(socket) {
  socket.removeListener('close', onServerResponseClose);
  socket._httpMessage = null;
  this.socket = this[kSocket] = null;
};

ServerResponse.prototype.writeContinue = function(callback) {
  this._writeInformation('HTTP/1.1 100 Continue\r\n\r\n', callback);
  this._sent100 = true;
};

ServerResponse.prototype.writeProcessing = function(callback) {
  this._writeInformation('HTTP/1.1 102 Processing\r\n\r\n', callback);
};

ServerResponse.prototype.writeEarlyHints = function(hints, callback) {
  validateObject(hints, 'hints');
  if (hints.link == null) return;
  const link = linkOf(hints.link);
  if (link.length === 0) return;
  let head = `HTTP/1.1 103 Early Hints\r\nLink: ${link}\r\n`;
  for (const name of Object.keys(hints)) {
    if (name.toLowerCase() === 'link') continue;
    common.validateHeaderName(name);
    common.validateHeaderValue(name, hints[name]);
    head += `${name}: ${hints[name]}\r\n`;
  }
  this._writeInformation(`${head}\r\n`, callback);
};

const LINK = /^<[^>\r\n]*>(?:[ \t]*;[ \t]*[^;"\s]+(?:=(?:"[^"\r\n]*"|[^;"\s]*))?)*$/;

/** The value of a `Link` field, checked. */
function linkOf(hints) {
  const message = 'must be an array or string of format "</styles.css>; rel=preload; as=style"';
  const list = Array.isArray(hints) ? hints : [hints];
  for (const link of list) {
    if (typeof link !== 'string' || !LINK.test(link)) throw new ERR_INVALID_ARG_VALUE('hints', link, message);
  }
  return list.join(', ');
}

ServerResponse.prototype.writeInformation = function(status, fields, callback) {
  if (typeof fields === 'function') {
    callback = fields;
    fields = undefined;
  }
  validateInteger(status, 'statusCode', 100, 199);
  if (status === 101) throw new ERR_HTTP_INVALID_STATUS_CODE(status);
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
  for (const name of Object.keys(fields ?? {})) {
    common.validateHeaderName(name);
    common.validateHeaderValue(name, fields[name]);
    head += `${name}: ${fields[name]}\r\n`;
  }
  this._writeInformation(`${head}\r\n`, callback);
};

ServerResponse.prototype._writeInformation = function(text, callback) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('write');
  if (this._native === null) {
    this._writeRaw(text, 'latin1', callback);
    return;
  }
  this._native.writeRaw(text);
  if (typeof callback === 'function') nextTick(callback);
};

ServerResponse.prototype._implicitHeader = function() {
  this.writeHead(this.statusCode);
};

ServerResponse.prototype.writeHead = function(status, reason, fields) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('write');
  const given = status;
  status |= 0;
  if (status < 100 || status > 999) throw new ERR_HTTP_INVALID_STATUS_CODE(given);
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    this.statusMessage ||= STATUS_CODES[status] ?? 'unknown';
    fields ??= reason;
  }
  this.statusCode = status;
  let all = fields;
  if (this[kOutHeaders] !== null) {
    all = withFields(this, fields);
  } else if (Array.isArray(fields)) {
    if (fields.length > 0 && !Array.isArray(fields[0]) && fields.length % 2 !== 0) {
      throw new ERR_INVALID_ARG_VALUE('headers', fields);
    }
  }
  if (status === 204 || status === 304 || status >= 100 && status <= 199) this._hasBody = false;
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  const message = this.statusMessage;
  const firstLine = message === STATUS_CODES[status] ? usualFirstLine(status, message) : checkedFirstLine(status, message);
  const connection = this._native;
  if (connection === null) {
    if (this._waitsFor !== null) storeHead(this, this._waitsFor, message, all);
    else this._storeHeader(firstLine, all);
    return this;
  }
  const settled = connection.writeHead(status, message, all, factsOf(this), this._contentLength ?? -1);
  if (settled < 0) throwForFields(all);
  settle(this, settled);
  this._header = firstLine;
  this._headerSent = true;
  return this;
};

/** Keeps the head of a response that waits. */
function storeHead(response, connection, message, fields) {
  const rendered = connection.renderHead(
    response.statusCode, message, fields, factsOf(response), response._contentLength ?? -1);
  if (rendered === undefined) throwForFields(fields);
  [response._header, response._settled] = rendered;
  settle(response, response._settled);
  response._headerSent = false;
}

ServerResponse.prototype._onPendingData = function(bytes) {
  if (this._waitsFor !== null) keep(this, bytes);
};

const usualFirstLines = new Map();

/** The first line with the reason that goes with a status: one string for all responses. */
function usualFirstLine(status, message) {
  let line = usualFirstLines.get(status);
  if (line === undefined) {
    line = `HTTP/1.1 ${status} ${message}\r\n`;
    usualFirstLines.set(status, line);
  }
  return line;
}

function checkedFirstLine(status, message) {
  if (!http.isFieldValue(message)) throw new ERR_INVALID_CHAR('statusMessage');
  return `HTTP/1.1 ${status} ${message}\r\n`;
}

/** The fields that were set before, and those that come with the head: these win. */
function withFields(response, fields) {
  if (Array.isArray(fields)) {
    const pairs = Array.isArray(fields[0]) ? fields : pairsOf(fields);
    for (const [name] of pairs) response.removeHeader(name);
    for (const [name, value] of pairs) if (name) response.appendHeader(name, value);
  } else if (fields) {
    for (const name of Object.keys(fields)) if (name) response.setHeader(name, fields[name]);
  }
  return flatFields(response);
}

function pairsOf(list) {
  if (list.length % 2 !== 0) throw new ERR_INVALID_ARG_VALUE('headers', list);
  const pairs = [];
  for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
  return pairs;
}

ServerResponse.prototype.writeHeader = ServerResponse.prototype.writeHead;

ServerResponse.prototype._send = function(data, encoding, callback, byteLength) {
  if (this._native === null) return OutgoingMessage.prototype._send.call(this, data, encoding, callback, byteLength);
  if (data.length === 0) {
    this._native.release();
    if (typeof callback === 'function') nextTick(callback);
    return true;
  }
  return this._writeChunk(data, encoding, callback, byteLength);
};

ServerResponse.prototype._writeChunk = function(chunk, encoding, callback, length) {
  const connection = this._native;
  if (connection === null) return OutgoingMessage.prototype._writeChunk.call(this, chunk, encoding, callback, length);
  if (this.chunkedEncoding && this[kCorked] === 0) corkForTurn(this);
  const queued = length === 0 ? connection.queued() : connection.writeBody(payload(chunk, encoding), isLatin1(encoding));
  if (typeof callback === 'function') connection.whenWritten(callback);
  connection.socket?._unrefTimer();
  if (queued < this.writableHighWaterMark) return true;
  connection.wantDrain();
  return false;
};

/** What the native half takes: a buffer, or a string that it encodes by itself. */
function payload(chunk, encoding) {
  if (typeof chunk !== 'string' || !encoding || encoding === 'utf8' || encoding === 'utf-8' || isLatin1(encoding)) {
    return chunk;
  }
  return Buffer.from(chunk, encoding);
}

ServerResponse.prototype.end = function(chunk, encoding, callback) {
  const connection = this._native;
  // The usual end: a text behind a head, and nobody listens.
  if (connection !== null && typeof chunk === 'string' && encoding === undefined && callback === undefined &&
      this._header !== null && !this.finished && this._hasBody && !(this._eventsCount > 0) &&
      !this.strictContentLength && this._trailer === '' && this[kCorked] === 0) {
    this.finished = true;
    connection.endBody(chunk, false, undefined);
    return this;
  }
  return OutgoingMessage.prototype.end.call(this, chunk, encoding, callback);
};

ServerResponse.prototype._endBody = function(chunk, encoding, length) {
  const connection = this._native;
  if (connection === null) {
    OutgoingMessage.prototype._endBody.call(this, chunk, encoding, length);
    return;
  }
  const trailer = this._trailer === '' ? undefined : this._trailer;
  const isObserved = this._eventsCount > 0 || this[kEndCallbacks] !== null;
  connection.endBody(chunk === null ? undefined : payload(chunk, encoding), isLatin1(encoding), trailer, isObserved);
  // At the end of the turn it is written anyway; who listens is told in the next tick.
  if (isObserved) {
    nextTick(flush, connection);
    if (this._events?.prefinish !== undefined) this.emit('prefinish');
  }
};

/** Writes what the program has written in its turn: 'finish' is due before what it waits for next. */
function flush(connection) {
  connection.flush();
}

ServerResponse.prototype._finish = function() {
  if (this._native === null) OutgoingMessage.prototype._finish.call(this);
};

ServerResponse.prototype.cork = function() {
  if (this._native === null) OutgoingMessage.prototype.cork.call(this);
  else this[kCorked]++;
};

ServerResponse.prototype.uncork = function() {
  const connection = this._native;
  if (connection === null) {
    OutgoingMessage.prototype.uncork.call(this);
  } else if (this[kCorked] > 0 && --this[kCorked] === 0) {
    connection.closeChunk();
  }
};

ServerResponse.prototype.destroy = function(error) {
  if (this._native === null || this.destroyed) return OutgoingMessage.prototype.destroy.call(this, error);
  this.destroyed = true;
  this[kErrored] = error;
  const connection = this._native;
  // What has been ended may still go out.
  if (this.finished) {
    nextTick(destroyConnection, connection, error);
  } else {
    this[kSocket] = socketOf(connection);
    this._native = null;
    destroyConnection(connection, error);
  }
  return this;
};

function destroyConnection(connection, error) {
  connection.flush();
  if (connection.socket) connection.socket.destroy(error);
  else connection.close();
}

// ---------------------------------------------------------------------------
// What the native half tells
// ---------------------------------------------------------------------------

/** The functions that the native half calls for one server. */
function hooksOf(server) {
  const Request = server[kIncomingMessage];
  const Response = server[kServerResponse];
  const responseOptions = {
    [kIsNative]: true,
    rejectNonStandardBodyWrites: server.rejectNonStandardBodyWrites,
  };
  return {
    __proto__: null,

    connection(connection) {
      connection.server = server;
      connection.socket = undefined;
      debug?.('SERVER new connection');
      if (server.maxConnections != null && server[kNative].connectionCount() > server.maxConnections) {
        server.emit('drop', dropData(connection));
        return false;
      }
      // Most servers do not ask for sockets.
      if (server._events.connection !== connectionListener || server.timeout > 0) announce(server, connection);
      return connection.isOpen();
    },

    request(connection, head, method, url, traits, number) {
      debug?.('SERVER request %d of its connection: %s %s', number, method, url);
      const req = new Request(connection, head, method, url, traits);
      if (req[kHead] === undefined) adoptRequest(req, connection, head, method, url, traits);
      if (server.maxHeadersCount !== null) limitFields(req, server.maxHeadersCount);
      if (server.joinDuplicateHeaders) req.joinDuplicateHeaders = true;
      const { socket } = connection;
      if (socket !== undefined) socket._unrefTimer();
      if ((traits & WANTS_UPGRADE) !== 0 && upgrade(server, connection, req)) return;
      const res = new Response(req, responseOptions);
      if ((traits & KEEPS_ALIVE) === 0) res.shouldKeepAlive = false;
      if (connection.response === undefined) {
        res._native = connection;
        connection.response = res;
      } else {
        wait(connection, res);
      }
      if (socket !== undefined) {
        if (!socket[kListensForClose]) listenForClose(socket);
        socket._httpMessage = connection.response;
        socket.parser.incoming = req;
      }
      connection.attach(req, res);
      if (onServerResponseCreated._subscribers !== undefined) onServerResponseCreated.publish({ request: req, response: res });
      if (onServerRequestStart._subscribers !== undefined) {
        onServerRequestStart.publish({ request: req, response: res, socket: socketOf(connection), server });
      }
      if ((traits & LACKS_HOST) !== 0 && server.requireHostHeader) {
        res.writeHead(400, ['Connection', 'close']);
        res.end();
        return;
      }
      if ((traits & IS_COUNTED) !== 0) {
        res._maxRequestsPerSocket = server.maxRequestsPerSocket;
        if (number >= server.maxRequestsPerSocket) res.maxRequestsOnConnectionReached = true;
        if (number > server.maxRequestsPerSocket) {
          server.emit('dropRequest', req, req.socket);
          res.writeHead(503);
          res.end();
          return;
        }
      }
      if ((traits & (EXPECTS_CONTINUE | EXPECTS_OTHER)) !== 0) {
        expected(server, req, res, traits);
        return;
      }
      server.emit('request', req, res);
    },

    body(req, bytes) {
      req._native.socket?._unrefTimer();
      return receiveBody(req, bytes);
    },

    inputEnded({ socket }) {
      if (socket && !socket[kForeign] && !socket.destroyed) socket.push(null);
    },

    detached(connection, ahead) {
      connection.onDetached(ahead);
    },

    complete(req, trailers) {
      receiveEnd(req, trailers);
    },

    answered,

    drained(res) {
      if (res[kNeedDrain]) {
        res[kNeedDrain] = false;
        res.emit('drain');
      }
    },

    canceled,

    closed(connection, req, res) {
      debug?.('SERVER connection closed%s', res === undefined ? '' : ' before the response was written');
      const { socket, waiting } = connection;
      connection.response = undefined;
      connection.waiting = undefined;
      if (res !== undefined || waiting?.length > 0) {
        const all = waiting ?? [];
        if (res !== undefined) all.unshift(res);
        for (const each of all) {
          // Who has ended what was destroyed before hears nothing.
          each[kIsCanceled] = each._native !== null && each.finished;
          each._native = each._waitsFor = null;
        }
        if (socket === undefined || socket.closed) {
          nextTick(() => {
            abortRequests(all);
            closeResponses(all);
          });
        } else {
          // Who knows the socket hears of all that when it is closed.
          if (res !== undefined) res[kSocket] = socket;
          connection.orphans = all;
          listenForClose(socket);
        }
      }
      if (socket && !socket.destroyed) socket.destroy(connection.failure);
      if (!server._handle) server._emitCloseIfDrained();
    },

    clientError(connection, code, reason, packet, at, hasAnswered) {
      debug?.('SERVER client error: %s %s', code, reason);
      onClientError(server, connection, code, reason, packet, at, hasAnswered);
    },

    broken(connection, errno) {
      debug?.('SERVER connection broken: %d', errno);
      if (connection.socket === undefined && server.listenerCount('clientError') === 0) connection.close();
      else socketOf(connection).destroy(errnoException(errno, 'read'));
    },

    write(connection, bytes) {
      const { socket } = connection;
      if (socket?.writable) socket.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },

    finished({ socket }) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    },

    timedOut(connection) {
      // Who listens decides.
      if (server.listenerCount('timeout') === 0 || !server.emit('timeout', socketOf(connection))) connection.close();
    },

    acceptFailed(errno) {
      debug?.('SERVER accepting failed: %d', errno);
      server.emit('error', errnoException(errno, 'accept'));
    },
  };
}

/** Forgets the fields that are too many. */
function limitFields(req, most) {
  if (typeof most === 'number' && most > 0) req.rawHeaders = req.rawHeaders.slice(0, most * 2);
}

/** All of a response is written. */
function answered(req, res, hasNext) {
  const connection = res._native;
  if (connection === null) return;
  debug?.('SERVER answered: %d %s %s', res.statusCode, req.method, req.url);
  res._native = null;
  connection.response = undefined;
  const { socket } = connection;
  if (socket) {
    socket._httpMessage = null;
    // Nothing follows, which who listens for the end can see.
    if (res._last && !socket[kForeign]) socket.end();
  }
  if (res[kSocket] !== null) res[kSocket] = null;
  res[kFinished] = true;
  if (res[kEndCallbacks] !== null) callEndCallbacks(res);
  if (!req._consuming) req._dump();
  if (socket?.parser) forgetWhenRead(socket.parser, req);
  const isObserved = res._eventsCount > 0;
  // After that of a request which has just been read to its end.
  if (isObserved) nextTick(nextTick, emitClose, res);
  else res.destroyed = res._closed = true;
  if (hasNext) takeTurn(connection, socketOf);
  if (onServerResponseFinish._subscribers !== undefined) {
    onServerResponseFinish.publish({ request: req, response: res, socket: socketOf(connection), server: connection.server });
  }
  if (isObserved) res.emit('finish');
}

/** Who is at the end of a request finds none that is coming in. */
function forgetWhenRead(parser, req) {
  const forget = () => {
    if (parser.incoming === req) parser.incoming = null;
  };
  if (!hasState(req)) forget();
  else if (req.readableEnded) nextTick(forget);
  else req.on('end', forget);
}

function emitClose(res) {
  res.destroyed = true;
  res._closed = true;
  res.emit('close');
}

/** Why what has been written last does not go out. */
function canceled() {
  return errnoException(-require('os').constants.errno.ECANCELED, 'write');
}

/** The connection is gone before requests were answered. */
function abortRequests(responses) {
  for (const { req } of responses) {
    // Where nobody listens nobody would hear of it.
    if (!hasState(req) && !(req._eventsCount > 0)) req.aborted = true;
    else if (!req.destroyed) req.destroy(aborted());
  }
}

/** Nothing can be written any more. */
function closeResponses(responses) {
  for (const res of responses) {
    if (res._closed) continue;
    if (res[kSocket]) res[kSocket]._httpMessage = null;
    res.destroyed = true;
    res._closed = true;
    if (res[kIsCanceled]) callEndCallbacks(res, canceled());
    res.emit('close');
  }
}

function aborted() {
  const error = new Error('aborted');
  error.code = 'ECONNRESET';
  return error;
}

/** What is done with `Expect`. */
function expected(server, req, res, traits) {
  if ((traits & EXPECTS_CONTINUE) !== 0) {
    res._expect_continue = true;
    if (server.listenerCount('checkContinue') > 0) {
      server.emit('checkContinue', req, res);
    } else {
      res.writeContinue();
      server.emit('request', req, res);
    }
  } else if (server.listenerCount('checkExpectation') > 0) {
    server.emit('checkExpectation', req, res);
  } else {
    res.writeHead(417);
    res.end();
  }
}

/** Hands a connection to whoever wants upgrades, or closes it; false if nobody does. */
function upgrade(server, connection, req) {
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (event === 'upgrade' && !server.shouldUpgradeCallback(req)) return false;
  const socket = socketOf(connection);
  if (server.listenerCount(event) === 0) {
    connection.close();
    return true;
  }
  req.upgrade = true;
  req.complete = true;
  connection.detach();
  req._native = null;
  req.socket = socket;
  // What has come behind the head is known when the native half has returned.
  connection.onDetached = (ahead) => {
    const isForeign = socket[kForeign];
    stopFeeding(socket);
    if (!isForeign) {
      socket._handle.takeOver();
      attach(socket);
    }
    socket.parser = null;
    socket.removeListener('timeout', onSocketTimeout);
    socket.removeListener('close', onSocketClose);
    socket.removeListener('close', onResponseSocketClose);
    socket.removeListener('error', onSocketError);
    socket[kBeforeWrite] = undefined;
    server.emit(event, req, socket, Buffer.from(ahead.buffer, ahead.byteOffset, ahead.byteLength));
  };
  return true;
}

/** The program's stream, or its own reading of a socket, feeds the connection. */
const kForeign = Symbol('foreign');
const kListensForClose = Symbol('listens for close');
const kFeeder = Symbol('feeder');
const kEnder = Symbol('ender');

/** The `net.Socket` of a connection, made when somebody asks. */
function socketOf(connection, req = connection.response?.req ?? null) {
  if (connection.socket !== undefined) return connection.socket;
  const { server } = connection;
  const handle = connection.socketHandle();
  const socket = new Socket({ handle, allowHalfOpen: true, pauseOnCreate: true, manualStart: true });
  handle.onread = undefined;
  // The native half reads: the handle has nothing to begin.
  handle.reading = true;
  connection.socket = socket;
  socket.server = server;
  socket._server = server;
  socket._httpMessage = connection.response ?? null;
  socket.parser = { incoming: req, socket };
  if (req !== null && connection.response?.req !== req) forgetWhenRead(socket.parser, req);
  socket._native = connection;
  socket[kFeeder] = (chunk) => feed(connection, chunk);
  EventEmitter.prototype.on.call(socket, 'data', socket[kFeeder]);
  socket._readableState.flowing = true;
  socket.on = onWhatIsRead;
  socket.addListener = onWhatIsRead;
  socket.prependListener = function(event, listener) {
    if (event === 'data' || event === 'readable') giveToScript(this);
    return Socket.prototype.prependListener.call(this, event, listener);
  };
  EventEmitter.prototype.on.call(socket, 'close', onSocketClose);
  EventEmitter.prototype.on.call(socket, 'error', onSocketError);
  EventEmitter.prototype.on.call(socket, 'timeout', onSocketTimeout);
  // What the program writes itself comes behind what it has written to its responses.
  socket[kBeforeWrite] = writeOut;
  if (connection.response !== undefined) listenForClose(socket);
  return socket;
}

function writeOut() {
  this._native.writeOut();
}

/** The requests of a socket that is closed cannot be answered, nor read to their end. */
function onSocketClose() {
  const orphans = this._native?.orphans;
  if (orphans !== undefined) abortRequests(orphans);
}

/** Behind the listeners of whoever was told of the connection. */
function listenForClose(socket) {
  if (socket[kListensForClose]) return;
  socket[kListensForClose] = true;
  EventEmitter.prototype.on.call(socket, 'close', onResponseSocketClose);
}

function onResponseSocketClose() {
  const orphans = this._native?.orphans;
  if (orphans !== undefined) closeResponses(orphans);
}

function ignoreError() {}

/** Something is wrong with what a client has sent, or with the connection. */
function onSocketError(error) {
  const { server } = this;
  this.removeListener('error', onSocketError);
  if (this.listenerCount('error') === 0) this.on('error', ignoreError);
  if (server.emit('clientError', error, this)) return;
  if (this.writable && !this._httpMessage?._headerSent) this.write(answerTo(error.code));
  this.destroy(error);
}

/** `on` of a socket that the native half reads: who wants to see the data gets them. */
function onWhatIsRead(event, listener) {
  if (event === 'data' || event === 'readable') giveToScript(this);
  return Socket.prototype.on.call(this, event, listener);
}

/** From now on the socket gets what comes, and feeds the connection. */
function giveToScript(socket) {
  const connection = socket._native;
  delete socket.on;
  delete socket.addListener;
  delete socket.prependListener;
  if (!socket[kFeeder]) return;
  connection.giveToScript();
  socket._handle.reading = false;
  socket._handle.takeOver();
  attach(socket);
  socket[kForeign] = true;
  socket[kEnder] = () => connection.receiveEnd();
  socket.on('end', socket[kEnder]);
  socket.on('close', () => connection.close());
  socket.on('drain', () => onDrain(connection));
  socket.read(0);
}

/** The connection gets nothing of the socket any more. */
function stopFeeding(socket) {
  delete socket.on;
  delete socket.addListener;
  delete socket.prependListener;
  socket.removeListener('data', socket[kFeeder]);
  if (socket[kEnder]) socket.removeListener('end', socket[kEnder]);
  socket[kFeeder] = undefined;
  socket._readableState.flowing = null;
  if (socket._handle) socket._handle.reading = false;
}

function onDrain({ response }) {
  if (response?.[kNeedDrain]) {
    response[kNeedDrain] = false;
    response.emit('drain');
  }
}

function onSocketTimeout() {
  const req = this.parser?.incoming;
  const res = this._httpMessage;
  const handled = [
    req && !req.complete && req.emit('timeout', this),
    res?.emit('timeout', this),
    this.server.emit('timeout', this),
  ];
  if (!handled.some(Boolean)) this.destroy();
}

/** Tells those who listen of a connection. */
function announce(server, connection) {
  const socket = socketOf(connection);
  if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);
  server.emit('connection', socket);
}

function dropData(connection) {
  const handle = connection.socketHandle();
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

const ANSWERS = {
  __proto__: null,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What a client is answered whose request cannot be read. */
function answerTo(code) {
  const status = ANSWERS[code] ?? 400;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`;
}

function onClientError(server, connection, code, reason, packet, at, hasAnswered) {
  const { socket } = connection;
  const isHeard = server.listenerCount('clientError') > 0;
  let error;
  if (isHeard || socket) {
    error = code === 'ERR_HTTP_REQUEST_TIMEOUT' ? new ERR_HTTP_REQUEST_TIMEOUT() : parseError(code, reason, packet, at);
  }
  connection.failed = [code, reason, at];
  if (isHeard || socket?.[kForeign]) {
    onSocketError.call(socketOf(connection), error);
    return;
  }
  // Who listens to the socket hears of it when it is closed.
  if (socket) connection.failure = error;
  if (hasAnswered) {
    // Half a response has been written: another one would be taken for its rest.
    connection.close();
    return;
  }
  connection.answer(answerTo(code));
}

function parseError(code, reason, packet, at) {
  const isTorn = code === 'HPE_INVALID_EOF_STATE';
  const error = new Error(isTorn ? 'Parse Error' : `Parse Error: ${reason}`);
  error.bytesParsed = at;
  error.code = code;
  error.reason = reason;
  if (!isTorn) error.rawPacket = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength);
  return error;
}

/** The program's stream has more for a connection. */
function feed(connection, chunk) {
  if (connection.isOpen() || connection.failed === undefined) connection.receive(chunk);
  else onClientError(connection.server, connection, ...connection.failed.toSpliced(2, 0, chunk));
}

/** A listener of 'connection': serves streams of the program's. */
function connectionListener(socket) {
  const server = this;
  if (socket._native !== undefined) return;
  configure(server);
  const connection = server[kNative].addStream();
  connection.server = server;
  connection.socket = socket;
  socket._native = connection;
  socket._httpMessage ??= null;
  socket.parser = { incoming: null, socket };
  socket.server = server;
  socket[kForeign] = true;
  socket[kFeeder] = (chunk) => feed(connection, chunk);
  socket[kEnder] = () => connection.receiveEnd();
  socket._unrefTimer ??= () => {};
  if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);
  socket.on('data', socket[kFeeder]);
  socket.on('end', socket[kEnder]);
  socket.on('close', () => connection.close());
  socket.on('drain', () => onDrain(connection));
  socket.on('error', onSocketError);
}

// ---------------------------------------------------------------------------
// The server
// ---------------------------------------------------------------------------

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options == null) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  storeOptions(this, options);
  net.Server.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay ?? true,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  if (requestListener) this.on('request', requestListener);
  this.httpAllowHalfOpen = false;
  this.on('connection', connectionListener);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  Object.defineProperty(this, kNative, { value: new http.Server(hooksOf(this)), enumerable: false });
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

function storeOptions(server, options) {
  Object.defineProperties(server, {
    [kIncomingMessage]: { value: options.IncomingMessage || IncomingMessage },
    [kServerResponse]: { value: options.ServerResponse || ServerResponse },
  });
  const { maxHeaderSize, insecureHTTPParser } = options;
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  server.maxHeaderSize = maxHeaderSize;
  if (insecureHTTPParser !== undefined) validateBoolean(insecureHTTPParser, 'options.insecureHTTPParser');
  server.insecureHTTPParser = insecureHTTPParser;
  const duration = (name, otherwise) => {
    if (options[name] === undefined) return otherwise;
    validateInteger(options[name], name, 0);
    return options[name];
  };
  server.requestTimeout = duration('requestTimeout', 300_000);
  server.headersTimeout = duration('headersTimeout', Math.min(60_000, server.requestTimeout || 60_000));
  if (server.requestTimeout > 0 && server.headersTimeout > 0 && server.headersTimeout > server.requestTimeout) {
    throw new ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', options.headersTimeout);
  }
  server.keepAliveTimeout = duration('keepAliveTimeout', 5_000);
  server.keepAliveTimeoutBuffer = duration('keepAliveTimeoutBuffer', 1_000);
  server.connectionsCheckingInterval = duration('connectionsCheckingInterval', 30_000);
  const flag = (name, otherwise) => {
    if (options[name] === undefined) return otherwise;
    validateBoolean(options[name], `options.${name}`);
    return options[name];
  };
  server.requireHostHeader = flag('requireHostHeader', true);
  server.joinDuplicateHeaders = flag('joinDuplicateHeaders', undefined);
  server.rejectNonStandardBodyWrites = flag('rejectNonStandardBodyWrites', false);
  if (options.shouldUpgradeCallback !== undefined) validateFunction(options.shouldUpgradeCallback, 'options.shouldUpgradeCallback');
  server.shouldUpgradeCallback = options.shouldUpgradeCallback ?? (function() {
    return server.listenerCount('upgrade') > 0;
  });
}

/** Has the native half take connections, instead of making a socket for each. */
Server.prototype._adoptListener = function(handle) {
  this[kNative].start();
  configure(this);
  this[kNative].attach(handle);
  watchLimits(this);
};

/** Gives the native half the limits. */
function configure(server) {
  const idle = server.keepAliveTimeout > 0 ? server.keepAliveTimeout + server.keepAliveTimeoutBuffer : 0;
  const isLenient = server.insecureHTTPParser ?? common.isLenientByDefault();
  server[kNative].configure(
    server.maxHeaderSize || common.maxHeaderSize(),
    idle,
    server.headersTimeout,
    server.requestTimeout,
    Math.floor(server.keepAliveTimeout / 1000),
    server.maxRequestsPerSocket,
    (server.noDelay ? 1 : 0) | (server.httpAllowHalfOpen ? 2 : 0) | (isLenient ? 4 : 0));
}

const LIMITS = [
  'maxHeaderSize', 'keepAliveTimeout', 'keepAliveTimeoutBuffer', 'headersTimeout', 'requestTimeout', 'maxRequestsPerSocket',
  'httpAllowHalfOpen',
];

/** Limits may be set at any time: the native half is told. */
function watchLimits(server) {
  for (const name of LIMITS) {
    let value = server[name];
    Object.defineProperty(server, name, {
      configurable: true,
      enumerable: true,
      get: () => value,
      set(changed) {
        value = changed;
        configure(server);
      },
    });
  }
}

Server.prototype.close = function(...args) {
  net.Server.prototype.close.apply(this, args);
  this[kNative].stop();
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  if (!this._handle) return;
  await new Promise((resolve, reject) => {
    this.close((error) => (error ? reject(error) : resolve()));
  });
};

Server.prototype._emitCloseIfDrained = function() {
  if (this._handle || this[kNative].connectionCount() > 0 || this._closeEmitted === 'soon') return;
  this._closeEmitted = 'soon';
  nextTick(() => {
    this._closeEmitted = undefined;
    if (!this._handle) this.emit('close');
  });
};

Server.prototype.closeAllConnections = function() {
  this[kNative].closeConnections(false);
};

Server.prototype.closeIdleConnections = function() {
  this[kNative].closeConnections(true);
};

Server.prototype.getConnections = function(callback) {
  validateFunction(callback, 'callback');
  nextTick(callback, null, this[kNative].connectionCount());
  return this;
};

Server.prototype.setTimeout = function(milliseconds, callback) {
  this.timeout = milliseconds;
  if (callback) this.on('timeout', callback);
  return this;
};

const { captureRejectionSymbol } = require('events');
Server.prototype[captureRejectionSymbol] = function(error, event, ...args) {
  if (event !== 'request') {
    net.Server.prototype[captureRejectionSymbol]?.call(this, error, event, ...args);
    return;
  }
  const [, res] = args;
  if (res.headersSent || res.writableEnded) {
    res.destroy();
    return;
  }
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  res.statusCode = 500;
  res.end(STATUS_CODES[500]);
};

module.exports = { Server, ServerResponse, connectionListener, socketOf };
