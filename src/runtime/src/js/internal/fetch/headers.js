'use strict';

// https://fetch.spec.whatwg.org/#headers-class

const {
  argumentCount, defineIteration, defineMembers, exception, illegalInvocation, isByteString, isObject, shown,
  toByteString,
} = require('internal/fetch/webidl');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
/** What the constructor is called with from here. */
const kEmpty = Symbol('kEmpty');

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const isName = (text) => TOKEN.test(text);

const isSpace = (unit) => unit === 32 || unit === 9 || unit === 10 || unit === 13;

/** A value without the white space around it. */
function normalize(value) {
  if (!isSpace(value.charCodeAt(0)) && !isSpace(value.charCodeAt(value.length - 1))) return value;
  return value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
}

const isValue = (value) => !/[\0\r\n]/.test(value);

/** https://fetch.spec.whatwg.org/#concept-header-list */
class HeadersList {
  /** By names in lower case: `{ name, value }`, with the name as it was first given. */
  #map = new Map();
  /** The values of `set-cookie`, which are not joined. */
  cookies = undefined;
  #sorted = undefined;

  static of(pairs) {
    const list = new HeadersList();
    for (const [name, value] of pairs) list.append(name, value);
    return list;
  }

  copy() {
    const copy = new HeadersList();
    for (const [key, { name, value }] of this.#map) copy.#map.set(key, { name, value });
    copy.cookies = this.cookies?.slice();
    return copy;
  }

  get size() {
    return this.#map.size;
  }

  has(name) {
    return this.#map.has(name.toLowerCase());
  }

  get(name) {
    return this.#map.get(name.toLowerCase())?.value ?? null;
  }

  append(name, value) {
    this.#sorted = undefined;
    const key = name.toLowerCase();
    const known = this.#map.get(key);
    if (known === undefined) this.#map.set(key, { name, value });
    else known.value += `${key === 'cookie' ? '; ' : ', '}${value}`;
    if (key === 'set-cookie') (this.cookies ??= []).push(value);
  }

  set(name, value) {
    this.#sorted = undefined;
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.cookies = [value];
    this.#map.set(key, { name, value });
  }

  delete(name) {
    this.#sorted = undefined;
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.cookies = undefined;
    this.#map.delete(key);
  }

  /** Names as they were given, with values; cookies one by one. */
  *pairs() {
    for (const [key, { name, value }] of this.#map) {
      if (key === 'set-cookie') for (const cookie of this.cookies) yield [name, cookie];
      else yield [name, value];
    }
  }

  /** https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine */
  get sorted() {
    if (this.#sorted !== undefined) return this.#sorted;
    const sorted = [];
    for (const key of [...this.#map.keys()].sort()) {
      if (key === 'set-cookie') for (const cookie of this.cookies) sorted.push([key, cookie]);
      else sorted.push([key, this.#map.get(key).value]);
    }
    this.#sorted = sorted;
    return sorted;
  }

  /** What `inspect` shows. */
  toObject() {
    const shown = {};
    for (const { name, value } of this.#map.values()) shown[name] = value;
    return shown;
  }
}

function checkName(name, prefix) {
  if (!isName(name)) throw exception(prefix, `"${name}" is an invalid header name.`);
}

let internals;

class Headers {
  #list;
  /** `none`, `request`, `response` or `immutable`. */
  #guard = 'none';

  constructor(init = undefined) {
    if (init === kEmpty) return;
    this.#list = new HeadersList();
    if (init !== undefined) fill(this.#list, init, 'none');
  }

  static {
    internals = {
      is: (value) => isObject(value) && #list in value,
      make(list, guard) {
        const headers = new Headers(kEmpty);
        headers.#list = list;
        headers.#guard = guard;
        return headers;
      },
      listOf: (headers) => headers.#list,
      guardOf: (headers) => headers.#guard,
    };
  }

  static #check(headers) {
    if (!internals.is(headers)) throw illegalInvocation();
    return headers.#list;
  }

  append(name, value) {
    const list = Headers.#check(this);
    argumentCount(arguments.length, 2, 'Headers.append');
    name = toByteString(name, 'Headers.append', 'name');
    value = toByteString(value, 'Headers.append', 'value');
    append(list, name, value, this.#guard);
  }

  delete(name) {
    const list = Headers.#check(this);
    argumentCount(arguments.length, 1, 'Headers.delete');
    name = toByteString(name, 'Headers.delete', 'name');
    checkName(name, 'Headers.delete');
    if (this.#guard === 'immutable') throw new TypeError('immutable');
    list.delete(name);
  }

  get(name) {
    const list = Headers.#check(this);
    argumentCount(arguments.length, 1, 'Headers.get');
    name = toByteString(name, 'Headers.get', 'name');
    checkName(name, 'Headers.get');
    return list.get(name);
  }

  has(name) {
    const list = Headers.#check(this);
    argumentCount(arguments.length, 1, 'Headers.has');
    name = toByteString(name, 'Headers.has', 'name');
    checkName(name, 'Headers.has');
    return list.has(name);
  }

  set(name, value) {
    const list = Headers.#check(this);
    argumentCount(arguments.length, 2, 'Headers.set');
    name = toByteString(name, 'Headers.set', 'name');
    value = normalize(toByteString(value, 'Headers.set', 'value'));
    checkName(name, 'Headers.set');
    if (!isValue(value)) throw exception('Headers.set', `"${value}" is an invalid header value.`);
    if (this.#guard === 'immutable') throw new TypeError('immutable');
    list.set(name, value);
  }

  getSetCookie() {
    return [...Headers.#check(this).cookies ?? []];
  }

  [kInspect](depth, options) {
    options.depth ??= depth;
    return `Headers ${require('internal/inspect').formatWithOptions(options, this.#list.toObject())}`;
  }
}

defineIteration(Headers, (headers) => {
  if (!internals.is(headers)) throw illegalInvocation();
  return internals.listOf(headers).sorted;
});
defineMembers(Headers, ['append', 'delete', 'get', 'has', 'set', 'getSetCookie']);
const { entries } = Headers.prototype;

/** https://fetch.spec.whatwg.org/#concept-headers-append */
function append(list, name, value, guard) {
  value = normalize(value);
  checkName(name, 'Headers.append');
  if (!isValue(value)) throw exception('Headers.append', `"${value}" is an invalid header value.`);
  if (guard === 'immutable') throw new TypeError('immutable');
  list.append(name, value);
}

const HERE = 'Headers constructor';

/** The pairs of what a program gives for headers. */
function pairsOf(init) {
  if (!isObject(init)) {
    throw exception(HERE, 'Argument 1 could not be converted to one of: ' +
      'sequence<sequence<ByteString>>, record<ByteString, ByteString>.');
  }
  const iterator = init[Symbol.iterator];
  if (iterator === entries && internals.is(init)) return [...internals.listOf(init).pairs()];
  if (typeof iterator === 'function') return pairsOfSequence(init);
  const pairs = [];
  for (const key of Reflect.ownKeys(init)) {
    // Of a proxy nobody knows what it has beside what it lists.
    if (typeof key === 'symbol') {
      if (!Object.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
      throw exception(HERE, `Key ${shown(key)} in init is a symbol, which cannot be converted to a ByteString.`);
    }
    const name = isByteString(key) ? key : toByteString(key, HERE, `Key ${key} in init`);
    const value = init[key];
    pairs.push([name, isByteString(value) ? value : toByteString(value, HERE, `init["${key}"]`)]);
  }
  return pairs;
}

function pairsOfSequence(init) {
  const pairs = [];
  let index = 0;
  for (const pair of init) {
    const what = `init[${index++}]`;
    if (!isObject(pair) || typeof pair[Symbol.iterator] !== 'function') {
      throw exception(HERE, `${what} (${shown(pair)}) is not iterable.`);
    }
    const parts = [...pair].map((part, at) => toByteString(part, HERE, `${what}[${at}]`));
    pairs.push(parts);
  }
  for (const pair of pairs) {
    if (pair.length !== 2) {
      throw exception(HERE, `expected name/value pair to be length 2, found ${pair.length}.`);
    }
  }
  return pairs;
}

/** https://fetch.spec.whatwg.org/#concept-headers-fill */
function fill(list, init, guard) {
  for (const [name, value] of pairsOf(init)) append(list, name, value, guard);
}

module.exports = {
  Headers,
  HeadersList,
  fill,
  guardOf: internals.guardOf,
  isHeaders: internals.is,
  isToken: isName,
  listOf: internals.listOf,
  newHeaders: internals.make,
  normalize,
};
