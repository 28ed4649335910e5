'use strict';

// How much a stream buffers before it asks to wait.

const { codes } = require('internal/errors');
const { validateInteger } = require('internal/validators');

let forBytes = 64 * 1024;
let forObjects = 16;

/** https://nodejs.org/api/stream.html#streamgetdefaulthighwatermarkobjectmode */
function getDefaultHighWaterMark(isObjectMode) {
  return isObjectMode ? forObjects : forBytes;
}

function setDefaultHighWaterMark(isObjectMode, value) {
  validateInteger(value, 'value', 0);
  if (isObjectMode) forObjects = value;
  else forBytes = value;
}

/** What the options say: of a duplex stream, `name` is that of one side. */
function highWaterMarkOf(isObjectMode, options, name, isDuplex) {
  const value = options.highWaterMark ?? (isDuplex ? options[name] : null);
  if (value == null) return getDefaultHighWaterMark(isObjectMode);
  if (!Number.isInteger(value) || value < 0) {
    const subject = isDuplex ? `options.${name}` : 'options.highWaterMark';
    throw new codes.ERR_INVALID_ARG_VALUE(subject, value);
  }
  return Math.floor(value);
}

module.exports = { getDefaultHighWaterMark, highWaterMarkOf, setDefaultHighWaterMark };
