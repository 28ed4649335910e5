'use strict';

// `http.OutgoingMessage`: https://nodejs.org/api/http.html#class-httpoutgoingmessage
//
// What a message is written with is its subclass's affair: `_begin` writes the head,
// `_writeChunk` a part of the body, `_endBody` the end. The ones here write to a socket, or
// keep everything until there is one.

const { Stream } = require('stream');
const { Buffer } = require('buffer');
const { codes, hideStackFrames } = require('internal/errors');
const { validateString } = require('internal/validators');
const common = require('internal/http/common');
const { renderHead } = native('http');
const { nextTick } = native('process');

const { throwForFields, validateHeaderName, validateHeaderValue } = common;
const {
  ERR_HTTP_BODY_NOT_ALLOWED, ERR_HTTP_CONTENT_LENGTH_MISMATCH, ERR_HTTP_HEADERS_SENT,
  ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED,
  ERR_STREAM_ALREADY_FINISHED, ERR_STREAM_CANNOT_PIPE, ERR_STREAM_DESTROYED, ERR_STREAM_NULL_VALUES,
  ERR_STREAM_WRITE_AFTER_END,
} = codes;

const kOutHeaders = Symbol('kOutHeaders');
const kErrored = Symbol('errored');
const kNeedDrain = Symbol('kNeedDrain');
const kHighWaterMark = Symbol('kHighWaterMark');
const kSocket = Symbol('kSocket');
const kBytesWritten = Symbol('kBytesWritten');
const kCorked = Symbol('corked');
/** What has been written into the chunk that is open: data, encoding and callback of each part. */
const kChunk = Symbol('kChunkedBuffer');
const kChunkLength = Symbol('kChunkedLength');
/** Who has given a function to `end`, as long as that has not come to its end; and whether it has. */
const kEndCallbacks = Symbol('end callbacks');
const kFinished = Symbol('finished');
const kRejectsNonStandardBody = Symbol('kRejectNonStandardBodyWrites');

/** How much may wait before `write` says that it is enough. */
const HIGH_WATER_MARK = 64 * 1024;

function OutgoingMessage(options) {
  Stream.call(this);
  this.outputData = [];
  this.destroyed = false;
  this.finished = false;
  this._header = null;
  this[kOutHeaders] = null;
  if (options !== undefined) setOptions(this, options);
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

function setOptions(message, { highWaterMark, rejectNonStandardBodyWrites }) {
  if (highWaterMark !== undefined) message[kHighWaterMark] = highWaterMark;
  if (rejectNonStandardBodyWrites) message[kRejectsNonStandardBody] = true;
}

/** What the constructor does, for a message that the native half writes. */
function prepareNatively(message, options) {
  message.finished = false;
  message.destroyed = false;
  message._closed = false;
  message._header = null;
  message[kOutHeaders] = null;
  if (options.rejectNonStandardBodyWrites) message[kRejectsNonStandardBody] = true;
}

// What most messages never change is the same for all.
Object.assign(OutgoingMessage.prototype, {
  outputData: undefined,
  outputSize: 0,
  writable: true,
  destroyed: false,
  _last: false,
  chunkedEncoding: false,
  shouldKeepAlive: true,
  maxRequestsOnConnectionReached: false,
  _defaultKeepAlive: true,
  useChunkedEncodingByDefault: true,
  sendDate: false,
  _removedConnection: false,
  _removedContLen: false,
  _removedTE: false,
  strictContentLength: false,
  _contentLength: null,
  _hasBody: true,
  _trailer: '',
  finished: false,
  _headerSent: false,
  _closed: false,
  _header: null,
  _keepAliveTimeout: 0,
  [kOutHeaders]: null,
  [kErrored]: null,
  [kNeedDrain]: false,
  [kSocket]: null,
  [kBytesWritten]: 0,
  [kCorked]: 0,
  [kChunk]: null,
  [kChunkLength]: 0,
  [kEndCallbacks]: null,
  [kFinished]: false,
  [kHighWaterMark]: HIGH_WATER_MARK,
  [kRejectsNonStandardBody]: false,
});

function getter(name, get, set) {
  Object.defineProperty(OutgoingMessage.prototype, name, { configurable: true, enumerable: false, get, set });
}

getter('socket', function() { return this[kSocket]; }, function(socket) { this[kSocket] = socket; });
getter('connection', function() { return this.socket; }, function(socket) { this.socket = socket; });
getter('errored', function() { return this[kErrored]; });
getter('closed', function() { return this._closed; });
getter('headersSent', function() { return Boolean(this._header); });
getter('writableEnded', function() { return this.finished; });
getter('writableFinished', function() {
  return this.finished && this.outputSize === 0 && (!this[kSocket] || this[kSocket].writableLength === 0);
});
getter('writableObjectMode', () => false);
getter('writableLength', function() {
  return this.outputSize + this[kChunkLength] + (this[kSocket]?.writableLength ?? 0);
});
getter('writableHighWaterMark', function() {
  return this[kSocket]?.writableHighWaterMark ?? this[kHighWaterMark];
});
getter('writableCorked', function() { return this[kCorked]; });
getter('writableNeedDrain', function() {
  return !this.destroyed && !this.finished && this[kNeedDrain];
});
getter('_headers', function() { return this.getHeaders(); });
getter('_headerNames', function() {
  const names = { __proto__: null };
  for (const [lower, [name]] of Object.entries(this[kOutHeaders] ?? {})) names[lower] = name;
  return names;
});

// ---------------------------------------------------------------------------
// Fields
// ---------------------------------------------------------------------------

OutgoingMessage.prototype.setHeader = function(name, value) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('set');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  this[kOutHeaders] ??= { __proto__: null };
  this[kOutHeaders][name.toLowerCase()] = [name, value];
  return this;
};

OutgoingMessage.prototype.setHeaders = function(fields) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('set');
  if (!fields || Array.isArray(fields) || typeof fields.keys !== 'function' || typeof fields.get !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], fields);
  }
  const cookies = [];
  for (const [name, value] of fields) {
    // Each is a field of its own.
    if (name === 'set-cookie') cookies.push(...(Array.isArray(value) ? value : [value]));
    else this.setHeader(name, value);
  }
  if (cookies.length > 0) this.setHeader('set-cookie', cookies);
  return this;
};

OutgoingMessage.prototype.appendHeader = function(name, value) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('append');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const lower = name.toLowerCase();
  this[kOutHeaders] ??= { __proto__: null };
  const before = this[kOutHeaders][lower];
  if (before === undefined) {
    this[kOutHeaders][lower] = [name, value];
  } else {
    const values = Array.isArray(before[1]) ? before[1] : [before[1]];
    before[1] = values.concat(value);
  }
  return this;
};

OutgoingMessage.prototype.getHeader = function(name) {
  validateString(name, 'name');
  return this[kOutHeaders]?.[name.toLowerCase()]?.[1];
};

OutgoingMessage.prototype.getHeaderNames = function() {
  return this[kOutHeaders] === null ? [] : Object.keys(this[kOutHeaders]);
};

OutgoingMessage.prototype.getRawHeaderNames = function() {
  return this[kOutHeaders] === null ? [] : Object.values(this[kOutHeaders]).map(([name]) => name);
};

OutgoingMessage.prototype.getHeaders = function() {
  const all = { __proto__: null };
  const fields = this[kOutHeaders];
  if (fields !== null) for (const lower of Object.keys(fields)) all[lower] = fields[lower][1];
  return all;
};

OutgoingMessage.prototype.hasHeader = function(name) {
  validateString(name, 'name');
  return this[kOutHeaders]?.[name.toLowerCase()] !== undefined;
};

OutgoingMessage.prototype.removeHeader = function(name) {
  validateString(name, 'name');
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('remove');
  const lower = name.toLowerCase();
  if (lower === 'connection') this._removedConnection = true;
  else if (lower === 'content-length') this._removedContLen = true;
  else if (lower === 'transfer-encoding') this._removedTE = true;
  else if (lower === 'date') this.sendDate = false;
  if (this[kOutHeaders] !== null) delete this[kOutHeaders][lower];
};

OutgoingMessage.prototype._renderHeaders = function() {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('render');
  const all = {};
  for (const [name, value] of Object.values(this[kOutHeaders] ?? {})) all[name] = value;
  return all;
};

/** The program's fields as the native half takes them: names and values in turn. */
function flatFields(message) {
  const list = [];
  const fields = message[kOutHeaders];
  if (fields !== null) {
    for (const lower of Object.keys(fields)) {
      const [name, value] = fields[lower];
      list.push(name, value);
    }
  }
  return list;
}

// ---------------------------------------------------------------------------
// The head
// ---------------------------------------------------------------------------

/** What the native half is to know of a message. */
function factsOf(message) {
  let facts = 0;
  if (message.shouldKeepAlive) facts |= common.KEEP_ALIVE;
  if (message._hasBody) facts |= common.HAS_BODY;
  if (message.useChunkedEncodingByDefault) facts |= common.MAY_CHUNK;
  if (message.sendDate) facts |= common.SEND_DATE;
  if (message._removedConnection) facts |= common.NO_CONNECTION;
  if (message._removedContLen) facts |= common.NO_LENGTH;
  if (message._removedTE) facts |= common.NO_ENCODING;
  if (message._defaultKeepAlive && (message._native || message._waitsFor || message._keepAliveTimeout)) facts |= common.TELL_TIMEOUT;
  if (message.agent) facts |= common.HAS_AGENT;
  if (message.maxRequestsOnConnectionReached) facts |= common.IS_LAST_ALLOWED;
  return facts;
}

/** Takes over what the native half has settled. */
function settle(message, settled) {
  message.chunkedEncoding = (settled & common.CHUNKED) !== 0;
  if ((settled & common.LAST) !== 0) message._last = true;
}

OutgoingMessage.prototype._storeHeader = function(firstLine, fields) {
  const rendered = renderHead(firstLine, fields ?? [], factsOf(this), this._contentLength ?? -1);
  if (rendered === undefined) throwForFields(fields);
  [this._header] = rendered;
  settle(this, rendered[1]);
  this._headerSent = false;
  // Who asks whether to go on has to be heard before the body.
  if ((rendered[1] & common.EXPECTS) !== 0) this._send('');
};

OutgoingMessage.prototype._implicitHeader = function() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

OutgoingMessage.prototype.flushHeaders = function() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

// ---------------------------------------------------------------------------
// The body
// ---------------------------------------------------------------------------

/** Writes data behind the head, which goes first if it has not gone yet. */
OutgoingMessage.prototype._send = function(data, encoding, callback, byteLength) {
  if (!this._headerSent) {
    const header = this._header;
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      data = header + data;
    } else {
      this.outputData ??= [];
      this.outputData.unshift({ data: header, encoding: 'latin1', callback: null });
      this.outputSize += header.length;
      this._onPendingData?.(header.length);
    }
    this._headerSent = true;
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

OutgoingMessage.prototype._writeRaw = function(data, encoding, callback, size) {
  const socket = this[kSocket];
  if (socket?.destroyed) return false;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  this.outputData ??= [];
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData?.(data.length);
  return this.outputSize < this[kHighWaterMark];
};

OutgoingMessage.prototype._onPendingData = undefined;

OutgoingMessage.prototype._flush = function() {
  const socket = this[kSocket];
  if (!socket?.writable) return;
  const done = this._flushOutput(socket);
  if (this.finished) {
    this._finish();
  } else if (done && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

OutgoingMessage.prototype._flushOutput = function(socket) {
  const { outputData } = this;
  if (outputData === undefined || outputData.length === 0) return true;
  this.outputData = [];
  this._onPendingData?.(-this.outputSize);
  this.outputSize = 0;
  socket.cork?.();
  let result = true;
  for (const { data, encoding, callback } of outputData) result = socket.write(data, encoding, callback);
  socket.uncork?.();
  return result;
};

/** Writes the head. */
OutgoingMessage.prototype._begin = function() {};

/** Writes a part of the body; whether there is room for more. */
OutgoingMessage.prototype._writeChunk = function(chunk, encoding, callback, length) {
  if (this[kSocket] && !this[kSocket].writableCorked) corkForTurn(this);
  if (!this.chunkedEncoding || length === 0 && this[kChunk] === null) {
    return this._send(chunk, encoding, callback, length);
  }
  if (this[kCorked] === 0) return sendChunk(this, [chunk, encoding, callback], length);
  (this[kChunk] ??= []).push(chunk, encoding, callback);
  this[kChunkLength] += length;
  return this.writableLength < this.writableHighWaterMark;
};

/** What the program writes until it waits is one chunk. */
function corkForTurn(message) {
  message.cork();
  nextTick(uncorkAfterTurn, message);
}

function uncorkAfterTurn(message) {
  if (message[kCorked] > 0) message.uncork();
}

/** Frames parts, three values each, as one chunk. */
function sendChunk(message, parts, length) {
  message._send(length.toString(16), 'latin1', null);
  message._send('\r\n', 'latin1', null);
  const callbacks = [];
  for (let i = 0; i < parts.length; i += 3) {
    message._send(parts[i], parts[i + 1], null);
    if (typeof parts[i + 2] === 'function') callbacks.push(parts[i + 2]);
  }
  return message._send('\r\n', 'latin1', (error) => {
    for (const callback of callbacks) callback(error);
  });
}

/** Sends the chunk that is open. */
function closeChunk(message) {
  const { [kChunk]: parts, [kChunkLength]: length } = message;
  if (parts === null) return;
  message[kChunk] = null;
  message[kChunkLength] = 0;
  if (message.destroyed || message[kSocket]?.destroyed) {
    const error = message[kErrored] ?? message[kSocket]?.errored ?? new ERR_STREAM_DESTROYED('write');
    for (let i = 2; i < parts.length; i += 3) {
      if (typeof parts[i] === 'function') nextTick(parts[i], error);
    }
  } else {
    sendChunk(message, parts, length);
  }
}

/** Writes the last part of the body, and the end. */
OutgoingMessage.prototype._endBody = function(chunk, encoding, length) {
  const callback = (error) => onFinish(this, error);
  const socket = this[kSocket];
  socket?.cork?.();
  if (this._hasBody && this.chunkedEncoding) {
    if (chunk !== null) {
      if (this[kChunk] === null) {
        sendChunk(this, [chunk, encoding, null], length);
      } else {
        this[kChunk].push(chunk, encoding, null);
        this[kChunkLength] += length;
      }
    }
    closeChunk(this);
    this._send(`0\r\n${this._trailer}\r\n`, 'latin1', callback);
  } else if (chunk !== null && this._hasBody) {
    this._send(chunk, encoding, null, length);
    this._send('', 'latin1', callback);
  } else if (!this._headerSent || this.writableLength > 0) {
    this._send('', 'latin1', callback);
  } else {
    nextTick(callback);
  }
  if (socket?._writableState) {
    // However often the program has corked it.
    socket._writableState.corked = 1;
    socket.uncork();
  }
};

const checkChunk = hideStackFrames((chunk) => {
  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
    throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
});

function byteLength(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
}

/** Tells of an error, unless the message is gone anyway. */
function fail(message, error, callback) {
  if (message.destroyed) return;
  nextTick(() => {
    callback?.(error);
    message.emit('error', error);
  });
}

OutgoingMessage.prototype.write = function(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const result = write(this, chunk, encoding, callback);
  if (!result) this[kNeedDrain] = true;
  return result;
};

function write(message, chunk, encoding, callback) {
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) checkChunk(chunk);
  let error;
  if (message.finished) error = new ERR_STREAM_WRITE_AFTER_END();
  else if (message.destroyed) error = new ERR_STREAM_DESTROYED('write');
  if (error) {
    if (!message.destroyed) {
      message[kErrored] = error;
      fail(message, error, callback);
    } else if (typeof callback === 'function') {
      nextTick(callback, error);
    }
    return false;
  }
  const length = byteLength(chunk, encoding);
  if (!message._header) {
    // How long all of it is nobody knows.
    message._contentLength = null;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (message[kRejectsNonStandardBody]) throw new ERR_HTTP_BODY_NOT_ALLOWED();
    if (typeof callback === 'function') nextTick(callback);
    return true;
  }
  if (message.strictContentLength) {
    checkLength(message, message[kBytesWritten] + length, false);
    message[kBytesWritten] += length;
  }
  return message._writeChunk(chunk, encoding, callback, length);
}

/** The program has said how long the body is: it is not to be longer, nor in the end shorter. */
function checkLength(message, written, isEnd) {
  if (!message._hasBody || message.chunkedEncoding) return;
  const said = message[kOutHeaders]?.['content-length']?.[1] ?? message._contentLength;
  if (said === null || said === undefined) return;
  if (written > +said || isEnd && written !== +said) {
    throw new ERR_HTTP_CONTENT_LENGTH_MISMATCH(written, +said);
  }
}

OutgoingMessage.prototype.end = function(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (chunk === undefined) chunk = null;
  if (chunk !== null && typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) checkChunk(chunk);
  if (this.finished) {
    if (chunk !== null) {
      const error = new ERR_STREAM_WRITE_AFTER_END();
      fail(this, error, typeof callback === 'function' ? callback : undefined);
    } else if (typeof callback === 'function') {
      whenEnded(this, callback);
    }
    return this;
  }
  let length = 0;
  if (chunk !== null) length = byteLength(chunk, encoding);
  if (!this._header) {
    this._contentLength = length;
    this._implicitHeader();
  }
  if (chunk !== null && !this._hasBody) {
    if (this[kRejectsNonStandardBody]) throw new ERR_HTTP_BODY_NOT_ALLOWED();
    chunk = null;
    length = 0;
  }
  if (this.strictContentLength) {
    checkLength(this, this[kBytesWritten] + length, true);
    this[kBytesWritten] += length;
  }
  if (chunk !== null && length === 0) chunk = null;
  if (typeof callback === 'function') whenEnded(this, callback);
  if (this[kCorked] !== 0) this[kCorked] = 0;
  this.finished = true;
  this._endBody(chunk, encoding, length);
  if (this.outputSize === 0 && this[kSocket]?._httpMessage === this) this._finish();
  return this;
};

/** Calls back when all is written, or cannot be. */
function whenEnded(message, callback) {
  if (message[kFinished]) callback(new ERR_STREAM_ALREADY_FINISHED('end'));
  else (message[kEndCallbacks] ??= []).push(callback);
}

function callEndCallbacks(message, error) {
  const callbacks = message[kEndCallbacks];
  if (callbacks === null) return;
  message[kEndCallbacks] = null;
  for (const callback of callbacks) callback(error ?? null);
}

function onFinish(message, error) {
  // Who is written natively hears it when all that is written.
  if (message._native) return;
  if (!error) message[kFinished] = true;
  callEndCallbacks(message, error);
  if (error || message[kSocket]?._hadError) return;
  message.emit('finish');
}

OutgoingMessage.prototype._finish = function() {
  this.emit('prefinish');
};

OutgoingMessage.prototype.addTrailers = function(fields) {
  this._trailer = '';
  const pairs = Array.isArray(fields) ? fields : Object.keys(fields).map((name) => [name, fields[name]]);
  for (const [name, value] of pairs) {
    validateHeaderName(name, 'Trailer name');
    for (const each of Array.isArray(value) ? value : [value]) {
      if (!native('http').isFieldValue(`${each}`)) throw new codes.ERR_INVALID_CHAR('trailer content', name);
      this._trailer += `${name}: ${each}\r\n`;
    }
  }
};

OutgoingMessage.prototype.cork = function() {
  this[kCorked]++;
  this[kSocket]?.cork?.();
};

OutgoingMessage.prototype.uncork = function() {
  if (this[kCorked] === 0) return;
  const isWhole = --this[kCorked] === 0;
  if (isWhole) closeChunk(this);
  this[kSocket]?.uncork?.();
  if (isWhole && this[kNeedDrain] && this.writableLength === 0) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

OutgoingMessage.prototype.setTimeout = function(milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  const socket = this.socket;
  if (socket) socket.setTimeout(milliseconds);
  else this.once('socket', (given) => given.setTimeout(milliseconds));
  return this;
};

OutgoingMessage.prototype.destroy = function(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this[kChunk] !== null) {
    this[kCorked] = 1;
    this.uncork();
  }
  const socket = this[kSocket];
  if (socket) socket.destroy(error);
  else nextTick(closeWithoutSocket, this);
  return this;
};

/** A message that has no socket is over when it is destroyed. */
function closeWithoutSocket(message) {
  if (message._closed) return;
  message._closed = true;
  message.emit('close');
}

OutgoingMessage.prototype.pipe = function() {
  // Nothing can be read from it.
  this.emit('error', new ERR_STREAM_CANNOT_PIPE());
};

const { captureRejectionSymbol } = require('events');
OutgoingMessage.prototype[captureRejectionSymbol] = function(error) {
  this.destroy(error);
};

module.exports = {
  OutgoingMessage,
  callEndCallbacks,
  checkLength,
  corkForTurn,
  factsOf,
  flatFields,
  kBytesWritten,
  kChunk,
  kChunkLength,
  kCorked,
  kEndCallbacks,
  kErrored,
  kFinished,
  kNeedDrain,
  kOutHeaders,
  kSocket,
  prepareNatively,
  settle,
};
