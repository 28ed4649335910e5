'use strict';

// https://nodejs.org/api/querystring.html

const { codes } = require('internal/errors');

/** The characters that stand for themselves: those that `encodeURIComponent` leaves. */
const PLAIN = /^[A-Za-z0-9\-_.!~*'()]*$/;

function qsEscape(str) {
  if (typeof str !== 'string') str = typeof str === 'object' ? String(str) : `${str}`;
  if (PLAIN.test(str)) return str;
  return str.isWellFormed() ? encodeURIComponent(str) : encodeURIComponent(paired(str));
}

/** Half of a pair takes whatever follows for the other half, as in Node.js. */
function paired(str) {
  let text = '';
  for (let i = 0; i < str.length; i++) {
    const unit = str.charCodeAt(i);
    if (unit < 0xD800 || unit > 0xDFFF) {
      text += str[i];
      continue;
    }
    if (++i >= str.length) throw new codes.ERR_INVALID_URI();
    text += String.fromCodePoint(0x10000 + ((unit & 0x3FF) << 10 | str.charCodeAt(i) & 0x3FF));
  }
  return text;
}

const hexValue = (code) => (
  code >= 0x30 && code <= 0x39 ? code - 0x30 :
    code >= 0x41 && code <= 0x46 ? code - 0x37 :
      code >= 0x61 && code <= 0x66 ? code - 0x57 : -1);

/** The bytes of a text with `%XX`; what is none of these stays as it is. */
function unescapeBuffer(s, decodeSpaces) {
  const out = Buffer.allocUnsafe(s.length);
  let at = 0;
  let length = 0;
  while (at < s.length) {
    let code = s.charCodeAt(at);
    if (code === 0x2B && decodeSpaces) {
      out[length++] = 0x20;
      at++;
      continue;
    }
    if (code === 0x25 && at < s.length - 2) {
      const high = hexValue(s.charCodeAt(at + 1));
      const low = hexValue(s.charCodeAt(at + 2));
      if (high >= 0 && low >= 0) {
        code = high * 16 + low;
        at += 2;
      }
    }
    out[length++] = code;
    at++;
  }
  return length === out.length ? out : out.slice(0, length);
}

function qsUnescape(s, decodeSpaces) {
  try {
    return decodeURIComponent(s);
  } catch {
    return QueryString.unescapeBuffer(s, decodeSpaces).toString();
  }
}

// ---------------------------------------------------------------------------
// From objects to texts
// ---------------------------------------------------------------------------

function stringifyPrimitive(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return `${value}`;
  if (typeof value === 'bigint' || typeof value === 'boolean') return `${value}`;
  return '';
}

function stringify(obj, sep, eq, options) {
  if (obj === null || typeof obj !== 'object') return '';
  sep ||= '&';
  eq ||= '=';
  const custom = options && typeof options.encodeURIComponent === 'function' ?
    options.encodeURIComponent : QueryString.escape;
  // Numbers and the like have nothing that our own function would change.
  const isOwn = custom === qsEscape;
  const encode = (value) => {
    const text = stringifyPrimitive(value);
    return isOwn && typeof value !== 'string' && text.length < 21 && !text.includes('+') ? text : custom(text);
  };
  let fields = '';
  for (const key of Object.keys(obj)) {
    const value = obj[key];
    const name = `${custom(stringifyPrimitive(key))}${eq}`;
    if (Array.isArray(value)) {
      for (const each of value) {
        if (fields !== '') fields += sep;
        fields += name + encode(each);
      }
    } else {
      if (fields !== '') fields += sep;
      fields += name + encode(value);
    }
  }
  return fields;
}

// ---------------------------------------------------------------------------
// From texts to objects
// ---------------------------------------------------------------------------

const DEFAULT_MAX_KEYS = 1000;

const ESCAPE = /%[0-9A-Fa-f]{2}/;

function decodeText(text, decode, isOwn) {
  if (text.includes('+')) text = text.replaceAll('+', isOwn ? ' ' : '%20');
  // Without escapes there is nothing to decode, unless somebody else does it.
  if (isOwn && !ESCAPE.test(text)) return text;
  try {
    return decode(text);
  } catch {
    return QueryString.unescape(text, true);
  }
}

function parse(qs, sep, eq, options) {
  const obj = { __proto__: null };
  if (typeof qs !== 'string' || qs.length === 0) return obj;
  const separator = sep ? `${sep}` : '&';
  const equals = eq ? `${eq}` : '=';
  let pairs = DEFAULT_MAX_KEYS;
  // `0` and less are no limit.
  if (options && typeof options.maxKeys === 'number') {
    pairs = options.maxKeys > 0 ? options.maxKeys : -1;
  }
  let decode = QueryString.unescape;
  if (options && typeof options.decodeURIComponent === 'function') decode = options.decodeURIComponent;
  const isOwn = decode === qsUnescape;

  let from = 0;
  while (from <= qs.length && pairs !== 0) {
    let end = qs.indexOf(separator, from);
    if (end < 0) end = qs.length;
    if (end > from) {
      const part = qs.slice(from, end);
      const at = part.indexOf(equals);
      const key = decodeText(at < 0 ? part : part.slice(0, at), decode, isOwn);
      const value = at < 0 ? '' : decodeText(part.slice(at + equals.length), decode, isOwn);
      const known = obj[key];
      if (known === undefined) obj[key] = value;
      else if (typeof known === 'object') known.push(value);
      else obj[key] = [known, value];
    }
    // What is empty counts, too.
    pairs--;
    from = end + separator.length;
  }
  return obj;
}

const QueryString = module.exports = {
  unescapeBuffer,
  unescape: qsUnescape,
  escape: qsEscape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};
