'use strict';

// https://nodejs.org/api/tls.html

const { addMissing } = require('internal/not_implemented');

Object.assign(module.exports, {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
});

Object.defineProperty(module.exports, 'DEFAULT_CIPHERS', {
  configurable: true,
  enumerable: true,
  get: () => require('internal/crypto/constants').constants.defaultCipherList,
  set(value) {
    Object.defineProperty(module.exports, 'DEFAULT_CIPHERS', {
      value, configurable: true, enumerable: true, writable: true,
    });
  },
});

addMissing(module.exports, 'tls', {
  functions: 'checkServerIdentity connect convertALPNProtocols createSecureContext createServer getCACertificates ' +
    'getCertificateCompressionAlgorithms getCiphers setDefaultCACertificates',
  classes: 'SecureContext Server TLSSocket',
});
