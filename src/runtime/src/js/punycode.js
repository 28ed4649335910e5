'use strict';

// https://nodejs.org/api/punycode.html, by RFC 3492

if (!require('internal/util').isInsideNodeModules()) {
  require('process').emitWarning(
    'The `punycode` module is deprecated. Please use a userland alternative instead.',
    'DeprecationWarning', 'DEP0040');
}

const MOST = 2 ** 31 - 1;
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_POINT = 128;

/** The characters that IDNA takes for the dot between labels. */
const DOTS = /[\x2E\u3002\uFF0E\uFF61]/g;
const NOT_ASCII = /[^\0-\x7F]/;

function fail(what) {
  const messages = {
    overflow: 'Overflow: input needs wider integers to process',
    notBasic: 'Illegal input >= 0x80 (not a basic code point)',
    invalid: 'Invalid input',
  };
  throw new RangeError(messages[what]);
}

function adapt(delta, count, isFirst) {
  delta = isFirst ? Math.floor(delta / DAMP) : delta >> 1;
  delta += Math.floor(delta / count);
  let k = 0;
  for (; delta > (BASE - T_MIN) * T_MAX >> 1; k += BASE) delta = Math.floor(delta / (BASE - T_MIN));
  return Math.floor(k + (BASE - T_MIN + 1) * delta / (delta + SKEW));
}

const threshold = (k, bias) => (k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias);

/** The code points of a text; halves of pairs that are alone are points, too. */
function ucs2decode(string) {
  return Array.from(string, (c) => c.codePointAt(0));
}

function ucs2encode(codePoints) {
  return String.fromCodePoint(...codePoints);
}

/** What a letter or a digit counts. */
function digitOf(code) {
  if (code >= 0x30 && code < 0x3A) return 26 + (code - 0x30);
  if (code >= 0x41 && code < 0x5B) return code - 0x41;
  if (code >= 0x61 && code < 0x7B) return code - 0x61;
  return BASE;
}

const letterOf = (digit) => String.fromCharCode(digit < 26 ? 0x61 + digit : 0x30 + digit - 26);

function decode(input) {
  const output = [];
  const delimiter = Math.max(input.lastIndexOf('-'), 0);
  for (let i = 0; i < delimiter; i++) {
    if (input.charCodeAt(i) >= FIRST_POINT) fail('notBasic');
    output.push(input.charCodeAt(i));
  }
  let i = 0;
  let point = FIRST_POINT;
  let bias = FIRST_BIAS;
  for (let at = delimiter > 0 ? delimiter + 1 : 0; at < input.length;) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      if (at >= input.length) fail('invalid');
      const digit = digitOf(input.charCodeAt(at++));
      if (digit >= BASE) fail('invalid');
      if (digit > Math.floor((MOST - i) / weight)) fail('overflow');
      i += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      if (weight > Math.floor(MOST / (BASE - t))) fail('overflow');
      weight *= BASE - t;
    }
    const length = output.length + 1;
    bias = adapt(i - before, length, before === 0);
    if (Math.floor(i / length) > MOST - point) fail('overflow');
    point += Math.floor(i / length);
    i %= length;
    output.splice(i++, 0, point);
  }
  return ucs2encode(output);
}

function encode(input) {
  const points = ucs2decode(input);
  const output = [];
  for (const point of points) if (point < FIRST_POINT) output.push(String.fromCharCode(point));
  const basic = output.length;
  let handled = basic;
  if (basic > 0) output.push('-');
  let point = FIRST_POINT;
  let delta = 0;
  let bias = FIRST_BIAS;
  while (handled < points.length) {
    let next = MOST;
    for (const each of points) if (each >= point && each < next) next = each;
    if (next - point > Math.floor((MOST - delta) / (handled + 1))) fail('overflow');
    delta += (next - point) * (handled + 1);
    point = next;
    for (const each of points) {
      if (each < point && ++delta > MOST) fail('overflow');
      if (each !== point) continue;
      let rest = delta;
      for (let k = BASE; ; k += BASE) {
        const t = threshold(k, bias);
        if (rest < t) break;
        output.push(letterOf(t + (rest - t) % (BASE - t)));
        rest = Math.floor((rest - t) / (BASE - t));
      }
      output.push(letterOf(rest));
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    point++;
  }
  return output.join('');
}

/** Changes each label of a domain; of an e-mail address, the part behind the `@`. */
function mapDomain(domain, change) {
  const parts = domain.split('@');
  let user = '';
  if (parts.length > 1) {
    user = `${parts[0]}@`;
    domain = parts[1];
  }
  return user + domain.replace(DOTS, '.').split('.').map(change).join('.');
}

function toUnicode(input) {
  return mapDomain(input, (label) => (
    label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label));
}

function toASCII(input) {
  return mapDomain(input, (label) => (NOT_ASCII.test(label) ? `xn--${encode(label)}` : label));
}

module.exports = {
  version: '2.1.0',
  ucs2: { decode: ucs2decode, encode: ucs2encode },
  decode,
  encode,
  toASCII,
  toUnicode,
};
