'use strict';

// https://nodejs.org/api/buffer.html
//
// Most methods are native; what those leave to JavaScript is in internal/buffer/slow_methods.

const half = native('buffer');
const { codes } = require('internal/errors');
const {
  validateArray, validateInteger, validateNumber, validateString,
} = require('internal/validators');
const {
  isAnyArrayBuffer, isTypedArray, isUint8Array,
} = require('internal/buffer/kinds');
const { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } = codes;

const kMaxLength = Number.MAX_SAFE_INTEGER;
const kInspect = Symbol.for('nodejs.util.inspect.custom');

class FastBuffer extends Uint8Array {
  // Spreading arguments would look for an iterator.
  constructor(bufferOrLength, byteOffset, length) {
    super(bufferOrLength, byteOffset, length);
  }
}

/** https://nodejs.org/api/buffer.html#class-buffer */
function Buffer(value, encodingOrOffset, length) {
  warnOfConstructor();
  if (typeof value === 'number') {
    if (typeof encodingOrOffset === 'string') throw new ERR_INVALID_ARG_TYPE('string', 'string', value);
    return Buffer.alloc(value);
  }
  return Buffer.from(value, encodingOrOffset, length);
}

Object.defineProperty(Buffer, Symbol.species, {
  configurable: true,
  enumerable: false,
  get() { return FastBuffer; },
});

FastBuffer.prototype.constructor = Buffer;
Buffer.prototype = FastBuffer.prototype;
Object.setPrototypeOf(Buffer, Uint8Array);

/** How much memory small buffers share. */
Buffer.poolSize = 64 * 1024;

let hasWarned = false;

function warnOfConstructor() {
  if (hasWarned) return;
  const process = require('process');
  if (process.noDeprecation) return;
  // Whoever prepares stacks may make buffers for it.
  hasWarned = true;
  const { stack } = new Error();
  const caller = typeof stack === 'string' ? stack.split('\n')[3] : undefined;
  if (caller !== undefined && /[\\/]node_modules[\\/]/.test(caller)) {
    hasWarned = false;
    return;
  }
  process.emitWarning(
    'Buffer() is deprecated due to security and usability issues. Please use the ' +
    'Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.',
    'DeprecationWarning', 'DEP0005');
}

// ---------------------------------------------------------------------------
// Making buffers
// ---------------------------------------------------------------------------

function validateSize(size) {
  validateNumber(size, 'size', 0, kMaxLength);
}

function validateOffset(value, name, least = 0, most = kMaxLength) {
  validateInteger(value, name, least, most);
}

/** The encoding's usual name. */
function knownEncoding(encoding) {
  const known = half.normalizeEncoding(`${encoding}`);
  if (known === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return known;
}

function fromArrayLike(list) {
  const length = list.length;
  if (!(length > 0)) return new FastBuffer();
  const buffer = Buffer.allocUnsafe(length);
  if (isUint8Array(list)) {
    half.copy(list, 0, buffer, 0, buffer.length);
    return buffer;
  }
  // One that is longer by now does not fit.
  if (list.length > buffer.length) list = Array.prototype.slice.call(list, 0, buffer.length);
  Uint8Array.prototype.set.call(buffer, list, 0);
  return buffer;
}

const { from, alloc, allocUnsafe, byteLength } = half.statics;

Object.assign(Buffer, {
  from,

  copyBytesFrom(view, offset, length) {
    if (!isTypedArray(view)) throw new ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
    const viewLength = view.length;
    if (viewLength === 0) return Buffer.alloc(0);
    let start = 0;
    let end = viewLength;
    if (offset !== undefined) {
      validateInteger(offset, 'offset', 0);
      if (offset >= viewLength) return Buffer.alloc(0);
      start = offset;
    }
    if (length !== undefined) {
      validateInteger(length, 'length', 0);
      end = Math.min(start + length, viewLength);
    }
    const size = view.BYTES_PER_ELEMENT;
    return fromArrayLike(new Uint8Array(view.buffer, view.byteOffset + start * size, (end - start) * size));
  },

  of(...items) {
    const buffer = Buffer.allocUnsafe(items.length);
    for (let i = 0; i < items.length; i++) buffer[i] = items[i];
    return buffer;
  },

  alloc,
  allocUnsafe,

  allocUnsafeSlow(size) {
    validateSize(size);
    return half.allocate(size);
  },

  isBuffer(value) {
    return value instanceof Buffer;
  },

  compare(one, other) {
    if (!isUint8Array(one)) throw new ERR_INVALID_ARG_TYPE('buf1', ['Buffer', 'Uint8Array'], one);
    if (!isUint8Array(other)) throw new ERR_INVALID_ARG_TYPE('buf2', ['Buffer', 'Uint8Array'], other);
    return one === other ? 0 : half.compare(one, other);
  },

  isEncoding(encoding) {
    return typeof encoding === 'string' && half.normalizeEncoding(encoding) !== undefined;
  },

  concat(list, length) {
    validateArray(list, 'list');
    if (list.length === 0) return new FastBuffer();
    if (length === undefined) {
      length = 0;
      for (let i = 0; i < list.length; i++) length += list[i].length || 0;
    } else {
      validateOffset(length, 'length');
    }
    const buffer = Buffer.allocUnsafe(length);
    let at = 0;
    for (let i = 0; i < list.length; i++) {
      const part = list[i];
      if (!isUint8Array(part)) {
        throw new ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], part);
      }
      at += half.copy(part, 0, buffer, at, part.byteLength);
    }
    if (at < length) half.fill(buffer, 0, at, length);
    return buffer;
  },

  byteLength,

  /** How many units the string of some bytes has. */
  stringLength(input, encoding = 'utf8') {
    if (!isTypedArray(input) && !isAnyArrayBuffer(input)) {
      throw new ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
    }
    validateString(encoding, 'encoding');
    const length = input.byteLength;
    switch (knownEncoding(encoding)) {
      case 'utf8': return half.utf8Units(input);
      case 'utf16le': return Math.floor(length / 2);
      case 'hex': return 2 * length;
      case 'base64': return 4 * Math.ceil(length / 3);
      case 'base64url': return Math.ceil(length * 4 / 3);
      default: return length;
    }
  },
});

// ---------------------------------------------------------------------------
// Methods
// ---------------------------------------------------------------------------

const prototype = Buffer.prototype;

Object.assign(prototype, half.methods);
// Other names of the same.
for (const name of Object.keys(prototype)) {
  if (name.includes('UInt')) prototype[name.replace('UInt', 'Uint')] = prototype[name];
}

for (const [name, key] of [['parent', 'buffer'], ['offset', 'byteOffset']]) {
  Object.defineProperty(prototype, name, {
    enumerable: true,
    get() { return this instanceof Buffer ? this[key] : undefined; },
  });
}

function indexOf(buffer, value, byteOffset, encoding, isForward) {
  if (typeof byteOffset === 'string') {
    encoding = byteOffset;
    byteOffset = undefined;
  } else if (byteOffset > 0x7fffffff) {
    byteOffset = 0x7fffffff;
  } else if (byteOffset < -0x80000000) {
    byteOffset = -0x80000000;
  }
  byteOffset = +byteOffset;
  if (Number.isNaN(byteOffset)) byteOffset = isForward ? 0 : buffer.length || buffer.byteLength;
  if (typeof value === 'number') return half.indexOf(buffer, value >>> 0, byteOffset, undefined, isForward);
  const known = encoding === undefined ? 'utf8' : half.normalizeEncoding(`${encoding}`);
  if (typeof value === 'string') {
    if (known === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    return half.indexOf(buffer, value, byteOffset, known, isForward);
  }
  if (isUint8Array(value)) return half.indexOf(buffer, value, byteOffset, known, isForward);
  throw new ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
}

let inspectMaxBytes = 50;

Object.assign(prototype, {
  /** Shows at most so many bytes as `buffer.INSPECT_MAX_BYTES` says, and own properties. */
  inspect: function inspect(recurseTimes, context) {
    const shown = Math.min(inspectMaxBytes, this.length);
    const more = this.length - inspectMaxBytes;
    let text = half.decode(this, 'hex', 0, shown).replace(/(..)(?=.)/g, '$1 ');
    if (more > 0) text += ` ... ${more} more byte${more > 1 ? 's' : ''}`;
    if (context) {
      const named = half.namedKeys(this);
      const extras = {};
      let hasExtras = false;
      for (const key of named) {
        const property = Object.getOwnPropertyDescriptor(this, key);
        if (!context.showHidden && !property.enumerable) continue;
        Object.defineProperty(extras, key, { value: this[key], enumerable: true });
        hasExtras = true;
      }
      if (hasExtras) {
        const { inspect: show } = require('internal/inspect');
        const list = show(extras, { ...context, breakLength: Infinity, compact: true });
        text += `${text === '' ? '' : ', '}${list.slice(2, -2)}`;
      }
    }
    let name = 'Buffer';
    try {
      name = this.constructor.name || name;
    } catch {
      // It is called what it is.
    }
    return `<${name} ${text}>`;
  },

  indexOf(value, byteOffset, encoding) {
    return indexOf(this, value, byteOffset, encoding, true);
  },

  lastIndexOf(value, byteOffset, encoding) {
    return indexOf(this, value, byteOffset, encoding, false);
  },

  includes(value, byteOffset, encoding) {
    return indexOf(this, value, byteOffset, encoding, true) !== -1;
  },

  fill(value, offset, end, encoding) {
    if (typeof value === 'string') {
      if (offset === undefined || typeof offset === 'string') {
        encoding = offset;
        offset = undefined;
      } else if (typeof end === 'string') {
        encoding = end;
        end = undefined;
      }
      if (encoding !== undefined && encoding !== null) {
        validateString(encoding, 'encoding');
        encoding = encoding === '' ? 'utf8' : knownEncoding(encoding);
      } else {
        encoding = undefined;
      }
      if (value === '') value = 0;
    } else {
      encoding = undefined;
      if (typeof value === 'boolean') value = +value;
    }
    if (offset === undefined) {
      offset = 0;
      end = this.length;
    } else {
      validateOffset(offset, 'offset');
      if (end === undefined) end = this.length;
      else validateOffset(end, 'end', 0, this.length);
      if (offset >= end) return this;
    }
    if (offset > this.length || end > this.length) throw new ERR_BUFFER_OUT_OF_BOUNDS();
    if (typeof value !== 'number' && typeof value !== 'string' && !ArrayBuffer.isView(value)) value >>>= 0;
    if (!half.fill(this, value, offset, end, encoding)) throw new ERR_INVALID_ARG_VALUE('value', value);
    return this;
  },

  toJSON() {
    if (this.length === 0) return { type: 'Buffer', data: [] };
    return { type: 'Buffer', data: Array.from(this) };
  },
});

prototype[kInspect] = prototype.inspect;
prototype.toLocaleString = prototype.toString;
for (const key of ['slice', 'subarray']) prototype[key] = half.methods[key];

half.setUp(Buffer, prototype);

// ---------------------------------------------------------------------------
// Functions of the module
// ---------------------------------------------------------------------------

function bytesOfInput(input) {
  const isView = isTypedArray(input);
  if (!isView && !isAnyArrayBuffer(input)) {
    throw new ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
  }
  if ((isView ? input.buffer : input).detached) {
    throw new codes.ERR_INVALID_STATE('Cannot validate on a detached buffer');
  }
  return input;
}

// What has given its bytes away has none that could be wrong.

function isUtf8(input) {
  return half.isUtf8(bytesOfInput(input));
}

function isAscii(input) {
  return half.isAscii(bytesOfInput(input));
}

function isLatin1(input) {
  validateString(input, 'input');
  return half.isLatin1(input);
}

function invalidCharacter(message = 'Invalid character') {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, 'InvalidCharacterError');
}

function btoa(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  const encoded = half.btoa(`${input}`);
  if (encoded === undefined) throw invalidCharacter();
  return encoded;
}

function atob(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  input = `${input}`;
  const decoded = half.atob(input);
  if (decoded === undefined) {
    const digits = input.replace(/[\t\n\f\r ]/g, '');
    throw /^[A-Za-z0-9+/]*$/.test(digits) ?
      invalidCharacter('The string to be decoded is not correctly encoded.') : invalidCharacter();
  }
  return decoded;
}

function lazily(name, load) {
  Object.defineProperty(module.exports, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = load();
      this[name] = value;
      return value;
    },
    set(value) {
      Object.defineProperty(module.exports, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

module.exports = {
  Buffer,
  transcode: function transcode(source, fromEncoding, toEncoding) {
    return require('internal/buffer/transcode').transcode(source, fromEncoding, toEncoding);
  },
  isUtf8,
  isAscii,
  isLatin1,
  kMaxLength,
  kStringMaxLength: half.maxStringLength,
  btoa,
  atob,
};

Object.defineProperties(module.exports, {
  constants: {
    configurable: false,
    enumerable: true,
    value: Object.defineProperties({}, {
      MAX_LENGTH: { enumerable: true, value: kMaxLength },
      MAX_STRING_LENGTH: { enumerable: true, value: half.maxStringLength },
    }),
  },
  INSPECT_MAX_BYTES: {
    configurable: true,
    enumerable: true,
    get() { return inspectMaxBytes; },
    set(value) {
      validateNumber(value, 'INSPECT_MAX_BYTES', 0);
      inspectMaxBytes = value;
    },
  },
  // For the modules beside this one.
  [Symbol.for('axil.internals')]: { value: { FastBuffer, fromArrayLike } },
});

lazily('Blob', () => require('internal/blob').Blob);
lazily('resolveObjectURL', () => require('internal/blob').resolveObjectURL);
lazily('File', () => require('internal/blob').File);
