'use strict';

// https://nodejs.org/api/util.html#utilstyletextformat-text-options

const { codes } = require('internal/errors');
const { validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');
const { inspect } = require('internal/inspect');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** What a terminal is told before and behind a text; nothing for `none`. */
function codesOf(format) {
  if (format === 'none') return undefined;
  if (typeof format === 'string' && format[0] === '#') {
    if (!HEX.test(format)) {
      throw new ERR_INVALID_ARG_VALUE('format', format, 'must be a valid hex color (#RGB or #RRGGBB)');
    }
    const digits = format.length === 4 ?
      format.slice(1).replace(/./g, '$&$&') : format.slice(1);
    const [red, green, blue] = [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
    return [`38;2;${red};${green};${blue}`, 39];
  }
  const known = typeof format === 'string' ? inspect.colors[format] : undefined;
  if (known === undefined) {
    const { colors } = inspect;
    const aliases = Object.getOwnPropertyNames(colors).filter((name) => !Object.keys(colors).includes(name));
    validateOneOf(format, 'format', [...Object.keys(colors), ...aliases]);
  }
  return known;
}

function isStream(value) {
  return value !== null && typeof value === 'object' &&
    (typeof value.pipe === 'function' || typeof value.write === 'function' ||
      typeof value.getReader === 'function' || typeof value.getWriter === 'function');
}

function isColorful(stream) {
  const { env } = require('process');
  if (env.FORCE_COLOR !== undefined) {
    return require('tty').WriteStream.prototype.getColorDepth() > 2;
  }
  return Boolean(stream?.isTTY && (typeof stream.getColorDepth !== 'function' || stream.getColorDepth() > 2));
}

function styleText(format, text, options) {
  const { validateStream = true, stream = require('process').stdout } = options === undefined ?
    {} : (validateObject(options, 'options'), options);
  validateString(text, 'text');
  validateBoolean(validateStream, 'options.validateStream');
  let isSkipped = false;
  if (validateStream) {
    if (!isStream(stream)) {
      throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    isSkipped = !isColorful(stream);
  }
  const all = (Array.isArray(format) ? format : [format]).map(codesOf);
  if (isSkipped) return text;
  let before = '';
  let after = '';
  for (const known of all) {
    if (known === undefined) continue;
    const [begin, end] = known;
    before += `\u001b[${begin}m`;
    after = `\u001b[${end}m${after}`;
    text = goOnBehind(text, `\u001b[${begin}m`, `\u001b[${end}m`, end);
  }
  return `${before}${text}${after}`;
}

/** Where a style inside of the text ends, the one around it begins anew. */
function goOnBehind(text, begin, end, code) {
  if (!text.includes(end)) return text;
  const isLast = text.endsWith(end);
  const inside = isLast ? text.slice(0, -end.length) : text;
  // Bold and dim end in the same way, which would be the end of both.
  const again = code === 22 ? `${end}${begin}` : begin;
  return inside.replaceAll(end, again) + (isLast ? end : '');
}

module.exports = { styleText };
