'use strict';

// https://nodejs.org/api/inspector.html
//
// Nobody can attach, so no address is given.

const { addMissing } = require('internal/not_implemented');

Object.assign(module.exports, {
  close() {},
  url() {
    return undefined;
  },
  console: {},
  Network: {},
  NetworkResources: {},
  DOMStorage: {},
});

addMissing(module.exports, 'inspector', { functions: 'open waitForDebugger', classes: 'Session' });
addMissing(module.exports.Network, 'inspector.Network', {
  functions: 'requestWillBeSent responseReceived loadingFinished loadingFailed dataSent dataReceived ' +
    'webSocketCreated webSocketClosed webSocketHandshakeResponseReceived',
});
addMissing(module.exports.NetworkResources, 'inspector.NetworkResources', { functions: 'put' });
