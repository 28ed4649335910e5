'use strict';

// A component of a pattern: its parts, its regular expression and its canonical text.
// https://urlpattern.spec.whatwg.org/#pattern-strings

const { isNamePart, tokenize } = require('internal/url_pattern/tokenizer');

/** What separates segments, what may stand before a group, and how cases compare. */
const DEFAULT = { delimiter: '', prefix: '' };
const HOSTNAME = { delimiter: '.', prefix: '' };
const PATHNAME = { delimiter: '/', prefix: '/' };

const FULL_WILDCARD = '.*';

const escapeRegexp = (text) => text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');
const escapePattern = (text) => text.replace(/[+*?:{}()\\]/g, '\\$&');
const segmentWildcard = ({ delimiter }) => `[^${escapeRegexp(delimiter)}]+?`;

const isNumeric = (name) => name >= '0' && name <= ':';

class Parser {
  parts = [];
  #at = 0;
  #pending = '';
  #nextName = 0;

  constructor(text, options, encode) {
    this.tokens = tokenize([...text]);
    this.options = options;
    this.encode = encode;
    this.segment = segmentWildcard(options);
  }

  #take(type) {
    const token = this.tokens[this.#at];
    if (token.type !== type) return null;
    this.#at++;
    return token;
  }

  #require(type) {
    const token = this.#take(type);
    if (token === null) throw new TypeError('Invalid pattern');
    return token;
  }

  #takeRegexp(name) {
    return this.#take('regexp') ?? (name === null ? this.#take('asterisk') : null);
  }

  #takeModifier() {
    return (this.#take('other-modifier') ?? this.#take('asterisk'))?.value ?? '';
  }

  #takeText() {
    let text = '';
    for (;;) {
      const token = this.#take('char') ?? this.#take('escaped-char');
      if (token === null) return text;
      text += token.value;
    }
  }

  parse() {
    while (this.#at < this.tokens.length) {
      const char = this.#take('char');
      const name = this.#take('name');
      const regexp = this.#takeRegexp(name);
      if (name !== null || regexp !== null) {
        let prefix = char?.value ?? '';
        if (prefix !== '' && prefix !== this.options.prefix) {
          this.#pending += prefix;
          prefix = '';
        }
        this.#flush();
        this.#add(prefix, name, regexp, '', this.#takeModifier());
        continue;
      }
      const fixed = char ?? this.#take('escaped-char');
      if (fixed !== null) {
        this.#pending += fixed.value;
        continue;
      }
      if (this.#take('open') !== null) {
        const prefix = this.#takeText();
        const inner = this.#take('name');
        const group = this.#takeRegexp(inner);
        const suffix = this.#takeText();
        this.#require('close');
        this.#add(prefix, inner, group, suffix, this.#takeModifier());
        continue;
      }
      this.#flush();
      this.#require('end');
    }
    return this.parts;
  }

  /** What has been read of fixed text becomes a part. */
  #flush() {
    if (this.#pending === '') return;
    const value = this.encode(this.#pending);
    this.#pending = '';
    this.parts.push({ type: 'fixed', value, modifier: '', name: '', prefix: '', suffix: '' });
  }

  #add(prefix, name, regexp, suffix, modifier) {
    if (name === null && regexp === null && modifier === '') {
      this.#pending += prefix;
      return;
    }
    this.#flush();
    if (name === null && regexp === null) {
      if (prefix === '') return;
      const value = this.encode(prefix);
      this.parts.push({ type: 'fixed', value, modifier, name: '', prefix: '', suffix: '' });
      return;
    }
    let type = 'regexp';
    let value = regexp === null ? this.segment : regexp.type === 'asterisk' ? FULL_WILDCARD : regexp.value;
    if (value === this.segment) type = 'segment';
    else if (value === FULL_WILDCARD) type = 'full';
    if (type !== 'regexp') value = '';
    const own = name?.value ?? `${this.#nextName++}`;
    if (this.parts.some((part) => part.name === own)) throw new TypeError('Invalid pattern');
    this.parts.push({
      type, value, modifier, name: own, prefix: this.encode(prefix), suffix: this.encode(suffix),
    });
  }
}

/** https://urlpattern.spec.whatwg.org/#generate-a-regular-expression-and-name-list */
function regexpOf(parts, options) {
  let source = '^';
  for (const { type, value, modifier, prefix, suffix } of parts) {
    if (type === 'fixed') {
      source += modifier === '' ? escapeRegexp(value) : `(?:${escapeRegexp(value)})${modifier}`;
      continue;
    }
    const inner = type === 'segment' ? segmentWildcard(options) : type === 'full' ? FULL_WILDCARD : value;
    const [before, after] = [escapeRegexp(prefix), escapeRegexp(suffix)];
    const isRepeated = modifier === '*' || modifier === '+';
    if (prefix === '' && suffix === '') {
      source += isRepeated ? `((?:${inner})${modifier})` : `(${inner})${modifier}`;
    } else if (!isRepeated) {
      source += `(?:${before}(${inner})${after})${modifier}`;
    } else {
      source += `(?:${before}((?:${inner})(?:${after}${before}(?:${inner}))*)${after})`;
      if (modifier === '*') source += '?';
    }
  }
  return new RegExp(`${source}$`, options.ignoreCase ? 'vi' : 'v');
}

/** Whether braces have to stand around a part. */
function needsBraces(part, previous, next, options) {
  const { type, modifier, name, prefix, suffix } = part;
  if (suffix !== '' || prefix !== '' && prefix !== options.prefix) return true;
  const hasOwnName = !isNumeric(name[0]);
  if (hasOwnName && type === 'segment' && modifier === '' && next !== undefined && next.prefix === '' &&
      next.suffix === '') {
    const isAmbiguous = next.type === 'fixed' ? isNamePart([...next.value][0]) : isNumeric(next.name[0]);
    if (isAmbiguous) return true;
  }
  return prefix === '' && previous?.type === 'fixed' && options.prefix !== '' &&
    [...previous.value].at(-1) === options.prefix;
}

/** https://urlpattern.spec.whatwg.org/#generate-a-pattern-string */
function textOf(parts, options) {
  let text = '';
  parts.forEach((part, index) => {
    const { type, value, modifier, name, prefix, suffix } = part;
    if (type === 'fixed') {
      text += modifier === '' ? escapePattern(value) : `{${escapePattern(value)}}${modifier}`;
      return;
    }
    const previous = parts[index - 1];
    const hasOwnName = !isNumeric(name[0]);
    const hasBraces = needsBraces(part, previous, parts[index + 1], options);
    if (hasBraces) text += '{';
    text += escapePattern(prefix);
    if (hasOwnName) text += `:${name}`;
    if (type === 'regexp') {
      text += `(${value})`;
    } else if (type === 'segment') {
      if (!hasOwnName) text += `(${segmentWildcard(options)})`;
    } else {
      const isPlain = !hasOwnName && (previous === undefined || previous.type === 'fixed' ||
        previous.modifier !== '' || hasBraces || prefix !== '');
      text += isPlain ? '*' : `(${FULL_WILDCARD})`;
    }
    if (type === 'segment' && hasOwnName && suffix !== '' && isNamePart([...suffix][0])) text += '\\';
    text += escapePattern(suffix);
    if (hasBraces) text += '}';
    text += modifier;
  });
  return text;
}

/** https://urlpattern.spec.whatwg.org/#component */
class Component {
  constructor(pattern, encode, options) {
    const parts = new Parser(pattern, options, encode).parse();
    this.regexp = regexpOf(parts, options);
    this.text = textOf(parts, options);
    this.names = parts.filter(({ type }) => type !== 'fixed').map(({ name }) => name);
    this.hasRegexp = parts.some(({ type }) => type === 'regexp');
  }

  /** What it finds in a text: `{ groups, input }`, or null. */
  match(input) {
    const found = RegExp.prototype.exec.call(this.regexp, input);
    if (found === null) return null;
    const groups = {};
    for (let index = this.names.length - 1; index >= 0; index--) groups[this.names[index]] = found[index + 1];
    return { groups, input };
  }
}

module.exports = { Component, DEFAULT, HOSTNAME, PATHNAME, escapePattern };
