'use strict';

// https://nodejs.org/api/webcrypto.html#class-subtlecrypto
//
// Digests, and keys for message codes (HMAC); other algorithms say that they are missing.

const { Buffer } = require('buffer');
const { NotImplementedError, codes } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/buffer/kinds');
const { invalidArgument, kClone } = require('internal/structured_clone');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kInternal = Symbol('kInternal');

/** Digests by the names of the standard: what `crypto` calls them, and their blocks in bits. */
const DIGESTS = {
  '__proto__': null,
  'SHA-1': { name: 'sha1', block: 512, jwk: 'HS1' },
  'SHA-256': { name: 'sha256', block: 512, jwk: 'HS256' },
  'SHA-384': { name: 'sha384', block: 1024, jwk: 'HS384' },
  'SHA-512': { name: 'sha512', block: 1024, jwk: 'HS512' },
  'SHA3-256': { name: 'sha3-256', block: 1088, jwk: 'HS3-256', isExperimental: true },
  'SHA3-384': { name: 'sha3-384', block: 832, jwk: 'HS3-384', isExperimental: true },
  'SHA3-512': { name: 'sha3-512', block: 576, jwk: 'HS3-512', isExperimental: true },
};

/** Algorithms of the standard that are not here yet. */
const MISSING = new Set([
  'AES-CTR', 'AES-CBC', 'AES-GCM', 'AES-KW', 'RSASSA-PKCS1-V1_5', 'RSA-PSS', 'RSA-OAEP', 'ECDSA', 'ECDH',
  'ED25519', 'X25519', 'HKDF', 'PBKDF2',
]);

const FORMATS = [
  'raw', 'pkcs8', 'spki', 'jwk', 'raw-public', 'raw-private', 'raw-seed', 'raw-secret',
];
const USAGES = [
  'encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey', 'encapsulateBits',
  'decapsulateBits', 'encapsulateKey', 'decapsulateKey',
];

// ---------------------------------------------------------------------------
// Arguments
// ---------------------------------------------------------------------------

function domError(message, name) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, name);
}

function coded(message, code) {
  const error = new TypeError(message);
  error.code = code;
  native('errors').showCodeInStack(error);
  return error;
}

function failure(method, what) {
  return `Failed to execute '${method}' on 'SubtleCrypto': ${what}`;
}

function argumentCount(count, least, method) {
  if (count >= least) return;
  const plural = least === 1 ? '' : 's';
  throw coded(failure(method, `${least} argument${plural} required, but only ${count} present.`), 'ERR_MISSING_ARGS');
}

const ORDINALS = ['1st', '2nd', '3rd', '4th', '5th'];

/** A copy of bytes that a program gives. */
function bytesOf(value, method, index) {
  if (ArrayBuffer.isView(value)) {
    return Buffer.from(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  }
  if (isAnyArrayBuffer(value)) return Buffer.from(Buffer.from(value));
  throw invalidArgument(failure(
    method, `${ORDINALS[index]} argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`));
}

function toEnum(value, allowed, method, where, type) {
  const text = `${value}`;
  if (!allowed.includes(text)) {
    throw coded(
      failure(method, `${where} '${text}' is not a valid enum value of type ${type}.`), 'ERR_INVALID_ARG_VALUE');
  }
  return text;
}

function usagesOf(value, method, index) {
  const where = `${ORDINALS[index]} argument`;
  if (value === null || typeof value !== 'object' || typeof value[Symbol.iterator] !== 'function') {
    throw invalidArgument(failure(method, `${where} cannot be converted to sequence.`));
  }
  const given = [...value].map((usage, at) => toEnum(usage, USAGES, method, `${where}[${at}]`, 'KeyUsage'));
  return USAGES.filter((usage) => given.includes(usage));
}

/** The name of an algorithm, as the standard writes it. */
function nameOf(algorithm) {
  const isDictionary = algorithm !== null && typeof algorithm === 'object';
  if (isDictionary && algorithm.name === undefined) throw missingMember('name', 'Algorithm');
  const name = `${isDictionary ? algorithm.name : algorithm}`.toUpperCase();
  if (name === 'HMAC' || DIGESTS[name] !== undefined) return name;
  if (MISSING.has(name)) throw new NotImplementedError(`crypto.subtle with ${name}`);
  throw domError('Unrecognized algorithm name', 'NotSupportedError');
}

function missingMember(member, dictionary) {
  return coded(
    `Failed to normalize algorithm: passed algorithm cannot be converted to '${dictionary}' because ` +
    `'${member}' is required in '${dictionary}'.`, 'ERR_MISSING_OPTION');
}

function digestNameOf(algorithm) {
  const name = nameOf(algorithm);
  if (DIGESTS[name] === undefined) throw domError('Unrecognized algorithm name', 'NotSupportedError');
  if (DIGESTS[name].isExperimental) warnOf(name);
  return name;
}

const warnedOf = new Set();

function warnOf(name) {
  if (warnedOf.has(name)) return;
  warnedOf.add(name);
  require('process').emitWarning(
    `The ${name} Web Crypto API algorithm is an experimental feature and might change at any time`,
    'ExperimentalWarning');
}

/** `name`, `hash` and maybe `length` of what `importKey` and `generateKey` are given. */
function hmacOf(algorithm, dictionary) {
  const name = nameOf(algorithm);
  if (name !== 'HMAC') throw domError('Unrecognized algorithm name', 'NotSupportedError');
  if (algorithm.hash === undefined) throw missingMember('hash', dictionary);
  return { name, hash: { name: digestNameOf(algorithm.hash) }, length: algorithm.length };
}

// ---------------------------------------------------------------------------
// Keys
// ---------------------------------------------------------------------------

let secretOf;

/** https://nodejs.org/api/webcrypto.html#class-cryptokey */
class CryptoKey {
  #secret;
  #extractable;
  #algorithm;
  #usages;

  constructor(internal = undefined, secret, extractable, algorithm, usages) {
    if (internal !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#secret = secret;
    this.#extractable = extractable;
    this.#algorithm = algorithm;
    this.#usages = usages;
  }

  static {
    secretOf = (key) => {
      CryptoKey.#check(key);
      return key.#secret;
    };
  }

  static #check(key) {
    if (!(key !== null && typeof key === 'object' && #secret in key)) throw new codes.ERR_INVALID_THIS('CryptoKey');
  }

  get type() {
    CryptoKey.#check(this);
    return 'secret';
  }

  get extractable() {
    CryptoKey.#check(this);
    return this.#extractable;
  }

  get algorithm() {
    CryptoKey.#check(this);
    return this.#algorithm;
  }

  get usages() {
    CryptoKey.#check(this);
    return this.#usages;
  }

  [kClone]() {
    return new CryptoKey(kInternal, this.#secret, this.#extractable, this.#algorithm, this.#usages);
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    const { type, extractable, algorithm, usages } = this;
    return `CryptoKey ${require('internal/inspect').inspect({ type, extractable, algorithm, usages }, inner)}`;
  }
}

/** A key of bytes, of which `length` bits count. */
function newKey(bytes, { name, hash, length }, extractable, usages) {
  if (usages.length === 0) throw domError('Usages cannot be empty when importing a secret key.', 'SyntaxError');
  return new CryptoKey(kInternal, bytes, Boolean(extractable), { name, length, hash }, usages);
}

function checkUsages(usages) {
  if (usages.some((usage) => usage !== 'sign' && usage !== 'verify')) {
    throw domError('Unsupported key usage for HMAC key', 'SyntaxError');
  }
}

function bytesOfJwk(jwk, algorithm) {
  if (jwk === null || typeof jwk !== 'object') throw domError('Invalid keyData', 'DataError');
  if (jwk.kty !== 'oct') throw domError('Invalid JWK "kty" Parameter', 'DataError');
  if (jwk.use !== undefined && jwk.use !== 'sig') throw domError('Invalid JWK "use" Parameter', 'DataError');
  if (jwk.alg !== undefined && jwk.alg !== DIGESTS[algorithm.hash.name].jwk) {
    throw domError('JWK "alg" does not match the requested algorithm', 'DataError');
  }
  if (typeof jwk.k !== 'string') throw domError('Invalid JWK', 'DataError');
  return Buffer.from(jwk.k, 'base64url');
}

function exactBuffer(bytes) {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function keyFor(algorithm, key, usage) {
  const name = nameOf(algorithm);
  if (name !== 'HMAC') throw domError('Unrecognized algorithm name', 'NotSupportedError');
  const secret = secretOf(key);
  if (key.algorithm.name !== name) throw domError('Key algorithm mismatch', 'InvalidAccessError');
  if (!key.usages.includes(usage)) throw domError(`Unable to use this key to ${usage}`, 'InvalidAccessError');
  return secret;
}

function hmac(secret, key, data) {
  const { createHmac } = require('crypto');
  return createHmac(DIGESTS[key.algorithm.hash.name].name, secret).update(data).digest();
}

function importBytes(bytes, algorithm, extractable, usages) {
  const bits = bytes.byteLength * 8;
  if (bits === 0) throw domError('Zero-length key is not supported', 'DataError');
  algorithm.length ??= bits;
  if (algorithm.length > bits || algorithm.length <= bits - 8) throw domError('Invalid key length', 'DataError');
  return newKey(bytes, algorithm, extractable, usages);
}

/** `importKey` for a `KeyObject`. */
function importSecret(bytes, algorithm, extractable, keyUsages) {
  const usages = usagesOf(keyUsages, 'importKey', 4);
  const normal = hmacOf(algorithm, 'HmacImportParams');
  checkUsages(usages);
  return importBytes(bytes, normal, extractable, usages);
}

// ---------------------------------------------------------------------------
// The methods
// ---------------------------------------------------------------------------

class SubtleCrypto {
  #isSubtle = true;

  constructor(internal = undefined) {
    if (internal !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  static check(subtle) {
    if (!(subtle !== null && typeof subtle === 'object' && #isSubtle in subtle)) {
      throw new codes.ERR_INVALID_THIS('SubtleCrypto');
    }
  }
}

const { check } = SubtleCrypto;
delete SubtleCrypto.check;

const methods = {
  async digest(algorithm, data) {
    check(this);
    argumentCount(arguments.length, 2, 'digest');
    const bytes = bytesOf(data, 'digest', 1);
    const { name } = DIGESTS[digestNameOf(algorithm)];
    return exactBuffer(require('crypto').createHash(name).update(bytes).digest());
  },

  async generateKey(algorithm, extractable, keyUsages) {
    check(this);
    argumentCount(arguments.length, 3, 'generateKey');
    const usages = usagesOf(keyUsages, 'generateKey', 2);
    const { name, hash, length = DIGESTS[hash.name].block } = hmacOf(algorithm, 'HmacKeyGenParams');
    if (length === 0) throw domError('Zero-length key is not supported', 'OperationError');
    checkUsages(usages);
    const bytes = require('crypto').randomBytes(Math.ceil(length / 8));
    return newKey(bytes, { name, hash, length }, extractable, usages);
  },

  async importKey(format, keyData, algorithm, extractable, keyUsages) {
    check(this);
    argumentCount(arguments.length, 4, 'importKey');
    format = toEnum(format, FORMATS, 'importKey', '1st argument', 'KeyFormat');
    const given = format === 'jwk' ? keyData : bytesOf(keyData, 'importKey', 1);
    const usages = usagesOf(keyUsages, 'importKey', 4);
    const normal = hmacOf(algorithm, 'HmacImportParams');
    checkUsages(usages);
    if (!['raw', 'raw-secret', 'jwk'].includes(format)) {
      throw domError(`Unable to import HMAC using ${format} format`, 'NotSupportedError');
    }
    const bytes = format === 'jwk' ? bytesOfJwk(given, normal) : given;
    return importBytes(bytes, normal, extractable, usages);
  },

  async exportKey(format, key) {
    check(this);
    argumentCount(arguments.length, 2, 'exportKey');
    format = toEnum(format, FORMATS, 'exportKey', '1st argument', 'KeyFormat');
    const secret = secretOf(key);
    if (!key.extractable) throw domError('key is not extractable', 'InvalidAccessError');
    if (format === 'raw' || format === 'raw-secret') return exactBuffer(secret);
    if (format !== 'jwk') {
      throw domError(`Unable to export HMAC secret key using ${format} format`, 'NotSupportedError');
    }
    return {
      key_ops: [...key.usages],
      ext: true,
      alg: DIGESTS[key.algorithm.hash.name].jwk,
      kty: 'oct',
      k: secret.toString('base64url'),
    };
  },

  async sign(algorithm, key, data) {
    check(this);
    argumentCount(arguments.length, 3, 'sign');
    const bytes = bytesOf(data, 'sign', 2);
    return exactBuffer(hmac(keyFor(algorithm, key, 'sign'), key, bytes));
  },

  async verify(algorithm, key, signature, data) {
    check(this);
    argumentCount(arguments.length, 4, 'verify');
    const given = bytesOf(signature, 'verify', 2);
    const bytes = bytesOf(data, 'verify', 3);
    const expected = hmac(keyFor(algorithm, key, 'verify'), key, bytes);
    return given.byteLength === expected.byteLength && require('crypto').timingSafeEqual(given, expected);
  },
};

/** Methods that have no algorithm here yet, and how many arguments they want. */
const MISSING_METHODS = {
  encrypt: 3, decrypt: 3, deriveKey: 5, deriveBits: 2, wrapKey: 4, unwrapKey: 7, getPublicKey: 2,
  encapsulateBits: 2, encapsulateKey: 5, decapsulateBits: 3, decapsulateKey: 6,
};

for (const [name, count] of Object.entries(MISSING_METHODS)) {
  methods[name] = { async [name]() {
    check(this);
    argumentCount(arguments.length, count, name);
    throw new NotImplementedError(`crypto.subtle.${name}`);
  } }[name];
}

const ORDER = [
  'encrypt', 'decrypt', 'sign', 'verify', 'digest', 'generateKey', 'deriveKey', 'deriveBits', 'importKey',
  'exportKey', 'wrapKey', 'unwrapKey', 'getPublicKey', 'encapsulateBits', 'encapsulateKey', 'decapsulateBits',
  'decapsulateKey',
];
for (const name of ORDER) {
  Object.defineProperty(SubtleCrypto.prototype, name, {
    configurable: true, enumerable: true, writable: true, value: methods[name],
  });
}
for (const name of ['type', 'extractable', 'algorithm', 'usages']) {
  Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
}
for (const Class of [SubtleCrypto, CryptoKey]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { configurable: true, value: Class.name });
}

module.exports = { CryptoKey, SubtleCrypto, importSecret, secretOf, subtle: new SubtleCrypto(kInternal) };
