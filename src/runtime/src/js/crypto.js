'use strict';

// https://nodejs.org/api/crypto.html
//
// Digests, message codes, keys for these, and random numbers; the rest says that it is missing when it is
// used.

const { Hash, Hmac, getHashes, hash } = require('internal/crypto/hash');
const random = require('internal/crypto/random');
const { KeyObject, createSecretKey, generateKey, generateKeySync } = require('internal/crypto/keys');
const { addMissing } = require('internal/not_implemented');

Object.assign(module.exports, {
  createHash: function createHash(algorithm, options) { return new Hash(algorithm, options); },
  createHmac: function createHmac(hmac, key, options) { return new Hmac(hmac, key, options); },
  getHashes: function() { return getHashes(); },
  hash,
  createSecretKey,
  generateKey,
  generateKeySync,
  ...random,
  getRandomValues: function getRandomValues(array) { return module.exports.webcrypto.getRandomValues(array); },
  getFips: function getFips() { return 0; },
  secureHeapUsed: function secureHeapUsed() { return { total: 0, used: 0, utilization: NaN, min: 2 }; },
  prng: random.randomBytes,
  pseudoRandomBytes: random.randomBytes,
  rng: random.randomBytes,
  Hash,
  Hmac,
  KeyObject,
});
Object.defineProperty(module.exports.getHashes, 'name', { value: 'getHashes' });

addMissing(module.exports, 'crypto', {
  functions: 'argon2 argon2Sync checkPrime checkPrimeSync createCipheriv createDecipheriv createDiffieHellman ' +
    'createDiffieHellmanGroup createECDH createMac createPrivateKey createPublicKey createSign ' +
    'createVerify decapsulate diffieHellman encapsulate generateKeyPair generateKeyPairSync ' +
    'generatePrime generatePrimeSync getCipherInfo getCiphers getCurves getDiffieHellman getMacs ' +
    'hkdf hkdfSync parsePKCS12 pbkdf2 pbkdf2Sync privateDecrypt privateEncrypt publicDecrypt publicEncrypt scrypt ' +
    'scryptSync setEngine setFips sign verify',
  classes: 'Certificate Cipheriv Decipheriv DiffieHellman DiffieHellmanGroup ECDH Sign Verify X509Certificate',
});

Object.defineProperties(module.exports, {
  constants: {
    configurable: false,
    enumerable: true,
    get: () => require('internal/crypto/constants').constants,
  },
  fips: {
    configurable: true,
    enumerable: true,
    get: () => 0,
    set() { module.exports.setFips(); },
  },
  webcrypto: {
    configurable: false,
    enumerable: true,
    get: () => require('internal/web_crypto').crypto,
    set: undefined,
  },
  subtle: {
    configurable: false,
    enumerable: true,
    get: () => require('internal/crypto/subtle').subtle,
    set: undefined,
  },
});
