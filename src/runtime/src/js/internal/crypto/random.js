'use strict';

// https://nodejs.org/api/crypto.html#cryptorandombytessize-callback

const { Buffer, kMaxLength } = require('buffer');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateNumber, validateObject } = require('internal/validators');
const { equal, randomBytesAsync, randomFill: nativeFill } = native('crypto');

const {
  ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE,
} = codes;

const MOST_INT32 = 2 ** 31 - 1;
const MOST = Math.min(MOST_INT32, kMaxLength);

function checkOffset(offset, elementSize, length) {
  validateNumber(offset, 'offset');
  offset *= elementSize;
  const most = Math.min(length, MOST);
  if (Number.isNaN(offset) || offset > most || offset < 0) {
    throw new ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${most}`, offset);
  }
  return offset >>> 0;
}

function checkSize(size, elementSize, offset, length) {
  validateNumber(size, 'size');
  size *= elementSize;
  if (Number.isNaN(size) || size > MOST || size < 0) {
    throw new ERR_OUT_OF_RANGE('size', `>= 0 && <= ${MOST}`, size);
  }
  if (size + offset > length) {
    throw new ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, size + offset);
  }
  return size >>> 0;
}

function asBuffer(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function randomBytes(size, callback) {
  size = checkSize(size, 1, 0, Infinity);
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (callback === undefined) {
    const buffer = Buffer.alloc(size);
    nativeFill(buffer, 0, size);
    return buffer;
  }
  randomBytesAsync(size, (error, bytes) => {
    if (error) callback(error);
    else callback(null, asBuffer(bytes));
  });
  return undefined;
}

const isAnyArrayBuffer = (value) => value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;

/** The place that is to be filled. */
function target(buf, offset, size) {
  if (!isAnyArrayBuffer(buf) && !ArrayBuffer.isView(buf)) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buf);
  }
  const elementSize = buf.BYTES_PER_ELEMENT || 1;
  offset = offset === undefined ? 0 : checkOffset(offset, elementSize, buf.byteLength);
  size = size === undefined ? buf.byteLength - offset : checkSize(size, elementSize, offset, buf.byteLength);
  return { offset, size };
}

function randomFillSync(buf, offset = 0, size) {
  const place = target(buf, offset, size);
  if (place.size > 0) nativeFill(buf, place.offset, place.size);
  return buf;
}

function randomFill(buf, offset, size, callback) {
  if (!isAnyArrayBuffer(buf) && !ArrayBuffer.isView(buf)) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buf);
  }
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  } else {
    validateFunction(callback, 'callback');
  }
  validateFunction(callback, 'callback');
  if (offset === undefined) validateNumber(offset, 'offset');
  const place = target(buf, offset, size);
  if (place.size === 0) {
    callback(null, buf);
    return;
  }
  randomBytesAsync(place.size, (error, bytes) => {
    if (error) {
      callback(error);
      return;
    }
    const view = isAnyArrayBuffer(buf) ? new Uint8Array(buf) : new Uint8Array(buf.buffer, buf.byteOffset, buf.byteLength);
    view.set(bytes, place.offset);
    callback(null, buf);
  });
}

const RANGE = 2 ** 48;
/** Random numbers of 48 bits that have not been used yet. */
const cache = Buffer.alloc(6 * 1024);
let used = cache.length;

function next48() {
  if (used === cache.length) {
    nativeFill(cache, 0, cache.length);
    used = 0;
  }
  const number = cache.readUIntBE(used, 6);
  used += 6;
  return number;
}

function randomInt(min, max, callback) {
  const hasNoMin = max === undefined || typeof max === 'function';
  if (hasNoMin) {
    callback = max;
    max = min;
    min = 0;
  }
  const isSync = callback === undefined;
  if (!isSync) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range < RANGE)) {
    throw new ERR_OUT_OF_RANGE(hasNoMin ? 'max' : 'max - min', `<= ${RANGE - 1}`, range);
  }
  // All numbers are as likely: those behind the last whole range are thrown away.
  const limit = RANGE - RANGE % range;
  let number;
  do {
    number = next48();
  } while (number >= limit);
  const result = number % range + min;
  if (isSync) return result;
  process.nextTick(callback, undefined, result);
  return undefined;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function uuidText(b) {
  return `${HEX[b[0]]}${HEX[b[1]]}${HEX[b[2]]}${HEX[b[3]]}-${HEX[b[4]]}${HEX[b[5]]}-${HEX[b[6]]}${HEX[b[7]]}-` +
    `${HEX[b[8]]}${HEX[b[9]]}-${HEX[b[10]]}${HEX[b[11]]}${HEX[b[12]]}${HEX[b[13]]}${HEX[b[14]]}${HEX[b[15]]}`;
}

const uuids = Buffer.alloc(16 * 128);
let usedUuids = uuids.length;

function checkUuidOptions(options) {
  if (options !== undefined) validateObject(options, 'options');
  const { disableEntropyCache = false } = options ?? {};
  validateBoolean(disableEntropyCache, 'options.disableEntropyCache');
  return disableEntropyCache;
}

/** Sixteen random bytes. */
function uuidBytes(disableEntropyCache) {
  if (disableEntropyCache) {
    const bytes = Buffer.alloc(16);
    nativeFill(bytes, 0, 16);
    return bytes;
  }
  if (usedUuids === uuids.length) {
    nativeFill(uuids, 0, uuids.length);
    usedUuids = 0;
  }
  usedUuids += 16;
  return uuids.subarray(usedUuids - 16, usedUuids);
}

function randomUUID(options) {
  const bytes = uuidBytes(checkUuidOptions(options));
  bytes[6] = bytes[6] & 0x0f | 0x40;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  return uuidText(bytes);
}

function randomUUIDv7(options) {
  const bytes = uuidBytes(checkUuidOptions(options));
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = bytes[6] & 0x0f | 0x70;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  return uuidText(bytes);
}

function checkedBytes(value, name) {
  if (!isAnyArrayBuffer(value) && !ArrayBuffer.isView(value)) {
    const error = new codes.ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
    // Nothing is said of what was given: it may be a secret.
    error.message = error.message.replace(/ Received .*$/s, '');
    throw error;
  }
  return value;
}

function timingSafeEqual(buf1, buf2) {
  checkedBytes(buf1, 'buf1');
  checkedBytes(buf2, 'buf2');
  if (buf1.byteLength !== buf2.byteLength) throw new ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return equal(buf1, buf2);
}

module.exports = {
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  randomUUIDv7,
  timingSafeEqual,
};
