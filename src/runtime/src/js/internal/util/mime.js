'use strict';

// https://nodejs.org/api/util.html#class-utilmimetype

const { codes } = require('internal/errors');

const { ERR_INVALID_MIME_SYNTAX } = codes;

const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const NOT_QUOTED = /[^\t\u0020-~\u0080-\u00FF]/;
const END_SPACE = /[\r\n\t ]+$/;

const lowerAscii = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Parses `type/subtype`; gives the place behind it. */
function parseTypes(text) {
  let at = text.search(/[^\r\n\t ]/);
  if (at < 0) throw new ERR_INVALID_MIME_SYNTAX('type', text, -1);
  const slash = text.indexOf('/', at);
  const type = slash < 0 ? text.slice(at) : text.slice(at, slash);
  const badInType = type.search(NOT_TOKEN);
  if (type === '' || badInType >= 0 || slash < 0) {
    throw new ERR_INVALID_MIME_SYNTAX('type', text, badInType);
  }
  at = slash + 1;
  const semicolon = text.indexOf(';', at);
  const end = semicolon < 0 ? text.length : semicolon;
  const subtype = text.slice(at, end).replace(END_SPACE, '');
  const badInSubtype = subtype.search(NOT_TOKEN);
  if (subtype === '' || badInSubtype >= 0) {
    throw new ERR_INVALID_MIME_SYNTAX('subtype', text, badInSubtype);
  }
  return { type: lowerAscii(type), subtype: lowerAscii(subtype), end: semicolon < 0 ? end : semicolon + 1 };
}

/** Parses parameters from a place on; what is wrong is left out. */
function parseParameters(text, at, entries) {
  while (at < text.length) {
    while (at < text.length && /[\r\n\t ]/.test(text[at])) at++;
    let end = at;
    while (end < text.length && text[end] !== ';' && text[end] !== '=') end++;
    const name = lowerAscii(text.slice(at, end));
    at = end;
    if (at >= text.length) break;
    if (text[at++] === ';') continue;
    let value;
    if (text[at] === '"') {
      value = '';
      at++;
      while (at < text.length && text[at] !== '"') {
        if (text[at] === '\\') {
          at++;
          // A backslash that nothing follows stands for itself.
          value += at < text.length ? text[at++] : '\\';
        } else {
          value += text[at++];
        }
      }
      const semicolon = text.indexOf(';', at);
      at = semicolon < 0 ? text.length : semicolon + 1;
    } else {
      const semicolon = text.indexOf(';', at);
      end = semicolon < 0 ? text.length : semicolon;
      value = text.slice(at, end).replace(END_SPACE, '');
      at = end + 1;
      if (value === '') continue;
    }
    if (name !== '' && !NOT_TOKEN.test(name) && !NOT_QUOTED.test(value) && !entries.has(name)) {
      entries.set(name, value);
    }
  }
}

function encodedValue(value) {
  if (value !== '' && !NOT_TOKEN.test(value)) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

let entriesOf;

class MIMEParams {
  #entries = new Map();

  static {
    entriesOf = (params) => params.#entries;
  }

  delete(name) {
    this.#entries.delete(`${name}`);
  }

  get(name) {
    return this.#entries.get(`${name}`) ?? null;
  }

  has(name) {
    return this.#entries.has(`${name}`);
  }

  set(name, value) {
    name = lowerAscii(`${name}`);
    value = `${value}`;
    const badInName = name.search(NOT_TOKEN);
    if (name.length === 0 || badInName >= 0) {
      throw new ERR_INVALID_MIME_SYNTAX('parameter name', name, badInName);
    }
    const badInValue = value.search(NOT_QUOTED);
    if (badInValue >= 0) throw new ERR_INVALID_MIME_SYNTAX('parameter value', value, badInValue);
    this.#entries.set(name, value);
  }

  *entries() {
    yield* this.#entries.entries();
  }

  *keys() {
    yield* this.#entries.keys();
  }

  *values() {
    yield* this.#entries.values();
  }

  toString() {
    let text = '';
    for (const [name, value] of this.#entries) {
      text += `${text === '' ? '' : ';'}${name}=${encodedValue(value)}`;
    }
    return text;
  }
}
Object.defineProperties(MIMEParams.prototype, {
  toJSON: { __proto__: null, value: MIMEParams.prototype.toString, writable: true, configurable: true },
  [Symbol.iterator]: {
    __proto__: null, value: MIMEParams.prototype.entries, writable: true, configurable: true,
  },
});

class MIMEType {
  #type;
  #subtype;
  #parameters;

  constructor(string) {
    string = `${string}`;
    const { type, subtype, end } = parseTypes(string);
    this.#type = type;
    this.#subtype = subtype;
    this.#parameters = new MIMEParams();
    parseParameters(string, end, entriesOf(this.#parameters));
  }

  /** The type that a text names; null if it names none. */
  static parse(string) {
    string = `${string}`;
    try {
      return new MIMEType(string);
    } catch {
      return null;
    }
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    value = `${value}`;
    const bad = value.search(NOT_TOKEN);
    if (value.length === 0 || bad >= 0) throw new ERR_INVALID_MIME_SYNTAX('type', value, bad);
    this.#type = lowerAscii(value);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    value = `${value}`;
    const bad = value.search(NOT_TOKEN);
    if (value.length === 0 || bad >= 0) throw new ERR_INVALID_MIME_SYNTAX('subtype', value, bad);
    this.#subtype = lowerAscii(value);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#parameters;
  }

  toString() {
    const params = this.#parameters.toString();
    return `${this.essence}${params === '' ? '' : `;${params}`}`;
  }
}
Object.defineProperty(MIMEType.prototype, 'toJSON', {
  __proto__: null, value: MIMEType.prototype.toString, writable: true, configurable: true,
});

module.exports = { MIMEParams, MIMEType };
