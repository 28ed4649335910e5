'use strict';

// `TextEncoder` and `TextDecoder`: https://nodejs.org/api/util.html#class-utiltextdecoder

const { codes } = require('internal/errors');
const { kValidateObjectAllowObjectsAndNull, validateObject, validateString } = require('internal/validators');
const { isAnyArrayBuffer, isUint8Array } = require('internal/buffer/kinds');
const { invalidArgument } = require('internal/structured_clone');
const half = native('encoding');
const { ERR_ENCODING_INVALID_ENCODED_DATA, ERR_ENCODING_NOT_SUPPORTED, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS } = codes;

const kInspect = Symbol.for('nodejs.util.inspect.custom');

/** How many bytes were written last. */
const written = new BigUint64Array(1);

class TextEncoder {
  #isEncoder = true;

  static #check(encoder) {
    if (!(encoder !== null && typeof encoder === 'object' && #isEncoder in encoder)) {
      throw new TypeError('Receiver must be an instance of class TextEncoder');
    }
  }

  get encoding() {
    TextEncoder.#check(this);
    return 'utf-8';
  }

  encode(input = '') {
    TextEncoder.#check(this);
    return half.encode(`${input}`);
  }

  encodeInto(source, destination) {
    TextEncoder.#check(this);
    validateString(source, 'src');
    if (!isUint8Array(destination)) throw new ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', destination);
    const read = half.encodeInto(source, destination, written);
    return { read, written: Number(written[0]) };
  }

  [kInspect](depth, options) {
    TextEncoder.#check(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = Object.create({ constructor: this.constructor === TextEncoder ? Object : this.constructor });
    shown.encoding = this.encoding;
    return require('internal/inspect').inspect(shown, options);
  }
}

Object.defineProperties(TextEncoder.prototype, {
  encode: { enumerable: true },
  encodeInto: { enumerable: true },
  encoding: { enumerable: true },
  [Symbol.toStringTag]: { configurable: true, value: 'TextEncoder' },
});

const noBytes = new Uint8Array(0);

class TextDecoder {
  #encoding;
  #isFatal;
  #ignoresBom;
  /** What is kept between two pieces; of UTF-8 in one piece nothing is. */
  #stream = undefined;
  #isInStream = false;

  constructor(label = 'utf-8', options = {}) {
    label = `${label}`;
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const encoding = half.nameOf(label);
    if (encoding === undefined) throw new ERR_ENCODING_NOT_SUPPORTED(
      half.isReplacement(label) ? 'replacement' : label);
    this.#encoding = encoding;
    this.#isFatal = Boolean(options?.fatal);
    this.#ignoresBom = Boolean(options?.ignoreBOM);
  }

  static #check(decoder) {
    if (!(decoder !== null && typeof decoder === 'object' && #encoding in decoder)) {
      throw new ERR_INVALID_THIS('TextDecoder');
    }
  }

  get encoding() {
    TextDecoder.#check(this);
    return this.#encoding;
  }

  get fatal() {
    TextDecoder.#check(this);
    return this.#isFatal;
  }

  get ignoreBOM() {
    TextDecoder.#check(this);
    return this.#ignoresBom;
  }

  decode(input = noBytes, options = undefined) {
    TextDecoder.#check(this);
    if (!isAnyArrayBuffer(input) && !ArrayBuffer.isView(input)) {
      throw this.#refusal(input, Boolean(options?.stream));
    }
    validateObject(options ?? {}, 'options', kValidateObjectAllowObjectsAndNull);
    const isStream = Boolean(options?.stream);
    let text;
    if (this.#encoding === 'utf-8' && !isStream && !this.#isInStream) {
      text = half.decodeUtf8(input, this.#isFatal, this.#ignoresBom);
    } else {
      this.#stream ??= new half.Stream(this.#encoding, this.#isFatal, this.#ignoresBom);
      text = this.#stream.decode(input, !isStream);
      this.#isInStream = isStream && text !== undefined;
    }
    if (text === undefined) throw new ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
    return text;
  }

  /** What Node.js says of an input that is none: one of three decoders says it. */
  #refusal(input, isStream) {
    if (this.#encoding === 'utf-8' && !isStream && !this.#isInStream) {
      return invalidArgument(
        'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
    }
    if (this.#encoding === 'utf-16le') {
      return invalidArgument(
        'The "input" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
    }
    return new ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'ArrayBufferView'], input);
  }

  [kInspect](depth, options) {
    TextDecoder.#check(this);
    const { encoding, fatal, ignoreBOM } = this;
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = Object.create(Object.create(Object.getPrototypeOf(this), {
      constructor: { value: this.constructor }, [Symbol.toStringTag]: { value: '' },
    }));
    for (const [name, value] of Object.entries({ encoding, fatal, ignoreBOM })) {
      Object.defineProperty(shown, name, { value, enumerable: true });
    }
    return require('internal/inspect').inspect(shown, { ...options, customInspect: false });
  }
}

Object.defineProperties(TextDecoder.prototype, {
  decode: { enumerable: true },
  encoding: { enumerable: true },
  fatal: { enumerable: true },
  ignoreBOM: { enumerable: true },
  [Symbol.toStringTag]: { configurable: true, value: 'TextDecoder' },
});

module.exports = { TextDecoder, TextEncoder };
