'use strict';

// https://nodejs.org/api/webcrypto.html
//
// Random numbers; the rest is in `internal/crypto/subtle`.

const { codes } = require('internal/errors');
const { isTypedArray } = require('internal/buffer/kinds');
const { invalidArgument } = require('internal/structured_clone');
const { fillRandom, randomUuid } = native('web_crypto');

const kInternal = Symbol('kInternal');
/** More bytes are refused. */
const MOST_BYTES = 65536;

class Crypto {
  #isCrypto = true;

  constructor(internal) {
    if (internal !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  static #check(crypto) {
    if (!(crypto !== null && typeof crypto === 'object' && #isCrypto in crypto)) {
      throw new codes.ERR_INVALID_THIS('Crypto');
    }
  }

  get subtle() {
    Crypto.#check(this);
    return require('internal/crypto/subtle').subtle;
  }

  getRandomValues(array) {
    Crypto.#check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('typedArray');
    const { DOMException } = require('internal/dom_exception');
    if (!ArrayBuffer.isView(array)) {
      throw invalidArgument("Failed to execute 'getRandomValues' on 'Crypto': 1st argument is not an ArrayBufferView.");
    }
    if (!isTypedArray(array) || /Float/.test(Object.prototype.toString.call(array))) {
      throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    }
    if (array.byteLength > MOST_BYTES) {
      const { QuotaExceededError } = require('internal/quota_exceeded_error');
      throw new QuotaExceededError('The requested length exceeds 65,536 bytes');
    }
    fillRandom(array);
    return array;
  }

  randomUUID() {
    Crypto.#check(this);
    return randomUuid();
  }
}

for (const name of ['subtle', 'getRandomValues', 'randomUUID']) {
  Object.defineProperty(Crypto.prototype, name, { enumerable: true });
}
Object.defineProperty(Crypto.prototype, Symbol.toStringTag, { configurable: true, value: 'Crypto' });

module.exports = { Crypto, crypto: new Crypto(kInternal) };
