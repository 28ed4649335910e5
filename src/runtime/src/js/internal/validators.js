'use strict';

// Checks of arguments. Each throws the error that Node.js does.

const { codes, hideStackFrames } = require('internal/errors');
const {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE, ERR_SOCKET_BAD_PORT, ERR_UNKNOWN_SIGNAL,
} = codes;

function validateType(type) {
  return hideStackFrames((value, name) => {
    if (typeof value !== type) throw new ERR_INVALID_ARG_TYPE(name, type, value);
  });
}

const validateString = validateType('string');
const validateBoolean = validateType('boolean');

const validateFunction = hideStackFrames((value, name) => {
  if (typeof value !== 'function') throw new ERR_INVALID_ARG_TYPE(name, 'Function', value);
});

const validateUndefined = hideStackFrames((value, name) => {
  if (value !== undefined) throw new ERR_INVALID_ARG_TYPE(name, 'undefined', value);
});

const validateNumber = hideStackFrames((value, name, min = undefined, max) => {
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', value);
  const isOut = min != null && value < min || max != null && value > max ||
    (min != null || max != null) && Number.isNaN(value);
  if (isOut) {
    const least = min != null ? `>= ${min}` : '';
    const both = min != null && max != null ? ' && ' : '';
    const most = max != null ? `<= ${max}` : '';
    throw new ERR_OUT_OF_RANGE(name, `${least}${both}${most}`, value);
  }
});

const validateInteger = hideStackFrames(
  (value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) => {
    if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', value);
    if (!Number.isInteger(value)) throw new ERR_OUT_OF_RANGE(name, 'an integer', value);
    if (value < min || value > max) {
      throw new ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
    }
  });

const validateInt32 = hideStackFrames((value, name, min = -2147483648, max = 2147483647) => {
  validateInteger.withoutStackTrace(value, name, min, max);
});

const validateUint32 = hideStackFrames((value, name, positive = false) => {
  validateInteger.withoutStackTrace(value, name, positive ? 1 : 0, 4294967295);
});

const kValidateObjectNone = 0;
const kValidateObjectAllowNullable = 1;
const kValidateObjectAllowArray = 2;
const kValidateObjectAllowFunction = 4;
const kValidateObjectAllowObjects = kValidateObjectAllowArray | kValidateObjectAllowFunction;
const kValidateObjectAllowObjectsAndNull =
  kValidateObjectAllowObjects | kValidateObjectAllowNullable;

const validateObject = hideStackFrames((value, name, allowed = kValidateObjectNone) => {
  const isAllowed = value === null ? allowed & kValidateObjectAllowNullable :
    Array.isArray(value) ? allowed & kValidateObjectAllowArray :
      typeof value === 'object' || typeof value === 'function' && allowed & kValidateObjectAllowFunction;
  if (!isAllowed) throw new ERR_INVALID_ARG_TYPE(name, 'Object', value);
});

const validateArray = hideStackFrames((value, name, minLength = 0) => {
  if (!Array.isArray(value)) throw new ERR_INVALID_ARG_TYPE(name, 'Array', value);
  if (value.length < minLength) {
    throw new ERR_INVALID_ARG_VALUE(name, value, `must be longer than ${minLength}`);
  }
});

function validateArrayOf(validate) {
  return hideStackFrames((value, name) => {
    validateArray(value, name);
    for (let i = 0; i < value.length; i++) validate(value[i], `${name}[${i}]`);
  });
}

const validateStringArray = validateArrayOf(validateString);
const validateBooleanArray = validateArrayOf(validateBoolean);

const validateOneOf = hideStackFrames((value, name, allowed) => {
  if (!allowed.includes(value)) {
    const list = allowed.map((each) => (typeof each === 'string' ? `'${each}'` : String(each))).join(', ');
    throw new ERR_INVALID_ARG_VALUE(name, value, `must be one of: ${list}`);
  }
});

const validateAbortSignal = hideStackFrames((signal, name) => {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    throw new ERR_INVALID_ARG_TYPE(name, 'AbortSignal', signal);
  }
});

const validateBuffer = hideStackFrames((buffer, name = 'buffer') => {
  if (!ArrayBuffer.isView(buffer)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
});

const validateEncoding = (data, encoding) => {
  const normalized = String(encoding).toLowerCase();
  if (normalized === 'hex' && data.length % 2 !== 0) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${data.length}`);
  }
};

/** A port, as a number. */
const validatePort = hideStackFrames((port, name = 'Port', allowZero = true) => {
  const isText = typeof port === 'string' && port.trim().length > 0;
  if (typeof port !== 'number' && !isText || +port !== +port >>> 0 || port > 0xFFFF ||
      port === 0 && !allowZero) {
    throw new ERR_SOCKET_BAD_PORT(name, port, allowZero);
  }
  return port | 0;
});

const validateSignalName = hideStackFrames((signal, name = 'signal') => {
  validateString(signal, name);
  const { signals } = require('os').constants;
  if (signals[signal] === undefined) {
    if (signals[signal.toUpperCase()] !== undefined) {
      throw new ERR_UNKNOWN_SIGNAL(`${signal} (signals must use all capital letters)`);
    }
    throw new ERR_UNKNOWN_SIGNAL(signal);
  }
});

/** A file mode: a number, or a text of octal digits. */
function parseFileMode(value, name, otherwise) {
  value ??= otherwise;
  if (typeof value === 'string') {
    if (!/^[0-7]+$/.test(value)) {
      throw new ERR_INVALID_ARG_VALUE(
        name, value, 'must be a 32-bit unsigned integer or an octal string');
    }
    value = Number.parseInt(value, 8);
  }
  validateUint32(value, name);
  return value;
}

const isInt32 = (value) => value === (value | 0);
const isUint32 = (value) => value === value >>> 0;

module.exports = {
  isInt32,
  isUint32,
  kValidateObjectAllowArray,
  kValidateObjectAllowFunction,
  kValidateObjectAllowNullable,
  kValidateObjectAllowObjects,
  kValidateObjectAllowObjectsAndNull,
  kValidateObjectNone,
  parseFileMode,
  validateAbortSignal,
  validateArray,
  validateBoolean,
  validateBooleanArray,
  validateBuffer,
  validateEncoding,
  validateFunction,
  validateInt32,
  validateInteger,
  validateNumber,
  validateObject,
  validateOneOf,
  validatePort,
  validateSignalName,
  validateString,
  validateStringArray,
  validateUint32,
  validateUndefined,
};
