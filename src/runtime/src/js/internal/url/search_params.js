'use strict';

// https://nodejs.org/api/url.html#class-urlsearchparams

const { codes } = require('internal/errors');
const { inspect } = require('internal/inspect');
const { validateFunction } = require('internal/validators');
const { parseQuery, serializeQuery } = native('url');

const { ERR_ARG_NOT_ITERABLE, ERR_INVALID_THIS, ERR_INVALID_TUPLE, ERR_MISSING_ARGS } = codes;

const toUSVString = (value) => `${value}`.toWellFormed();

/** A query without its `?`. */
const withoutMark = (text) => (text[0] === '?' ? text.slice(1) : text);

let listOf;
let setParams;
let newLinkedParams;
let isParams;

class URLSearchParams {
  /** Names and values in turn. */
  #list = [];
  /** The URL whose query this is, and what it is told by. */
  #url;
  #tell;

  static {
    listOf = (params) => params.#list;
    isParams = (value) => value !== null && typeof value === 'object' && #list in value;
    setParams = (params, search) => {
      params.#list = parseQuery(withoutMark(search));
    };
    newLinkedParams = (search, url, tell) => {
      const params = new URLSearchParams();
      setParams(params, search);
      params.#url = url;
      params.#tell = tell;
      return params;
    };
  }

  constructor(init = undefined) {
    if (init === undefined) return;
    if (init === null || typeof init !== 'object' && typeof init !== 'function') {
      setParams(this, toUSVString(init));
      return;
    }
    const method = init[Symbol.iterator];
    if (method === this[Symbol.iterator] && isParams(init)) {
      this.#list = listOf(init).slice();
    } else if (method != null) {
      if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE('Query pairs');
      for (const pair of init) {
        if (pair == null) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
        const isObject = typeof pair === 'object' || typeof pair === 'function';
        if (!isObject || typeof pair[Symbol.iterator] !== 'function') {
          throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
        }
        const converted = Array.from(pair, toUSVString);
        if (converted.length !== 2) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
        this.#list.push(converted[0], converted[1]);
      }
    } else {
      const places = new Map();
      for (const key of Reflect.ownKeys(init)) {
        if (!Object.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
        const name = toUSVString(key);
        const value = toUSVString(init[key]);
        // Two keys may be the same once they are well-formed.
        if (places.has(name)) {
          this.#list[places.get(name)] = value;
        } else {
          places.set(name, this.#list.push(name, value) - 1);
        }
      }
    }
  }

  #changed() {
    this.#tell?.(this.#url);
  }

  get size() {
    check(this);
    return this.#list.length / 2;
  }

  append(name, value) {
    check(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    this.#list.push(toUSVString(name), toUSVString(value));
    this.#changed();
  }

  delete(name, value = undefined) {
    check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    const list = this.#list;
    name = toUSVString(name);
    const hasValue = value !== undefined;
    if (hasValue) value = toUSVString(value);
    for (let i = 0; i < list.length;) {
      if (list[i] === name && (!hasValue || list[i + 1] === value)) list.splice(i, 2);
      else i += 2;
    }
    this.#changed();
  }

  get(name) {
    check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    const list = this.#list;
    name = toUSVString(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) return list[i + 1];
    return null;
  }

  getAll(name) {
    check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    const list = this.#list;
    const values = [];
    name = toUSVString(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) values.push(list[i + 1]);
    return values;
  }

  has(name, value = undefined) {
    check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    const list = this.#list;
    name = toUSVString(name);
    const hasValue = value !== undefined;
    if (hasValue) value = toUSVString(value);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (!hasValue || list[i + 1] === value)) return true;
    }
    return false;
  }

  set(name, value) {
    check(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    const list = this.#list;
    name = toUSVString(name);
    value = toUSVString(value);
    let isFound = false;
    for (let i = 0; i < list.length;) {
      if (list[i] !== name) {
        i += 2;
      } else if (!isFound) {
        list[i + 1] = value;
        isFound = true;
        i += 2;
      } else {
        list.splice(i, 2);
      }
    }
    if (!isFound) list.push(name, value);
    this.#changed();
  }

  sort() {
    check(this);
    const pairs = [];
    for (let i = 0; i < this.#list.length; i += 2) pairs.push([this.#list[i], this.#list[i + 1]]);
    pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#list = pairs.flat();
    this.#changed();
  }

  entries() {
    check(this);
    return new URLSearchParamsIterator(this, 'entries');
  }

  forEach(callback, thisArg = undefined) {
    check(this);
    validateFunction(callback, 'callback');
    for (let i = 0; i < this.#list.length; i += 2) {
      callback.call(thisArg, this.#list[i + 1], this.#list[i], this);
    }
  }

  keys() {
    check(this);
    return new URLSearchParamsIterator(this, 'keys');
  }

  values() {
    check(this);
    return new URLSearchParamsIterator(this, 'values');
  }

  toString() {
    check(this);
    return serializeQuery(this.#list);
  }

  [inspect.custom](recurseTimes, ctx) {
    check(this);
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const innerOptions = { ...ctx };
    if (recurseTimes !== null) innerOptions.depth = recurseTimes - 1;
    const shown = [];
    for (let i = 0; i < this.#list.length; i += 2) {
      shown.push(`${inspect(this.#list[i], innerOptions)} => ${inspect(this.#list[i + 1], innerOptions)}`);
    }
    return braced(`${this.constructor.name} `, shown, ctx);
  }
}

/** `Name { a, b }`, in lines if it is long. */
function braced(name, shown, ctx) {
  if (shown.length === 0) return `${name}{}`;
  let length = -2;
  for (const each of shown) length += require('internal/inspect').stripControlSequences(each).length + 2;
  if (length > ctx.breakLength) return `${name}{\n  ${shown.join(',\n  ')} }`;
  return `${name}{ ${shown.join(', ')} }`;
}

function check(params) {
  if (!isParams(params)) throw new ERR_INVALID_THIS('URLSearchParams');
}

const kEnumerable = { __proto__: null, enumerable: true };
Object.defineProperties(URLSearchParams.prototype, {
  size: kEnumerable,
  append: kEnumerable,
  delete: kEnumerable,
  get: kEnumerable,
  getAll: kEnumerable,
  has: kEnumerable,
  set: kEnumerable,
  sort: kEnumerable,
  entries: kEnumerable,
  forEach: kEnumerable,
  keys: kEnumerable,
  values: kEnumerable,
  toString: kEnumerable,
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams' },
  [Symbol.iterator]: {
    __proto__: null, configurable: true, writable: true, value: URLSearchParams.prototype.entries,
  },
});

// ---------------------------------------------------------------------------
// Iteration
// ---------------------------------------------------------------------------

class URLSearchParamsIterator {
  #target;
  #kind;
  #index = 0;

  constructor(target, kind) {
    this.#target = target;
    this.#kind = kind;
  }

  next() {
    if (this === null || typeof this !== 'object' || !(#target in this)) {
      throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    }
    const list = listOf(this.#target);
    const index = this.#index;
    if (index >= list.length) return { value: undefined, done: true };
    this.#index += 2;
    return { value: this.#at(list, index), done: false };
  }

  #at(list, index) {
    if (this.#kind === 'keys') return list[index];
    if (this.#kind === 'values') return list[index + 1];
    return [list[index], list[index + 1]];
  }

  [inspect.custom](recurseTimes, ctx) {
    if (!(#target in this)) throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const innerOptions = { ...ctx };
    if (recurseTimes !== null) innerOptions.depth = recurseTimes - 1;
    const list = listOf(this.#target);
    const shown = [];
    for (let i = this.#index; i < list.length; i += 2) shown.push(inspect(this.#at(list, i), innerOptions));
    if (shown.length === 0) return `${this[Symbol.toStringTag]} {  }`;
    return braced(`${this[Symbol.toStringTag]} `, shown, ctx);
  }
}

delete URLSearchParamsIterator.prototype.constructor;
const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
Object.setPrototypeOf(URLSearchParamsIterator.prototype, IteratorPrototype);
Object.defineProperties(URLSearchParamsIterator.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams Iterator' },
  next: kEnumerable,
});

module.exports = { URLSearchParams, newLinkedParams, setParams };
