'use strict';

// What native methods of buffers leave to JavaScript: arguments to be converted, `this` that
// is no array of bytes, and errors. Each function has the name of the method that it serves.

const { codes } = require('internal/errors');
const { validateInteger, validateNumber } = require('internal/validators');
const { allocate, compare, copy, methods, normalizeEncoding } = native('buffer');
const { isAnyArrayBuffer, isByteArray, isUint8Array } = require('internal/buffer/kinds');
const { Buffer } = require('buffer');

const { FastBuffer, fromArrayLike } = require('buffer')[Symbol.for('axil.internals')];
const { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE } = codes;

const kMaxLength = Number.MAX_SAFE_INTEGER;

function validateOffset(value, name, least = 0, most = kMaxLength) {
  validateInteger(value, name, least, most);
}

/** The encoding's usual name. */
function knownEncoding(encoding) {
  const known = normalizeEncoding(`${encoding}`);
  if (known === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return known;
}

/** What is wrong with an offset or a number of bytes: `most` is the last that is in order. */
function throwBounds(value, most, name = 'offset') {
  if (Math.floor(value) !== value) {
    validateNumber(value, name);
    throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  }
  if (most < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  throw new codes.ERR_OUT_OF_RANGE(name, `>= ${name === 'offset' ? 0 : 1} and <= ${most}`, value);
}

function throwWidth(width) {
  throwBounds(width, 6, 'byteLength');
}

// ---------------------------------------------------------------------------
// Numbers
// ---------------------------------------------------------------------------

const isInside = (bytes, offset, size) => (
  Number.isInteger(offset) && offset >= 0 && offset + size <= bytes.length);

/** Reads from what is like an array but none of bytes. */
function readElements(list, offset, size, read) {
  validateNumber(offset, 'offset');
  if (list[offset] === undefined || list[offset + size - 1] === undefined) {
    throwBounds(offset, list.length - size);
  }
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = list[offset + i];
  return read(bytes);
}

/** Writes into what is like an array but none of bytes. */
function writeElements(list, offset, size, write) {
  if (list[offset] === undefined || list[offset + size - 1] === undefined) {
    throwBounds(offset, list.length - size);
  }
  const bytes = new Uint8Array(size);
  write(bytes);
  for (let i = 0; i < size; i++) list[offset + i] = bytes[i];
  return offset + size;
}

function reader(name, size) {
  return function(offset = 0) {
    if (!isByteArray(this)) {
      return readElements(this, offset, size, (bytes) => methods[name].call(bytes, 0));
    }
    validateNumber(offset, 'offset');
    return throwBounds(offset, this.length - size);
  };
}

function writeNumber(target, name, value, offset, size) {
  if (isByteArray(target)) {
    if (!isInside(target, offset, size)) throwBounds(offset, target.length - size);
    return methods[name].call(target, value, offset);
  }
  return writeElements(target, offset, size, (bytes) => methods[name].call(bytes, value, 0));
}

function validateValue(value, min, max, size) {
  if (!(value > max || value < min)) return;
  const n = typeof min === 'bigint' ? 'n' : '';
  let range;
  if (size > 4) {
    const bits = size * 8;
    range = min == 0 ? `>= 0${n} and < 2${n} ** ${bits}${n}` :
      `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`;
  } else {
    range = `>= ${min} and <= ${max}`;
  }
  throw new codes.ERR_OUT_OF_RANGE('value', range, value);
}

function writer(name, size, min, max) {
  return function(value, offset = 0) {
    value = +value;
    if (size === 1) validateNumber(offset, 'offset');
    validateValue(value, min, max, size);
    validateNumber(offset, 'offset');
    return writeNumber(this, name, value, offset, size);
  };
}

function floatWriter(name, size) {
  return function(value, offset = 0) {
    value = +value;
    validateNumber(offset, 'offset');
    return writeNumber(this, name, value, offset, size);
  };
}

const scratch = new BigInt64Array(1);
const scratchBytes = new Uint8Array(scratch.buffer);
const isBigEndianMachine = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;

function bigWriter(name, isBigEndian, min, max) {
  const method = { [name](value, offset = 0) {
    if (value > max || value < min) validateValue(value, min, max, 8);
    validateNumber(offset, 'offset');
    if (this[offset] === undefined || this[offset + 7] === undefined) {
      throwBounds(offset, this.length - 8);
    }
    if (typeof value !== 'bigint') {
      throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
    }
    scratch[0] = value;
    const isReversed = isBigEndian !== isBigEndianMachine;
    for (let i = 0; i < 8; i++) this[offset + i] = scratchBytes[isReversed ? 7 - i : i];
    return offset + 8;
  } };
  return method[name];
}

function wideReader(name) {
  return function(offset, byteLength) {
    if (offset === undefined) throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
    if (!Number.isInteger(byteLength) || byteLength < 1 || byteLength > 6) throwWidth(byteLength);
    if (!isByteArray(this)) {
      return readElements(this, offset, byteLength,
                          (bytes) => methods[name].call(bytes, 0, byteLength));
    }
    validateNumber(offset, 'offset');
    return throwBounds(offset, this.length - byteLength);
  };
}

function wideWriter(name, isSigned) {
  return function(value, offset, byteLength) {
    if (!Number.isInteger(byteLength) || byteLength < 1 || byteLength > 6) throwWidth(byteLength);
    value = +value;
    const range = 2 ** (8 * byteLength);
    if (byteLength === 1) validateNumber(offset, 'offset');
    if (isSigned) validateValue(value, -range / 2, range / 2 - 1, byteLength);
    else validateValue(value, 0, range - 1, byteLength);
    validateNumber(offset, 'offset');
    if (isByteArray(this)) {
      if (!isInside(this, offset, byteLength)) throwBounds(offset, this.length - byteLength);
      return methods[name].call(this, value, offset, byteLength);
    }
    return writeElements(this, offset, byteLength,
                         (bytes) => methods[name].call(bytes, value, 0, byteLength));
  };
}

const slow = { __proto__: null };

for (const order of ['LE', 'BE']) {
  for (const [sign, isSigned] of [['U', false], ['', true]]) {
    for (const size of [1, 2, 4]) {
      const name = size === 1 ? `${sign}Int8` : `${sign}Int${size * 8}${order}`;
      const range = 2 ** (8 * size);
      const [min, max] = isSigned ? [-range / 2, range / 2 - 1] : [0, range - 1];
      slow[`read${name}`] = reader(`read${name}`, size);
      slow[`write${name}`] = writer(`write${name}`, size, min, max);
    }
    slow[`read${sign}Int${order}`] = wideReader(`read${sign}Int${order}`);
    slow[`write${sign}Int${order}`] = wideWriter(`write${sign}Int${order}`, isSigned);
    slow[`readBig${sign}Int64${order}`] = reader(`readBig${sign}Int64${order}`, 8);
  }
  for (const [name, size] of [[`Float${order}`, 4], [`Double${order}`, 8]]) {
    slow[`read${name}`] = reader(`read${name}`, size);
    slow[`write${name}`] = floatWriter(`write${name}`, size);
  }
}

Object.assign(slow, {
  writeBigUInt64LE: bigWriter('writeBigUInt64LE', false, 0n, 2n ** 64n - 1n),
  writeBigUInt64BE: bigWriter('writeBigUInt64BE', true, 0n, 2n ** 64n - 1n),
  writeBigInt64LE: bigWriter('writeBigInt64LE', false, -(2n ** 63n), 2n ** 63n - 1n),
  writeBigInt64BE: bigWriter('writeBigInt64BE', true, -(2n ** 63n), 2n ** 63n - 1n),
});

// ---------------------------------------------------------------------------
// Making buffers
// ---------------------------------------------------------------------------

function validateSize(size) {
  validateNumber(size, 'size', 0, kMaxLength);
}

slow.from = function(value, encodingOrOffset, length) {
  if (typeof value === 'string') {
    if (typeof encodingOrOffset !== 'string' || encodingOrOffset === '') return Buffer.from(value);
    throw new codes.ERR_UNKNOWN_ENCODING(encodingOrOffset);
  }
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf?.();
    if (primitive != null && primitive !== value &&
        (typeof primitive === 'string' || typeof primitive === 'object')) {
      return Buffer.from(primitive, encodingOrOffset, length);
    }
    const buffer = fromObject(value);
    if (buffer !== undefined) return buffer;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return Buffer.from(text, encodingOrOffset);
    }
  }
  throw new ERR_INVALID_ARG_TYPE(
    'first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

function fromArrayBuffer(buffer, byteOffset, length) {
  byteOffset = byteOffset === undefined ? 0 : +byteOffset || 0;
  const most = buffer.byteLength - byteOffset;
  if (most < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (length === undefined) {
    // It follows a buffer that is resized.
    if (buffer.resizable) return new FastBuffer(buffer, byteOffset);
    length = most;
  } else {
    length = +length;
    if (!(length > 0)) length = 0;
    else if (length > most) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
  }
  return new FastBuffer(buffer, byteOffset, length);
}

function fromObject(object) {
  if (object.length !== undefined || isAnyArrayBuffer(object.buffer)) {
    return typeof object.length === 'number' ? fromArrayLike(object) : new FastBuffer();
  }
  if (object.type === 'Buffer' && Array.isArray(object.data)) return fromArrayLike(object.data);
  return undefined;
}

slow.alloc = function(size, fill, encoding) {
  validateSize(size);
  const buffer = allocate(size);
  if (fill !== undefined && fill !== 0 && size > 0) fillBuffer(buffer, fill, encoding);
  return buffer;
};

function fillBuffer(buffer, value, encoding) {
  buffer.fill(value, 0, buffer.length, typeof value === 'string' && encoding === '' ? undefined : encoding);
}

slow.allocUnsafe = function(size) {
  validateSize(size);
  return Buffer.allocUnsafe(size);
};

slow.byteLength = function(string) {
  if (ArrayBuffer.isView(string) || isAnyArrayBuffer(string)) return string.byteLength;
  throw new ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], string);
};

// ---------------------------------------------------------------------------
// Text
// ---------------------------------------------------------------------------

function coded(error, code) {
  error.code = code;
  native('errors').showCodeInStack(error);
  return error;
}

function throwStringTooLong() {
  const limit = native('buffer').maxStringLength.toString(16);
  throw coded(new Error(`Cannot create a string longer than 0x${limit} characters`), 'ERR_STRING_TOO_LONG');
}

slow.toString = function(encoding, start, end) {
  if (!ArrayBuffer.isView(this)) throw coded(new TypeError('argument must be a buffer'), 'ERR_INVALID_ARG_TYPE');
  const length = this.length;
  if (start <= 0) start = 0;
  else if (start >= length) return '';
  else start = Math.trunc(start) || 0;
  if (end === undefined || end > length) end = length;
  else end = Math.trunc(end) || 0;
  if (end <= start) return '';
  const known = encoding === undefined ? 'utf8' : knownEncoding(encoding);
  return native('buffer').decode(this, known, start, end);
};

for (const encoding of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  slow[`${encoding}Slice`] = function(start, end) {
    if (!ArrayBuffer.isView(this)) throw coded(new TypeError('argument must be a buffer'), 'ERR_INVALID_ARG_TYPE');
    const length = this.byteLength;
    start = start === undefined ? 0 : Math.trunc(start) || 0;
    end = end === undefined ? length : Math.trunc(end) || 0;
    if (start > length) return '';
    if (end < start) end = start;
    if (start < 0 || end > length) throw coded(new RangeError('Index out of range'), 'ERR_OUT_OF_RANGE');
    return native('buffer').decode(this, encoding, start, end);
  };
  slow[`${encoding}Write`] = function(string, offset, length) {
    if (!ArrayBuffer.isView(this)) throw coded(new TypeError('argument must be a buffer'), 'ERR_INVALID_ARG_TYPE');
    if (typeof string !== 'string') throw coded(new TypeError('argument must be a string'), 'ERR_INVALID_ARG_TYPE');
    offset = offset === undefined ? 0 : Math.trunc(offset) || 0;
    if (offset < 0 || offset > this.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
    const room = this.byteLength - offset;
    length = length === undefined ? room : Math.trunc(length) || 0;
    if (length < 0 || length > room) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
    return methods[`${encoding}Write`].call(this, string, offset, length);
  };
}

slow.write = function(string, offset, length, encoding) {
  if (typeof offset === 'string' && length === undefined) {
    encoding = offset;
    offset = 0;
    length = this.length;
  } else if (offset === undefined) {
    offset = 0;
    length = this.length;
    encoding = undefined;
  } else {
    validateOffset(offset, 'offset', 0, this.length);
    const room = this.length - offset;
    if (length === undefined) {
      length = room;
    } else if (typeof length === 'string') {
      encoding = length;
      length = room;
    } else {
      validateOffset(length, 'length', 0, this.length);
      length = Math.min(length, room);
    }
  }
  const known = encoding ? knownEncoding(encoding) : 'utf8';
  const name = known === 'utf16le' ? 'ucs2Write' : `${known}Write`;
  return methods[name].call(this, string, offset, length);
};

// ---------------------------------------------------------------------------
// Parts, copies, order
// ---------------------------------------------------------------------------

function sliceSlowly(start, end) {
  if (!ArrayBuffer.isView(this)) return this.subarray(start, end);
  // A place: not below the first, and not past the last one.
  const place = (value, otherwise) => {
    if (value === undefined) return otherwise;
    value = Math.trunc(value) || 0;
    return value < 0 ? Math.max(value + this.length, 0) : Math.min(value, this.length);
  };
  start = place(start, 0);
  end = Math.max(place(end, this.length), start);
  return new FastBuffer(this.buffer, this.byteOffset + start, end - start);
}

slow.slice = slow.subarray = sliceSlowly;

slow.equals = function(other) {
  if (!isUint8Array(other)) {
    throw new codes.ERR_INVALID_ARG_TYPE('otherBuffer', ['Buffer', 'Uint8Array'], other);
  }
  if (!ArrayBuffer.isView(this)) {
    throw new TypeError(
      `Method get TypedArray.prototype.byteLength called on incompatible receiver ${
        Object.prototype.toString.call(this)}`);
  }
  return this.byteLength === other.byteLength && compare(bytesOf(this), other) === 0;
};

const bytesOf = (view) => (
  isUint8Array(view) ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength));

slow.compare = function(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  if (!isUint8Array(target)) {
    throw new codes.ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  }
  if (targetStart === undefined) targetStart = 0;
  else validateOffset(targetStart, 'targetStart');
  if (targetEnd === undefined) targetEnd = target.length;
  else validateOffset(targetEnd, 'targetEnd', 0, target.length);
  if (sourceStart === undefined) sourceStart = 0;
  else validateOffset(sourceStart, 'sourceStart');
  if (sourceEnd === undefined) sourceEnd = this.length;
  else validateOffset(sourceEnd, 'sourceEnd', 0, this.length);
  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return compare(methods.subarray.call(this, sourceStart, sourceEnd),
                 methods.subarray.call(target, targetStart, targetEnd));
};

/** An integer; what is no number counts as given. */
function integerOr(value, otherwise) {
  value = +value;
  if (Number.isNaN(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return otherwise;
  return Math.floor(value);
}

slow.copy = function(target, targetStart, sourceStart, sourceEnd) {
  if (!isUint8Array(this)) throw new codes.ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], this);
  if (!isUint8Array(target)) {
    throw new codes.ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  }
  targetStart = targetStart === undefined ? 0 : integerOr(targetStart, 0);
  if (targetStart < 0) throw new codes.ERR_OUT_OF_RANGE('targetStart', '>= 0', targetStart);
  sourceStart = sourceStart === undefined ? 0 : integerOr(sourceStart, 0);
  if (sourceStart < 0 || sourceStart > this.byteLength) {
    throw new codes.ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${this.byteLength}`, sourceStart);
  }
  sourceEnd = sourceEnd === undefined ? this.byteLength : integerOr(sourceEnd, 0);
  if (sourceEnd < 0) throw new codes.ERR_OUT_OF_RANGE('sourceEnd', '>= 0', sourceEnd);
  if (targetStart >= target.byteLength || sourceStart >= sourceEnd) return 0;
  return copy(this, sourceStart, target, targetStart, Math.min(sourceEnd, this.byteLength) - sourceStart);
};

for (const size of [2, 4, 8]) {
  slow[`swap${size * 8}`] = function() {
    if (this.length % size !== 0) throw new codes.ERR_INVALID_BUFFER_SIZE(`${size * 8}-bits`);
    for (let at = 0; at < this.length; at += size) {
      for (let i = at, j = at + size - 1; i < j; i++, j--) [this[i], this[j]] = [this[j], this[i]];
    }
    return this;
  };
}

module.exports = { slow, throwStringTooLong };
