'use strict';

// https://nodejs.org/api/http.html

const { methods } = native('http');
const common = require('internal/http/common');
const { IncomingMessage } = require('internal/http/incoming');
const { OutgoingMessage } = require('internal/http/outgoing');
const { Server, ServerResponse, connectionListener } = require('internal/http/server');

/** `http.createServer` */
function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

/** `http.request` */
function request(url, options, callback) {
  const { ClientRequest } = require('internal/http/client');
  return new ClientRequest(url, options, callback);
}

/** `http.get` */
function get(url, options, callback) {
  const message = request(url, options, callback);
  message.end();
  return message;
}

module.exports = {
  _connectionListener: connectionListener,
  METHODS: [...methods].sort(),
  STATUS_CODES: common.STATUS_CODES,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  isValidHeaderName: common.isToken,
  isValidHeaderValue: native('http').isFieldValue,
  validateHeaderName: common.validateHeaderName,
  validateHeaderValue: common.validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers(max) {
    require('internal/validators').validateInteger(max, 'max', 1);
    common.parsers.max = max;
  },
};

Object.defineProperty(module.exports, 'maxHeaderSize', {
  configurable: true,
  enumerable: true,
  get: common.maxHeaderSize,
});

for (const [name, from] of [['Agent', 'internal/http/agent'], ['ClientRequest', 'internal/http/client']]) {
  Object.defineProperty(module.exports, name, {
    configurable: true,
    enumerable: true,
    get: () => require(from)[name],
  });
}

let agent;
Object.defineProperty(module.exports, 'globalAgent', {
  configurable: true,
  enumerable: true,
  get() {
    agent ??= require('internal/http/agent').globalAgent;
    return agent;
  },
  set(value) {
    agent = value;
  },
});
