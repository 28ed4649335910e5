'use strict';

// `buffer.transcode`: https://nodejs.org/api/buffer.html#buffertranscodesource-fromenc-toenc

const { codes } = require('internal/errors');
const { isUint8Array } = require('internal/buffer/kinds');
const { Buffer } = require('buffer');
const { decode, normalizeEncoding } = native('buffer');

/** Those between which texts are converted. */
const convertible = new Set(['ascii', 'latin1', 'utf8', 'utf16le']);

function convertibleEncoding(name) {
  if (name === undefined) return 'utf8';
  const known = typeof name === 'string' ? normalizeEncoding(name) : undefined;
  return convertible.has(known) ? known : undefined;
}

function transcode(source, fromEncoding, toEncoding) {
  if (!isUint8Array(source)) {
    throw new codes.ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  }
  if (source.length === 0) return Buffer.alloc(0);
  const from = convertibleEncoding(fromEncoding);
  const to = convertibleEncoding(toEncoding);
  if (from === undefined || to === undefined) {
    const code = 'U_ILLEGAL_ARGUMENT_ERROR';
    const error = new Error(`Unable to transcode Buffer [${code}]`);
    error.code = code;
    error.errno = 1;
    throw error;
  }
  let text = from === 'ascii' ?
    decode(source, 'latin1', 0, source.length).replace(/[^\0-\x7f]/g, '\ufffd') :
    decode(source, from, 0, source.length);
  // A character that the encoding lacks becomes a question mark.
  if (to === 'ascii') text = text.replace(/[^\0-\x7f]/gu, '?');
  else if (to === 'latin1') text = text.replace(/[^\0-\xff]/gu, '?');
  return Buffer.from(text, to);
}

module.exports = { transcode };
