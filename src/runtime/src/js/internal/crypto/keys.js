'use strict';

// Keys that are bytes: https://nodejs.org/api/crypto.html#class-keyobject
//
// Pairs of keys are not built yet.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/buffer/kinds');
const { kClone } = require('internal/structured_clone');
const {
  validateFunction, validateInteger, validateObject, validateOneOf, validateString,
} = require('internal/validators');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

/** What a key is made of; a program has no such thing. */
class KeyHandle {
  constructor(bytes) {
    this.bytes = bytes;
  }
}

/** The bytes of a key. */
let bytesOfKey;

/** https://nodejs.org/api/crypto.html#class-keyobject */
class KeyObject {
  #type;
  #handle;

  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw new ERR_INVALID_ARG_VALUE('type', type);
    if (!(handle instanceof KeyHandle)) throw new ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    this.#type = type;
    this.#handle = handle;
  }

  static {
    bytesOfKey = (key) => key.#handle.bytes;
  }

  get type() {
    return this.#type;
  }

  static from(key) {
    const { CryptoKey, secretOf } = require('internal/crypto/subtle');
    if (!(key instanceof CryptoKey)) throw new ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return new SecretKeyObject(new KeyHandle(Buffer.from(secretOf(key))));
  }

  toCryptoKey(algorithm, extractable, keyUsages) {
    const { importSecret } = require('internal/crypto/subtle');
    return importSecret(Buffer.from(bytesOfKey(this)), algorithm, extractable, keyUsages);
  }

  equals(otherKeyObject) {
    if (!(otherKeyObject instanceof KeyObject)) {
      throw new ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', otherKeyObject);
    }
    const [one, other] = [bytesOfKey(this), bytesOfKey(otherKeyObject)];
    return otherKeyObject.type === this.type && one.length === other.length &&
      require('internal/crypto/random').timingSafeEqual(one, other);
  }

  [kClone]() {
    return new SecretKeyObject(new KeyHandle(bytesOfKey(this)));
  }
}

Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, {
  configurable: true,
  value: 'KeyObject',
});

class SecretKeyObject extends KeyObject {
  constructor(handle) {
    super('secret', handle);
  }

  get symmetricKeySize() {
    return bytesOfKey(this).length;
  }

  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return { kty: 'oct', k: bytesOfKey(this).toString('base64url') };
    }
    return Buffer.from(bytesOfKey(this));
  }
}

function createSecretKey(key, encoding) {
  let bytes;
  if (typeof key === 'string') bytes = Buffer.from(key, encoding || 'utf8');
  else if (ArrayBuffer.isView(key)) bytes = Buffer.from(Buffer.from(key.buffer, key.byteOffset, key.byteLength));
  else if (isAnyArrayBuffer(key)) bytes = Buffer.from(new Uint8Array(key));
  else throw new ERR_INVALID_ARG_TYPE('key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  return new SecretKeyObject(new KeyHandle(bytes));
}

/** The bytes of a key object, or undefined. */
function secretBytes(key) {
  if (key instanceof KeyObject) return bytesOfKey(key);
  const { CryptoKey, secretOf } = require('internal/crypto/subtle');
  if (!(key instanceof CryptoKey)) return undefined;
  warnOfCryptoKey();
  return secretOf(key);
}

let hasWarned = false;

function warnOfCryptoKey() {
  if (hasWarned) return;
  hasWarned = true;
  process.emitWarning(
    'Passing a CryptoKey to node:crypto functions is deprecated.', 'DeprecationWarning', 'DEP0203');
}

/** How many bytes a key of a type gets. */
function sizeOf(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  const { length } = options;
  if (type === 'hmac') validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
  else if (type === 'aes') validateOneOf(length, 'options.length', [128, 192, 256]);
  else throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  return Math.floor(length / 8);
}

function generateKeySync(type, options) {
  const bytes = require('internal/crypto/random').randomBytes(sizeOf(type, options));
  return new SecretKeyObject(new KeyHandle(bytes));
}

function generateKey(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const key = generateKeySync(type, options);
  require('timers').setImmediate(callback, null, key);
}

module.exports = {
  get CryptoKey() { return require('internal/crypto/subtle').CryptoKey; },
  KeyObject,
  createSecretKey,
  generateKey,
  generateKeySync,
  secretBytes,
};
