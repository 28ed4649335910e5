'use strict';

// https://nodejs.org/api/string_decoder.html

const { codes } = require('internal/errors');
const { Buffer } = require('buffer');
const { normalizeEncoding } = native('buffer');
const half = native('string_decoder');

const kState = Symbol('kNativeDecoder');
const MISSING = 4;
const KEPT = 5;
const ENCODING = 6;

/** Decodes bytes that come in pieces, which may split characters. */
function StringDecoder(encoding) {
  const known = encoding === undefined || encoding === null || encoding === '' ?
    'utf8' : normalizeEncoding(`${encoding}`);
  if (known === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  this.encoding = known;
  this[kState] = Buffer.alloc(7);
  this[kState][ENCODING] = half.encodingNumber(known);
}

/** The text that is complete. */
StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  if (!ArrayBuffer.isView(buf)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], buf);
  }
  if (!this[kState]) throw new codes.ERR_INVALID_THIS('StringDecoder');
  return half.write(this[kState], buf);
};

/** The last text: what is not complete is replaced. */
StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf);
  return this[kState][KEPT] > 0 ? text + half.end(this[kState]) : text;
};

/** Begins anew, with what is behind an offset. */
StringDecoder.prototype.text = function text(buf, offset) {
  this[kState][MISSING] = 0;
  this[kState][KEPT] = 0;
  return this.write(buf.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    configurable: true,
    enumerable: true,
    get() { return this[kState].subarray(0, MISSING); },
  },
  lastNeed: {
    configurable: true,
    enumerable: true,
    get() { return this[kState][MISSING]; },
  },
  lastTotal: {
    configurable: true,
    enumerable: true,
    get() { return this[kState][KEPT] + this[kState][MISSING]; },
  },
});

module.exports = { StringDecoder };
