'use strict';

// https://nodejs.org/api/http2.html

const { addMissing } = require('internal/not_implemented');

Object.assign(module.exports, {
  constants: require('internal/http2/constants'),
  sensitiveHeaders: Symbol('sensitiveHeaders'),
});

addMissing(module.exports, 'http2', {
  functions: 'connect createServer createSecureServer getDefaultSettings getPackedSettings getUnpackedSettings ' +
    'performServerHandshake',
  classes: 'Http2ServerRequest Http2ServerResponse',
});
