'use strict';

// `http.IncomingMessage`: https://nodejs.org/api/http.html#class-httpincomingmessage
//
// Most messages are not read as streams, and of most nobody asks for the fields: the state
// of the stream and the fields are made when somebody looks.

const { Readable } = require('stream');
const { Buffer } = require('buffer');
const { nextTick } = native('process');

const kHead = Symbol('head');
const kState = Symbol('readable state');
const kSocket = Symbol('socket');
const kHeaders = Symbol('headers');
const kHeadersDistinct = Symbol('headersDistinct');
const kRawHeaders = Symbol('rawHeaders');
const kTrailers = Symbol('trailers');
const kTrailersDistinct = Symbol('trailersDistinct');
const kEnded = Symbol('ended');
const kDumped = Symbol('dumped');
const kSignal = Symbol('signal');

/** What the native half says of a request (`server.rs`). */
const IS_1_1 = 1;
const HAS_BODY = 1 << 5;

/**
 * A message, of a socket; or of a connection of the native half, with a head and what is
 * known of it, which spares the stream's state until it is needed.
 */
function IncomingMessage(socket, head, method, url, traits) {
  if (head === undefined) {
    this._native = null;
    this[kSocket] = socket;
    this.client = socket;
    this.rawTrailers = [];
    makeState(this);
    return;
  }
  this._native = socket;
  this[kHead] = head;
  this.httpVersionMajor = 1;
  this.httpVersionMinor = traits & IS_1_1;
  this.httpVersion = (traits & IS_1_1) !== 0 ? '1.1' : '1.0';
  this.method = method;
  this.url = url;
  this.upgrade = false;
  if ((traits & HAS_BODY) === 0) {
    this.complete = true;
    this[kEnded] = true;
  }
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

// What most messages never change is the same for all.
Object.assign(IncomingMessage.prototype, {
  /** The connection of the native half that it has come by. */
  _native: null,
  httpVersionMajor: null,
  httpVersionMinor: null,
  httpVersion: null,
  complete: false,
  rawTrailers: Object.freeze([]),
  joinDuplicateHeaders: false,
  aborted: false,
  upgrade: null,
  url: '',
  method: null,
  statusCode: null,
  statusMessage: null,
  _consuming: false,
  _dumped: false,
  [kEnded]: false,
  [kState]: undefined,
  [kHeaders]: null,
  [kRawHeaders]: null,
  [kHead]: undefined,
  [kSocket]: undefined,
});

/** Makes the message the stream that it was all along. */
function makeState(message) {
  const options = { autoDestroy: true };
  const highWaterMark = message[kSocket]?.readableHighWaterMark;
  if (highWaterMark !== undefined) options.highWaterMark = highWaterMark;
  Readable.call(message, options);
  // Nothing is read ahead before somebody has read.
  message[kState].readingMore = true;
  if (message[kEnded]) message.push(null);
  if (message[kDumped]) message._dump();
  return message[kState];
}

function define(name, descriptor) {
  Object.defineProperty(IncomingMessage.prototype, name, { configurable: true, enumerable: false, ...descriptor });
}

define('_readableState', {
  get() {
    return this[kState] ?? (this === IncomingMessage.prototype ? undefined : makeState(this));
  },
  set(state) {
    this[kState] = state;
  },
});

define('socket', {
  get() {
    if (this[kSocket] === undefined && this._native) {
      this[kSocket] = require('internal/http/server').socketOf(this._native, this);
    }
    return this[kSocket];
  },
  set(socket) {
    this[kSocket] = socket;
  },
});

define('connection', {
  get() { return this.socket; },
  set(socket) { this.socket = socket; },
});

define('client', {
  get() { return this.socket; },
  set(socket) { Object.defineProperty(this, 'client', { value: socket, configurable: true, enumerable: true, writable: true }); },
});

define('rawHeaders', {
  get() {
    this[kRawHeaders] ??= this[kHead] ? this[kHead].rawHeaders() : [];
    return this[kRawHeaders];
  },
  set(fields) {
    this[kRawHeaders] = fields;
  },
});

define('headers', {
  get() {
    if (!this[kHeaders]) {
      if (this[kHead] && this[kRawHeaders] === null) {
        this[kHeaders] = this[kHead].headers(this.joinDuplicateHeaders);
      } else {
        this[kHeaders] = {};
        const fields = this.rawHeaders;
        for (let i = 0; i < fields.length; i += 2) {
          this._addHeaderLine(fields[i], fields[i + 1], this[kHeaders]);
        }
      }
    }
    return this[kHeaders];
  },
  set(fields) {
    this[kHeaders] = fields;
  },
});

define('headersDistinct', {
  get() {
    if (!this[kHeadersDistinct]) this[kHeadersDistinct] = distinct(this, this.rawHeaders);
    return this[kHeadersDistinct];
  },
  set(fields) {
    this[kHeadersDistinct] = fields;
  },
});

define('trailers', {
  get() {
    if (!this[kTrailers]) {
      this[kTrailers] = {};
      for (let i = 0; i < this.rawTrailers.length; i += 2) {
        this._addHeaderLine(this.rawTrailers[i], this.rawTrailers[i + 1], this[kTrailers]);
      }
    }
    return this[kTrailers];
  },
  set(fields) {
    this[kTrailers] = fields;
  },
});

define('trailersDistinct', {
  get() {
    if (!this[kTrailersDistinct]) this[kTrailersDistinct] = distinct(this, this.rawTrailers);
    return this[kTrailersDistinct];
  },
  set(fields) {
    this[kTrailersDistinct] = fields;
  },
});

define('signal', {
  get() {
    if (this[kSignal] === undefined) {
      const controller = new AbortController();
      this[kSignal] = controller.signal;
      if (this.destroyed) controller.abort();
      else this.once('close', () => controller.abort());
    }
    return this[kSignal];
  },
});

function distinct(message, fields) {
  const all = { __proto__: null };
  for (let i = 0; i < fields.length; i += 2) message._addHeaderLineDistinct(fields[i], fields[i + 1], all);
  return all;
}

/** Fields of which only the first counts. */
const SINGLE = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host',
  'if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards',
  'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent',
]);

IncomingMessage.prototype._addHeaderLine = function(field, value, into) {
  const name = field.toLowerCase();
  const before = into[name];
  if (name === 'set-cookie') {
    if (before !== undefined) before.push(value);
    else into[name] = [value];
  } else if (typeof before !== 'string') {
    into[name] = value;
  } else if (name === 'cookie') {
    into[name] = `${before}; ${value}`;
  } else if (this.joinDuplicateHeaders || !SINGLE.has(name)) {
    into[name] = `${before}, ${value}`;
  }
};

IncomingMessage.prototype._addHeaderLineDistinct = function(field, value, into) {
  const name = field.toLowerCase();
  if (into[name]) into[name].push(value);
  else into[name] = [value];
};

IncomingMessage.prototype._addHeaderLines = function(fields, count) {
  const length = Math.min(fields.length, count);
  if (this.complete) {
    this.rawTrailers = fields;
    this[kTrailers] = null;
  } else {
    this.rawHeaders = length < fields.length ? fields.slice(0, length) : fields;
    this[kHeaders] = null;
  }
};

IncomingMessage.prototype.setTimeout = function(milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(milliseconds);
  return this;
};

IncomingMessage.prototype._read = function() {
  if (!this._consuming) {
    this[kState].readingMore = false;
    this._consuming = true;
  }
  if (this._native) this._native.resume();
  else if (this[kSocket]?.readable) this[kSocket].resume?.();
};

IncomingMessage.prototype._destroy = function(error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  // Nobody is forced to hear of it.
  const told = (reason) => callback(this.listenerCount('error') > 0 ? reason : undefined);
  const connection = this._native;
  if (connection) {
    // What has been torn off cannot be read on. Who has taken the socket away wants to answer.
    if (this.aborted && this[kSocket] !== null) {
      if (connection.socket) connection.socket.destroy(error);
      else connection.close();
    }
    nextTick(told, error);
    return;
  }
  const socket = this[kSocket];
  if (!socket || socket.destroyed || !this.aborted) {
    nextTick(told, error);
    return;
  }
  socket.destroy(error);
  const { finished } = require('stream');
  const stop = finished(socket, (failure) => {
    if (failure?.code === 'ERR_STREAM_PREMATURE_CLOSE') failure = null;
    stop();
    nextTick(told, failure || error);
  });
};

/** Reads the rest without anybody listening, so that the connection can be used again. */
IncomingMessage.prototype._dump = function() {
  if (this._dumped) return;
  this._dumped = true;
  // Where nobody listens nobody would hear that it is read.
  if (this[kState] === undefined && this._native !== null && !(this._eventsCount > 0)) {
    // Of a message without a body nothing is left to be read.
    if (!this[kEnded]) this[kDumped] = true;
    this._dumped = false;
    return;
  }
  this._consuming = true;
  this.removeAllListeners('data');
  this.resume();
};

IncomingMessage.prototype._dumpAndCloseReadable = function() {
  this._dump();
  this._readableState.ended = true;
  this._readableState.endEmitted = true;
  this._readableState.destroyed = true;
  this._readableState.closed = true;
  this._readableState.closeEmitted = true;
};

// ---------------------------------------------------------------------------
// What the native half tells
// ---------------------------------------------------------------------------

/** A part of the body; whether more is wanted. */
function receiveBody(message, bytes) {
  if (message._dumped || message[kState]?.destroyed) return true;
  return message.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** The end of the body. */
function receiveEnd(message, trailers) {
  message.complete = true;
  if (trailers !== undefined && trailers.length > 0) message.rawTrailers = trailers;
  message[kEnded] = true;
  if (message[kState] !== undefined) message.push(null);
}

/** Makes a request of a class of the program's, which knows of sockets only, one of a connection. */
function adoptRequest(message, connection, head, method, url, traits) {
  message[kSocket] = undefined;
  delete message.client;
  const state = message[kState];
  IncomingMessage.call(message, connection, head, method, url, traits);
  message[kState] = state;
  if (message[kEnded]) message.push(null);
}

/** Whether anybody has looked at it as a stream. */
function hasState(message) {
  return message[kState] !== undefined;
}

module.exports = { IncomingMessage, adoptRequest, hasState, kHead, receiveBody, receiveEnd };
