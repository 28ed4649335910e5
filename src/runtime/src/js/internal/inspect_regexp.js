'use strict';

// Regular expressions in colours: each level of groups has the next colour of a palette.

const IDENTIFIER_PART = /[A-Za-z0-9_$]/;

/**
 * The text of a regular expression with colours, which are named in `names`, and have codes
 * in `colors`.
 */
function highlight(source, names, colors) {
  let palette = names.map((name) => colors[name]).filter((codes) => codes !== undefined);
  if (palette.length === 0) {
    palette = ['green', 'red', 'yellow', 'cyan', 'magenta'].map((name) => colors[name]);
  }

  const end = source.length;
  let output = '';
  let depth = 0;
  let at = 1;

  // What a text is, by how many colours it is further than its group.
  const BOUNDARY = 1;
  const LITERAL = 2;
  const VALUE = 3;
  const OPERATOR = 4;

  function write(text, offset) {
    const [begin, finish] = palette[(depth + offset) % palette.length];
    output += `\u001b[${begin}m${text}\u001b[${finish}m`;
    at += text.length;
  }

  /** `{…}` behind an escape. */
  function braced(head, offset) {
    const close = source.indexOf('}', at);
    if (close < 0 || close > end) return write(head, offset);
    write(head, offset);
    write(source.slice(at, close), offset + 1);
    return write('}', offset);
  }

  function escape(isInClass) {
    const next = source[at + 1];
    if (next === undefined || at + 1 >= end) return write('\\', LITERAL);
    const base = isInClass ? LITERAL : BOUNDARY;
    if ((next === 'u' || next === 'p' || next === 'P') && source[at + 2] === '{') {
      return braced(source.slice(at, at + 3), base);
    }
    if (next === 'k' && source[at + 2] === '<') {
      const close = source.indexOf('>', at);
      if (close > 0 && close < end) {
        write('\\k<', LITERAL + VALUE);
        write(source.slice(at, close), LITERAL + VALUE + 1);
        return write('>', LITERAL + VALUE);
      }
    }
    if (next === 'x') return write(source.slice(at, at + 4), LITERAL);
    return write(source.slice(at, at + 2), LITERAL);
  }

  function characterClass() {
    write('[', BOUNDARY);
    let isFirst = true;
    while (at < end && source[at] !== ']') {
      const unit = source[at];
      if (unit === '\\') escape(true);
      else if (unit === '-' && !isFirst && source[at + 1] !== ']') write('-', VALUE);
      else write(unit, LITERAL);
      isFirst = false;
    }
    if (at < end) write(']', BOUNDARY);
  }

  function openGroup() {
    write('(', BOUNDARY);
    if (source[at] === '?') {
      const next = source[at + 1];
      const second = source[at + 2];
      if (next === ':' || next === '=' || next === '!') {
        write(source.slice(at, at + 2), BOUNDARY);
      } else if (next === '<' && (second === '=' || second === '!')) {
        write(source.slice(at, at + 3), BOUNDARY);
      } else if (next === '<') {
        write('?<', BOUNDARY);
        const begin = at;
        let close = begin;
        while (close < end && IDENTIFIER_PART.test(source[close])) close++;
        if (close > begin) write(source.slice(begin, close), LITERAL);
        if (source[at] === '>') write('>', BOUNDARY);
      } else {
        write('?', LITERAL);
      }
    }
    depth++;
  }

  /** `{1,2}` */
  function repetition() {
    const match = /^\{(\d*)(?:(,)(\d*))?\}/.exec(source.slice(at, end));
    if (match === null || match[0] === '{}') return write('{', LITERAL);
    write('{', BOUNDARY);
    if (match[1]) write(match[1], VALUE);
    if (match[2]) write(',', LITERAL);
    if (match[3]) write(match[3], VALUE);
    return write('}', BOUNDARY);
  }

  at = 0;
  write('/', 0);
  at = 1;
  while (at < end && source[at] !== '/') {
    const unit = source[at];
    switch (unit) {
      case '\\': escape(false); break;
      case '[': characterClass(); break;
      case '(': openGroup(); break;
      case ')':
        if (depth > 0) depth--;
        write(')', BOUNDARY);
        break;
      case '{': repetition(); break;
      case '.': write('.', VALUE); break;
      case '^': case '$': case '|': case '*': case '+': case '?':
        write(unit, OPERATOR);
        break;
      default: write(unit, LITERAL);
    }
  }
  const flags = source.slice(at + 1);
  depth = 0;
  write('/', 0);
  if (flags !== '') write(flags, BOUNDARY);
  return output;
}

module.exports = { highlight };
