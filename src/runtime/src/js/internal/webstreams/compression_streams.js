'use strict';

// https://nodejs.org/api/webstreams.html#class-compressionstream

const { codes } = require('internal/errors');
const { isSharedArrayBuffer } = require('internal/buffer/kinds');
const { duplexToWeb } = require('internal/webstreams/adapters_to_web');
const { defineInterface, kInspect, showFields } = require('internal/webstreams/util');

const FORMATS = {
  '__proto__': null,
  'deflate': ['createDeflate', 'createInflate'],
  'deflate-raw': ['createDeflateRaw', 'createInflateRaw'],
  'gzip': ['createGzip', 'createGunzip'],
  'brotli': ['createBrotliCompress', 'createBrotliDecompress'],
};

/** A stream of zlib for a format, as two streams of the web. */
function pairFor(format, Class, index, options) {
  const makers = FORMATS[format];
  if (makers === undefined) {
    const error = new TypeError(
      `Failed to construct '${Class}': 1st argument '${format}' is not a valid enum value of type CompressionFormat.`);
    error.code = 'ERR_INVALID_ARG_VALUE';
    native('errors').showCodeInStack(error);
    throw error;
  }
  const stream = require('zlib')[makers[index]](options);
  return duplexToWeb(stream, {}, validateChunk);
}

function validateChunk(chunk) {
  const isShared = ArrayBuffer.isView(chunk) ? isSharedArrayBuffer(chunk.buffer) : isSharedArrayBuffer(chunk);
  if (isShared) {
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], chunk);
  }
}

class CompressionStream {
  #transform;

  constructor(format) {
    this.#transform = pairFor(`${format}`, 'CompressionStream', 0);
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    const { readable, writable } = this.#transform;
    return showFields('CompressionStream', depth, options, { readable, writable });
  }
}

class DecompressionStream {
  #transform;

  constructor(format) {
    this.#transform = pairFor(`${format}`, 'DecompressionStream', 1, { rejectGarbageAfterEnd: true });
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    const { readable, writable } = this.#transform;
    return showFields('DecompressionStream', depth, options, { readable, writable });
  }
}

defineInterface(CompressionStream, ['readable', 'writable']);
defineInterface(DecompressionStream, ['readable', 'writable']);

module.exports = { CompressionStream, DecompressionStream };
