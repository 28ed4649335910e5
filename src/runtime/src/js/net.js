'use strict';

// https://nodejs.org/api/net.html

const { Socket, connect } = require('internal/net/socket');
const { Server, createServer } = require('internal/net/server');
const { isIP, isIPv4, isIPv6 } = require('internal/net/addresses');
const autoSelection = require('internal/net/auto_selection');

module.exports = {
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
  getDefaultAutoSelectFamily: autoSelection.getDefault,
  setDefaultAutoSelectFamily: autoSelection.setDefault,
  getDefaultAutoSelectFamilyAttemptTimeout: autoSelection.getDefaultTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout: autoSelection.setDefaultTimeout,
  _normalizeArgs: require('internal/net/arguments').normalizeArgs,
};

for (const name of ['BlockList', 'SocketAddress']) {
  Object.defineProperty(module.exports, name, {
    configurable: true,
    enumerable: true,
    get: () => require('internal/net/block_list')[name],
  });
}
