'use strict';

// https://nodejs.org/api/zlib.html

const { Buffer, kMaxLength } = require('buffer');
const { NotImplementedError, codes } = require('internal/errors');
const { Transform, finished } = require('stream');
const { codes: zlibCodes, constants } = require('internal/zlib/constants');
const { validateFiniteNumber, validateRange } = require('internal/zlib/options');
const { validateBoolean, validateFunction, validateUint32 } = require('internal/validators');
const { Coder, crc32: nativeCrc32 } = native('zlib');

const {
  ERR_BROTLI_INVALID_PARAM, ERR_BUFFER_TOO_LARGE, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE, ERR_ZLIB_INITIALIZATION_FAILED,
} = codes;
const {
  BROTLI_DECODE, BROTLI_ENCODE, BROTLI_OPERATION_EMIT_METADATA, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_FLUSH,
  BROTLI_OPERATION_PROCESS, DEFLATE, DEFLATERAW, GUNZIP, GZIP, INFLATE, INFLATERAW, UNZIP, Z_BLOCK, Z_DEFAULT_CHUNK,
  Z_DEFAULT_COMPRESSION, Z_DEFAULT_MEMLEVEL, Z_DEFAULT_STRATEGY, Z_DEFAULT_WINDOWBITS, Z_FINISH, Z_FIXED,
  Z_FULL_FLUSH, Z_MAX_LEVEL, Z_MAX_MEMLEVEL, Z_MAX_WINDOWBITS, Z_MIN_CHUNK, Z_MIN_LEVEL, Z_MIN_MEMLEVEL,
  Z_MIN_WINDOWBITS, Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, ZSTD_COMPRESS, ZSTD_DECOMPRESS, ZSTD_e_continue,
  ZSTD_e_end, ZSTD_e_flush,
} = constants;

const kFlushFlag = Symbol('kFlushFlag');
const kError = Symbol('kError');
const kIsBusy = Symbol('kIsBusy');

const isAnyArrayBuffer = (value) => value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
const isBytes = (value) => ArrayBuffer.isView(value) || isAnyArrayBuffer(value);

function toBytes(value) {
  if (typeof value === 'string') return Buffer.from(value);
  if (isAnyArrayBuffer(value)) return Buffer.from(value);
  return value instanceof Uint8Array ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function coderError(number, code, message) {
  const error = new Error(message);
  error.errno = number;
  error.code = code;
  return error;
}

// ---------------------------------------------------------------------------
// What all streams have
// ---------------------------------------------------------------------------

/** Which flush is the stronger one: both are wanted, and one is done. */
const STRENGTH = [Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH];
const BROTLI_STRENGTH = [BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH];
const ZSTD_STRENGTH = [ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end];

/** The least and the greatest flush of a mode, and all of them by strength. */
function flushesOf(mode) {
  switch (mode) {
    case BROTLI_DECODE:
    case BROTLI_ENCODE: return [BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_EMIT_METADATA, BROTLI_STRENGTH];
    case ZSTD_COMPRESS:
    case ZSTD_DECOMPRESS: return [ZSTD_e_continue, ZSTD_e_end, ZSTD_STRENGTH];
    default: return [Z_NO_FLUSH, Z_BLOCK, STRENGTH];
  }
}

function stronger(order, one, other) {
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}

const emptyBuffer = Buffer.alloc(0);

function ZlibBase(options, mode, handle, { flush, finishFlush, fullFlush }) {
  let chunkSize = Z_DEFAULT_CHUNK;
  let maxOutputLength = kMaxLength;
  const [least, most, strength] = flushesOf(mode);
  if (options) {
    chunkSize = options.chunkSize;
    if (!validateFiniteNumber(chunkSize, 'options.chunkSize')) chunkSize = Z_DEFAULT_CHUNK;
    else if (chunkSize < Z_MIN_CHUNK) throw new ERR_OUT_OF_RANGE('options.chunkSize', `>= ${Z_MIN_CHUNK}`, chunkSize);
    flush = validateRange(options.flush, 'options.flush', least, most, flush);
    finishFlush = validateRange(options.finishFlush, 'options.finishFlush', least, most, finishFlush);
    if (options.rejectGarbageAfterEnd !== undefined) {
      validateBoolean(options.rejectGarbageAfterEnd, 'options.rejectGarbageAfterEnd');
    }
    maxOutputLength = validateRange(options.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    if (options.encoding || options.objectMode || options.writableObjectMode) {
      options = { ...options, encoding: null, objectMode: false, writableObjectMode: false };
    }
  }
  Reflect.apply(Transform, this, [{ autoDestroy: true, ...options }]);
  this.bytesWritten = 0;
  this._handle = handle;
  this._outBuffer = undefined;
  this._outOffset = 0;
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = fullFlush;
  this._flushStrength = strength;
  this._info = Boolean(options?.info);
  this._maxOutputLength = maxOutputLength;
  this._rejectGarbageAfterEnd = Boolean(options?.rejectGarbageAfterEnd);
  this._mode = mode;
  this[kError] = null;
  this[kIsBusy] = false;
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  configurable: true,
  enumerable: true,
  get() {
    return !this._handle;
  },
});

ZlibBase.prototype.reset = function() {
  if (!this._handle) require('assert').fail('zlib binding closed');
  if (this[kIsBusy]) throw new Error('Cannot reset zlib stream while a write is in progress');
  const problem = this._handle.reset();
  if (problem !== undefined) throw coderError(constants.Z_STREAM_ERROR, 'Z_STREAM_ERROR', problem);
};

ZlibBase.prototype._flush = function(callback) {
  this._transform(emptyBuffer, '', callback);
};

ZlibBase.prototype._final = function(callback) {
  callback();
};

/** A chunk that is nothing but the wish to flush. */
function flushMark(flag) {
  const buffer = Buffer.alloc(0);
  buffer[kFlushFlag] = flag;
  return buffer;
}

ZlibBase.prototype.flush = function(kind, callback) {
  if (typeof kind === 'function' || kind === undefined && !callback) {
    callback = kind;
    kind = this._defaultFullFlushFlag;
  }
  if (this.writableFinished) {
    if (callback) process.nextTick(callback);
  } else if (this.writableEnded) {
    if (callback) this.once('end', callback);
  } else {
    this.write(flushMark(kind), '', callback);
  }
};

ZlibBase.prototype.close = function(callback) {
  if (callback) finished(this, callback);
  this.destroy();
};

ZlibBase.prototype._destroy = function(error, callback) {
  closeHandle(this);
  callback(error);
};

function closeHandle(stream) {
  stream._handle?.close();
  stream._handle = null;
}

ZlibBase.prototype._transform = function(chunk, encoding, callback) {
  let flag = this._defaultFlushFlag;
  // What is flushed with the last piece ends the stream.
  if (typeof chunk[kFlushFlag] === 'number') flag = chunk[kFlushFlag];
  else if (this.writableEnded && this.writableLength === chunk.byteLength) {
    flag = stronger(this._flushStrength, flag, this._finishFlushFlag);
  }
  this._process(toBytes(chunk), flag, callback);
};

/** Room for what comes out. */
function outputOf(stream) {
  if (stream._outBuffer === undefined || stream._chunkSize - stream._outOffset === 0) {
    stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize);
    stream._outOffset = 0;
  }
  return stream._outBuffer;
}

/** Works on a piece of input by another thread, until it has been taken. */
ZlibBase.prototype._process = function(chunk, flag, callback) {
  const stream = this;
  let at = 0;
  const step = () => {
    const handle = stream._handle;
    if (!handle) {
      process.nextTick(callback);
      return;
    }
    const output = outputOf(stream);
    const room = stream._chunkSize - stream._outOffset;
    stream[kIsBusy] = true;
    handle.write(flag, chunk, at, chunk.byteLength - at, output, stream._outOffset, room, (result) => {
      stream[kIsBusy] = false;
      done(result, room);
    });
  };
  const done = ([leftIn, leftOut, number, code, words], room) => {
    if (stream.destroyed) {
      callback();
      return;
    }
    if (number !== undefined) {
      const error = coderError(number, code, words);
      stream[kError] = code;
      stream.destroy(error);
      return;
    }
    const taken = chunk.byteLength - at - leftIn;
    stream.bytesWritten += taken;
    at += taken;
    const made = room - leftOut;
    let wantsMore = true;
    if (made > 0) {
      const piece = stream._outBuffer.subarray(stream._outOffset, stream._outOffset + made);
      stream._outOffset += made;
      wantsMore = stream.push(piece);
    }
    if (stream.destroyed) {
      callback();
      return;
    }
    if (leftOut === 0) {
      // There may be more; whoever reads says when.
      if (wantsMore) step();
      else {
        const read = stream._read;
        stream._read = (size) => {
          stream._read = read;
          step();
          stream._read(size);
        };
      }
      return;
    }
    if (leftIn > 0) {
      if (stream._rejectGarbageAfterEnd) {
        const error = new codes.ERR_TRAILING_JUNK_AFTER_STREAM_END();
        stream[kError] = error.code;
        stream.destroy(error);
        return;
      }
      // What follows the end is nobody's.
      stream.push(null);
    }
    callback();
  };
  step();
};

/** Works on a piece of input at once: gives all that comes out. */
ZlibBase.prototype._processChunk = function(chunk, flag, callback) {
  if (typeof callback === 'function') {
    this._process(chunk, flag, callback);
    return undefined;
  }
  return processChunkSync(this, chunk, flag);
};

function processChunkSync(stream, chunk, flag) {
  const pieces = [];
  let total = 0;
  let at = 0;
  let problem;
  stream.on('error', (error) => { problem = error; });
  for (;;) {
    if (!stream._handle) break;
    const output = outputOf(stream);
    const room = stream._chunkSize - stream._outOffset;
    const [leftIn, leftOut, number, code, words] =
      stream._handle.writeSync(flag, chunk, at, chunk.byteLength - at, output, stream._outOffset, room);
    if (number !== undefined) {
      closeHandle(stream);
      throw coderError(number, code, words);
    }
    if (problem !== undefined) throw problem;
    const taken = chunk.byteLength - at - leftIn;
    at += taken;
    stream.bytesWritten += taken;
    const made = room - leftOut;
    if (made > 0) {
      pieces.push(output.subarray(stream._outOffset, stream._outOffset + made));
      stream._outOffset += made;
      total += made;
      if (total > stream._maxOutputLength) {
        closeHandle(stream);
        throw new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
      }
    }
    if (leftOut > 0) {
      if (leftIn > 0 && stream._rejectGarbageAfterEnd) {
        closeHandle(stream);
        throw new codes.ERR_TRAILING_JUNK_AFTER_STREAM_END();
      }
      break;
    }
  }
  closeHandle(stream);
  if (total === 0) return Buffer.alloc(0);
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, total);
}

// ---------------------------------------------------------------------------
// Deflate
// ---------------------------------------------------------------------------

const FLUSHES = { flush: Z_NO_FLUSH, finishFlush: Z_FINISH, fullFlush: Z_FULL_FLUSH };

/** The bytes that options say are known on both sides. */
function dictionaryOf(options) {
  const dictionary = options?.dictionary;
  if (dictionary === undefined || ArrayBuffer.isView(dictionary)) return dictionary;
  if (!isAnyArrayBuffer(dictionary)) {
    throw new ERR_INVALID_ARG_TYPE(
      'options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
  }
  return Buffer.from(dictionary);
}

function Zlib(options, mode) {
  let windowBits = Z_DEFAULT_WINDOWBITS;
  let level = Z_DEFAULT_COMPRESSION;
  let memLevel = Z_DEFAULT_MEMLEVEL;
  let strategy = Z_DEFAULT_STRATEGY;
  let dictionary;
  if (options) {
    // Where the input says how wide the window is, it need not be said.
    const isOpen = (mode === INFLATE || mode === GUNZIP || mode === UNZIP) &&
      (options.windowBits === undefined || options.windowBits === null || options.windowBits === 0);
    if (isOpen) {
      windowBits = 0;
    } else {
      // zlib gives windows of 256 bytes up, where no header says which it is.
      const least = Z_MIN_WINDOWBITS + (mode === GZIP ? 1 : 0);
      windowBits = validateRange(
        options.windowBits, 'options.windowBits', least, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
    }
    level = validateRange(options.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
    memLevel = validateRange(
      options.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL);
    strategy = validateRange(
      options.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
    dictionary = dictionaryOf(options);
  }
  const handle = new Coder(mode, windowBits, level, memLevel, strategy, dictionary);
  Reflect.apply(ZlibBase, this, [options, mode, handle, FLUSHES]);
  this._level = level;
  this._strategy = strategy;
}
Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zlib, ZlibBase);

Zlib.prototype.params = function(level, strategy, callback) {
  level = validateRange(level, 'level', Z_MIN_LEVEL, Z_MAX_LEVEL);
  strategy = validateRange(strategy, 'strategy', Z_DEFAULT_STRATEGY, Z_FIXED);
  if (this._level === level && this._strategy === strategy) {
    process.nextTick(callback);
    return;
  }
  // What has been written before is compressed as it was meant.
  this.flush(Z_SYNC_FLUSH, () => {
    if (!this._handle) return;
    const problem = this._handle.params(level, strategy);
    if (problem !== undefined) {
      this.destroy(coderError(constants.Z_STREAM_ERROR, 'Z_STREAM_ERROR', problem));
      return;
    }
    this._level = level;
    this._strategy = strategy;
    callback?.();
  });
};

/** A class, which may be called without `new`. */
function defineClass(name, construct, Base) {
  const Class = {
    [name]: function(options) {
      if (!(this instanceof Class)) return new Class(options);
      Reflect.apply(construct, this, [options]);
    },
  }[name];
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
  return Class;
}

const zlibClass = (name, mode) => defineClass(name, function(options) {
  Reflect.apply(Zlib, this, [options, mode]);
}, Zlib);

const Deflate = zlibClass('Deflate', DEFLATE);
const Inflate = zlibClass('Inflate', INFLATE);
const Gzip = zlibClass('Gzip', GZIP);
const Gunzip = zlibClass('Gunzip', GUNZIP);
const InflateRaw = zlibClass('InflateRaw', INFLATERAW);
const Unzip = zlibClass('Unzip', UNZIP);
const DeflateRaw = defineClass('DeflateRaw', function(options) {
  if (options?.windowBits === 8) options = { ...options, windowBits: 9 };
  Reflect.apply(Zlib, this, [options, DEFLATERAW]);
}, Zlib);

// ---------------------------------------------------------------------------
// Brotli
// ---------------------------------------------------------------------------

const BROTLI_FLUSHES = {
  flush: BROTLI_OPERATION_PROCESS, finishFlush: BROTLI_OPERATION_FINISH, fullFlush: BROTLI_OPERATION_FLUSH,
};

/** The greatest number of a parameter. */
const LAST_BROTLI_PARAMETER = Math.max(
  ...Object.keys(constants).filter((name) => name.startsWith('BROTLI_PARAM_')).map((name) => constants[name]));

function brotliParameters(options) {
  const values = new Array(LAST_BROTLI_PARAMETER + 1).fill(0xFFFFFFFF);
  if (!options?.params) return values;
  for (const [key, value] of Object.entries(options.params)) {
    const number = +key;
    if (Number.isNaN(number) || number < 0 || number > LAST_BROTLI_PARAMETER || values[number] !== 0xFFFFFFFF) {
      throw new ERR_BROTLI_INVALID_PARAM(key);
    }
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    }
    values[number] = Number(value);
  }
  return values;
}

function Brotli(options, mode) {
  let handle;
  const parameters = brotliParameters(options);
  const dictionary = dictionaryOf(options);
  try {
    handle = new Coder(mode, parameters, dictionary);
  } catch {
    throw new ERR_ZLIB_INITIALIZATION_FAILED();
  }
  Reflect.apply(ZlibBase, this, [options, mode, handle, BROTLI_FLUSHES]);
}
Object.setPrototypeOf(Brotli.prototype, Zlib.prototype);
Object.setPrototypeOf(Brotli, Zlib);

const BrotliCompress = defineClass('BrotliCompress', function(options) {
  Reflect.apply(Brotli, this, [options, BROTLI_ENCODE]);
}, Brotli);
const BrotliDecompress = defineClass('BrotliDecompress', function(options) {
  Reflect.apply(Brotli, this, [options, BROTLI_DECODE]);
}, Brotli);

// ---------------------------------------------------------------------------
// Zstandard
// ---------------------------------------------------------------------------

const ZSTD_FLUSHES = { flush: ZSTD_e_continue, finishFlush: ZSTD_e_end, fullFlush: ZSTD_e_flush };

/** The numbers of the parameters whose names begin so. */
function zstdNumbers(prefix) {
  return new Set(Object.keys(constants).filter((name) => name.startsWith(prefix)).map((name) => constants[name]));
}

function zstdParameters(options, prefix) {
  const numbers = zstdNumbers(prefix);
  const values = new Array(Math.max(...numbers) + 1).fill(0xFFFFFFFF);
  if (!options?.params) return values;
  for (const [key, value] of Object.entries(options.params)) {
    const number = +key;
    if (!(number >= 0 && number < values.length) || !Number.isInteger(number) || values[number] !== 0xFFFFFFFF) {
      throw new codes.ERR_ZSTD_INVALID_PARAM(key);
    }
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    }
    values[number] = value >>> 0;
  }
  return values;
}

function validatePledgedSize(size) {
  if (size === undefined) return;
  if (typeof size !== 'number') throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'pledgedSrcSize must be a number');
  if (!Number.isSafeInteger(size)) {
    throw codedError(RangeError, 'ERR_OUT_OF_RANGE', 'pledgedSrcSize must be a safe integer');
  }
  if (size < 0) throw codedError(RangeError, 'ERR_OUT_OF_RANGE', 'pledgedSrcSize must be non-negative');
}

function codedError(Class, code, message) {
  return Object.assign(new Class(message), { code });
}

class Zstd extends ZlibBase {
  constructor(options, mode, parameters, pledgedSize) {
    const dictionary = dictionaryOf(options);
    validatePledgedSize(pledgedSize);
    let handle;
    try {
      handle = new Coder(mode, parameters, pledgedSize, dictionary);
    } catch ({ message }) {
      throw codedError(Error, 'ERR_ZLIB_INITIALIZATION_FAILED', message);
    }
    super(options, mode, handle, ZSTD_FLUSHES);
  }
}

class ZstdCompress extends Zstd {
  constructor(options) {
    const pledgedSize = options?.pledgedSrcSize;
    super(options, ZSTD_COMPRESS, zstdParameters(options, 'ZSTD_c_'), pledgedSize);
    Object.defineProperty(this, '_pledgedSize', { configurable: true, enumerable: false, value: pledgedSize, writable: true });
  }

  /** Compresses all that there is; a frame that is made of one piece tells its length. */
  _processWhole(bytes) {
    this._process(bytes, this._finishFlushFlag, (error) => {
      if (error) this.destroy(error);
      else if (!this.destroyed) this.push(null);
    });
  }
}

class ZstdDecompress extends Zstd {
  constructor(options) {
    super(options, ZSTD_DECOMPRESS, zstdParameters(options, 'ZSTD_d_'), undefined);
  }
}

// ---------------------------------------------------------------------------
// All at once
// ---------------------------------------------------------------------------

function zlibBuffer(engine, buffer, callback) {
  validateFunction(callback, 'callback');
  const pieces = [];
  let total = 0;
  engine.on('data', (piece) => {
    pieces.push(piece);
    total += piece.byteLength;
    if (total > engine._maxOutputLength) {
      engine.close();
      pieces.length = 0;
      fail(new ERR_BUFFER_TOO_LARGE(engine._maxOutputLength));
    }
  });
  let isDone = false;
  const fail = (error) => {
    if (isDone) return;
    isDone = true;
    callback(error);
  };
  engine.on('error', fail);
  engine.on('end', () => {
    if (isDone) return;
    isDone = true;
    const result = total === 0 ? Buffer.alloc(0) : pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, total);
    engine.close();
    if (engine._info) callback(null, { buffer: result, engine });
    else callback(null, result);
  });
  if (typeof buffer === 'string' || isBytes(buffer)) buffer = toBytes(buffer);
  if (!Buffer.isBuffer(buffer) || !(engine instanceof ZstdCompress)) engine.end(buffer);
  else if (failsPledge(engine, buffer)) engine.destroy(pledgeError());
  else engine._processWhole(buffer);
}

/** Whether the input has another length than Zstandard was told. */
function failsPledge(engine, bytes) {
  const size = engine._pledgedSize;
  return size !== undefined && size !== bytes.byteLength;
}

const pledgeError = () => coderError(constants.ZSTD_error_srcSize_wrong, 'ZSTD_error_srcSize_wrong', 'Src size is incorrect');

function zlibBufferSync(engine, buffer) {
  if (typeof buffer !== 'string' && !isBytes(buffer)) {
    throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], buffer);
  }
  const bytes = toBytes(buffer);
  if (failsPledge(engine, bytes)) throw pledgeError();
  const result = processChunkSync(engine, bytes, engine._finishFlushFlag);
  return engine._info ? { buffer: result, engine } : result;
}

function convenience(Class, name, isSync) {
  if (isSync) {
    return {
      [name](buffer, options) {
        return zlibBufferSync(new Class(options), buffer);
      },
    }[name];
  }
  return {
    [name](buffer, options, callback) {
      if (typeof options === 'function') {
        callback = options;
        options = {};
      }
      return zlibBuffer(new Class(options), buffer, callback);
    },
  }[name];
}

function creator(Class, name) {
  return Object.defineProperty((options) => new Class(options), 'name', { value: name });
}

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  return nativeCrc32(data, value);
}

// ---------------------------------------------------------------------------
// What is not there yet
// ---------------------------------------------------------------------------

const missingClass = (name) => ({
  [name]: class {
    constructor() {
      throw new NotImplementedError(`zlib.${name}`);
    }
  },
}[name]);
const missing = (name) => ({
  [name]() {
    throw new NotImplementedError(`zlib.${name}`);
  },
}[name]);

module.exports = {
  crc32,
  Deflate,
  Inflate,
  Gzip,
  Gunzip,
  DeflateRaw,
  InflateRaw,
  Unzip,
  BrotliCompress,
  BrotliDecompress,
  ZstdCompress,
  ZstdDecompress,
  deflate: convenience(Deflate, 'deflate', false),
  deflateSync: convenience(Deflate, 'deflateSync', true),
  gzip: convenience(Gzip, 'gzip', false),
  gzipSync: convenience(Gzip, 'gzipSync', true),
  deflateRaw: convenience(DeflateRaw, 'deflateRaw', false),
  deflateRawSync: convenience(DeflateRaw, 'deflateRawSync', true),
  unzip: convenience(Unzip, 'unzip', false),
  unzipSync: convenience(Unzip, 'unzipSync', true),
  inflate: convenience(Inflate, 'inflate', false),
  inflateSync: convenience(Inflate, 'inflateSync', true),
  gunzip: convenience(Gunzip, 'gunzip', false),
  gunzipSync: convenience(Gunzip, 'gunzipSync', true),
  inflateRaw: convenience(InflateRaw, 'inflateRaw', false),
  inflateRawSync: convenience(InflateRaw, 'inflateRawSync', true),
  brotliCompress: convenience(BrotliCompress, 'brotliCompress', false),
  brotliCompressSync: convenience(BrotliCompress, 'brotliCompressSync', true),
  brotliDecompress: convenience(BrotliDecompress, 'brotliDecompress', false),
  brotliDecompressSync: convenience(BrotliDecompress, 'brotliDecompressSync', true),
  zstdCompress: convenience(ZstdCompress, 'zstdCompress', false),
  zstdCompressSync: convenience(ZstdCompress, 'zstdCompressSync', true),
  zstdDecompress: convenience(ZstdDecompress, 'zstdDecompress', false),
  zstdDecompressSync: convenience(ZstdDecompress, 'zstdDecompressSync', true),
};

const CREATORS = {
  Deflate, Inflate, DeflateRaw, InflateRaw, Gzip, Gunzip, Unzip, BrotliCompress, BrotliDecompress, ZstdCompress, ZstdDecompress,
};
for (const [name, Class] of Object.entries(CREATORS)) {
  Object.defineProperty(module.exports, `create${name}`, {
    configurable: true, enumerable: true, value: creator(Class, `create${name}`), writable: true,
  });
}

Object.defineProperties(module.exports, {
  constants: { configurable: false, enumerable: true, value: constants },
  codes: { enumerable: true, writable: false, value: zlibCodes },
});

for (const name of ['ZipEntry', 'ZipFile', 'ZipBuffer']) module.exports[name] = missingClass(name);
for (const name of ['createZipArchive', 'createZipArchiveSync', 'zipFiles', 'getMaxZipContentSize', 'setMaxZipContentSize']) {
  module.exports[name] = missing(name);
}

// Old names of the constants.
for (const name of Object.keys(constants)) {
  if (name.startsWith('BROTLI')) continue;
  Object.defineProperty(module.exports, name, {
    enumerable: false, value: constants[name], writable: false, configurable: false,
  });
}
