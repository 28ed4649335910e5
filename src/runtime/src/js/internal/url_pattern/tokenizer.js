'use strict';

// The tokens of pattern strings: https://urlpattern.spec.whatwg.org/#tokenizing

const NAME_START = /^[$_\p{ID_Start}]$/u;
const NAME_PART = /^[$_\u200C\u200D\p{ID_Continue}]$/u;

const isNameStart = (point) => point !== undefined && NAME_START.test(point);
const isNamePart = (point) => point !== undefined && NAME_PART.test(point);
const isAscii = (point) => point !== undefined && point.codePointAt(0) < 0x80;

const SINGLE = {
  '__proto__': null,
  '*': 'asterisk',
  '+': 'other-modifier',
  '?': 'other-modifier',
  '{': 'open',
  '}': 'close',
};

/** Where a regular expression in parentheses ends, which begin at a place; −1 if it is none. */
function endOfRegexp(points, start) {
  let depth = 1;
  let at = start;
  if (points[at] === '?') return -1;
  while (at < points.length) {
    const point = points[at];
    if (!isAscii(point)) return -1;
    if (point === '\\') {
      if (!isAscii(points[at + 1])) return -1;
      at += 2;
      continue;
    }
    if (point === ')' && --depth === 0) return at === start ? -1 : at;
    if (point === '(') {
      depth++;
      // Only groups that capture nothing may be inside.
      if (points[at + 1] !== '?') return -1;
    }
    at++;
  }
  return -1;
}

/**
 * Tokens `{ type, index, value }`, where `index` counts code points. What is none is an error,
 * or an `invalid-char` where that is wanted.
 */
function tokenize(points, isLenient = false) {
  const tokens = [];
  let at = 0;
  const add = (type, next, value) => {
    tokens.push({ type, index: at, value });
    at = next;
  };
  const fail = (next) => {
    if (!isLenient) throw new TypeError('Invalid pattern');
    add('invalid-char', next, points.slice(at, next).join(''));
  };
  while (at < points.length) {
    const point = points[at];
    if (SINGLE[point] !== undefined) {
      add(SINGLE[point], at + 1, point);
    } else if (point === '\\') {
      if (at + 1 === points.length) fail(at + 1);
      else add('escaped-char', at + 2, points[at + 1]);
    } else if (point === ':') {
      let end = at + 1;
      if (isNameStart(points[end])) do end++; while (isNamePart(points[end]));
      if (end === at + 1) fail(at + 1);
      else add('name', end, points.slice(at + 1, end).join(''));
    } else if (point === '(') {
      const end = endOfRegexp(points, at + 1);
      if (end < 0) fail(at + 1);
      else add('regexp', end + 1, points.slice(at + 1, end).join(''));
    } else {
      add('char', at + 1, point);
    }
  }
  add('end', at, '');
  return tokens;
}

module.exports = { isNamePart, tokenize };
