'use strict';

// Data of all kinds on their way to a file.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { bytesOf, getOptions } = require('internal/fs/utils');

function chunkBytes(chunk, encoding) {
  if (ArrayBuffer.isView(chunk)) return bytesOf(chunk);
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding || 'utf8');
  throw new ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
}

/** Writes data by a function that writes bytes: a text, bytes, or what iterates over them. */
async function writeTo(write, data, options) {
  options = getOptions(options, { encoding: 'utf8' });
  const { checkAborted } = require('internal/fs/file_handle');
  checkAborted(options.signal);
  const isIterable = data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
    (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');
  if (isIterable) {
    for await (const chunk of data) {
      checkAborted(options.signal);
      await write(chunkBytes(chunk, options.encoding));
    }
    checkAborted(options.signal);
    return;
  }
  const bytes = chunkBytes(data, options.encoding);
  await write(bytes);
  checkAborted(options.signal);
}

module.exports = { chunkBytes, writeTo };
