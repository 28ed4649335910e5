'use strict';

// https://nodejs.org/api/crypto.html#class-hash

const { Buffer } = require('buffer');
const { Transform } = require('stream');
const { codes } = require('internal/errors');
const { validateEncoding, validateObject, validateString, validateUint32 } = require('internal/validators');
const { Digest, digest: nativeDigest, digests, isDigest } = native('crypto');

const {
  ERR_CRYPTO_HASH_FINALIZED, ERR_CRYPTO_INVALID_DIGEST, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
} = codes;

const FastBuffer = Buffer[Symbol.species];
const kState = Symbol('kState');

/** Digests of any length, and the length they have if nothing is said. */
const EXTENDABLE = { 'shake128': 16, 'shake-128': 16, 'shake256': 32, 'shake-256': 32 };
/** How many bytes others have; found out when somebody wants to know. */
const lengths = new Map();

function lengthOf(algorithm) {
  const name = algorithm.toLowerCase();
  let length = lengths.get(name);
  if (length === undefined) {
    length = nativeDigest(algorithm, '').length;
    lengths.set(name, length);
  }
  return length;
}

function bytesOf(data) {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.from(data);
}

/** A text in an encoding, or bytes, for native code. */
function input(data, encoding) {
  if (typeof data !== 'string') return bytesOf(data);
  if (encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8' ||
      encoding === 'buffer' || !Buffer.isEncoding(encoding)) {
    return data;
  }
  return Buffer.from(data, encoding);
}

function output(bytes, encoding) {
  const buffer = new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== 'buffer' && Buffer.isEncoding(encoding) ? buffer.toString(encoding) : buffer;
}

function wrongLength() {
  const error = new Error('error:030000B2:digital envelope routines::not XOF or invalid length');
  error.library = 'digital envelope routines';
  error.reason = 'not XOF or invalid length';
  error.code = 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH';
  return error;
}

let hasWarnedOfLength = false;

function warnOfLength() {
  if (hasWarnedOfLength) return;
  hasWarnedOfLength = true;
  process.emitWarning(
    'Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.',
    'DeprecationWarning', 'DEP0198');
}

function checkLength(algorithm, length) {
  const usual = EXTENDABLE[algorithm.toLowerCase()];
  if (usual !== undefined) {
    if (length === undefined) warnOfLength();
    return;
  }
  if (length !== undefined && length !== lengthOf(algorithm)) throw wrongLength();
}

function Hash(algorithm, options) {
  if (!(this instanceof Hash)) return new Hash(algorithm, options);
  const isCopy = algorithm instanceof Hash;
  if (!isCopy) validateString(algorithm, 'algorithm');
  let length;
  if (options !== undefined && options !== null) {
    if (typeof options === 'object') length = options.outputLength;
    if (length !== undefined) validateUint32(length, 'options.outputLength');
  }
  const name = isCopy ? algorithm[kState].name : algorithm;
  if (!isDigest(name)) throw new Error('Digest method not supported');
  checkLength(name, length);
  this[kState] = { name, digest: new Digest(name), length, isFinal: false };
  if (isCopy) this[kState].digest.copy(algorithm[kState].digest);
  // An encoding that there is not matters to those only who read.
  const { encoding } = options ?? {};
  if (encoding && !Buffer.isEncoding(encoding)) options = { ...options, encoding: undefined };
  Reflect.apply(Transform, this, [options]);
}
Object.setPrototypeOf(Hash.prototype, Transform.prototype);
Object.setPrototypeOf(Hash, Transform);

Hash.prototype.copy = function(options) {
  const state = this[kState];
  if (state.isFinal) throw new ERR_CRYPTO_HASH_FINALIZED();
  return new Hash(this, options ?? (state.length === undefined ? undefined : { outputLength: state.length }));
};

Hash.prototype._transform = function(chunk, encoding, callback) {
  this[kState].digest.update(input(chunk, encoding));
  callback();
};

Hash.prototype._flush = function(callback) {
  const state = this[kState];
  if (!state.isFinal) this.push(output(state.digest.digest(state.length)));
  state.isFinal = true;
  callback();
};

Hash.prototype.update = function(data, encoding) {
  const state = this[kState];
  if (state.isFinal) throw new ERR_CRYPTO_HASH_FINALIZED();
  if (typeof data === 'string') {
    validateEncoding(data, encoding);
  } else if (!ArrayBuffer.isView(data)) {
    throw new ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  state.digest.update(input(data, encoding));
  return this;
};

Hash.prototype.digest = function(outputEncoding) {
  const state = this[kState];
  if (state.isFinal) throw new ERR_CRYPTO_HASH_FINALIZED();
  // What cannot be shown is still computed.
  state.isFinal = true;
  return output(state.digest.digest(state.length), normalized(outputEncoding));
};

function normalized(encoding) {
  return encoding === undefined || encoding === null ? undefined : `${encoding}`;
}

// ---------------------------------------------------------------------------
// https://nodejs.org/api/crypto.html#class-hmac
// ---------------------------------------------------------------------------

function Hmac(hmac, key, options) {
  if (!(this instanceof Hmac)) return new Hmac(hmac, key, options);
  validateString(hmac, 'hmac');
  if (options?.encoding !== undefined && options.encoding !== null) {
    validateString(options.encoding, 'options.encoding');
  }
  let bytes = key;
  if (typeof key === 'string') bytes = Buffer.from(key, options?.encoding);
  else if (ArrayBuffer.isView(key) || key instanceof ArrayBuffer || key instanceof SharedArrayBuffer) bytes = bytesOf(key);
  else bytes = require('internal/crypto/keys').secretBytes(key);
  if (bytes === undefined) {
    throw new ERR_INVALID_ARG_TYPE(
      'key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'], key);
  }
  let digest;
  try {
    digest = new Digest(hmac, bytes);
  } catch {
    throw new ERR_CRYPTO_INVALID_DIGEST(hmac);
  }
  this[kState] = { name: hmac, digest, length: undefined, isFinal: false };
  Reflect.apply(Transform, this, [options]);
}
Object.setPrototypeOf(Hmac.prototype, Transform.prototype);
Object.setPrototypeOf(Hmac, Transform);

Hmac.prototype.update = Hash.prototype.update;
Hmac.prototype._transform = Hash.prototype._transform;
Hmac.prototype._flush = Hash.prototype._flush;

Hmac.prototype.digest = function(outputEncoding) {
  const state = this[kState];
  const encoding = normalized(outputEncoding);
  if (state.isFinal) return encoding && encoding !== 'buffer' ? '' : Buffer.alloc(0);
  state.isFinal = true;
  return output(state.digest.digest(), encoding);
};

/** https://nodejs.org/api/crypto.html#cryptohashalgorithm-data-options */
function hash(algorithm, data, options) {
  validateString(algorithm, 'algorithm');
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new ERR_INVALID_ARG_TYPE('input', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  let encoding = 'hex';
  let length;
  if (typeof options === 'string') {
    encoding = options;
  } else if (options !== undefined) {
    validateObject(options, 'options');
    encoding = options.outputEncoding ?? 'hex';
    validateString(encoding, 'options.outputEncoding');
    length = options.outputLength;
    if (length !== undefined) validateUint32(length, 'options.outputLength');
  }
  if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('outputEncoding', encoding);
  }
  if (!isDigest(algorithm)) throw new Error(`Digest method ${algorithm} is not supported`);
  checkLength(algorithm, length);
  return output(nativeDigest(algorithm, input(data), length), encoding);
}

module.exports = {
  Hash,
  Hmac,
  getHashes: () => digests.slice(),
  hash,
};
