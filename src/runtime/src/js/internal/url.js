'use strict';

// The class `URL`: https://nodejs.org/api/url.html#the-whatwg-url-api
//
// A URL is its text and the places of its parts in there, which native code finds.

const { codes } = require('internal/errors');
const { inspect } = require('internal/inspect');
const { URLSearchParams, newLinkedParams, setParams } = require('internal/url/search_params');
const half = native('url');

const { ERR_INVALID_URL, ERR_MISSING_ARGS } = codes;

// ---------------------------------------------------------------------------
// Parts
// ---------------------------------------------------------------------------

/** Where native code leaves the places of the parts. */
const parts = new Uint32Array(half.parts.buffer, half.parts.byteOffset, 9);
const [
  PROTOCOL_END, USERNAME_END, HOST_START, HOST_END, PORT, PATHNAME_START, SEARCH_START, HASH_START,
  SCHEME,
] = Array(9).keys();
/** What says that there is no such part. */
const NONE = 0xFFFFFFFF;

const schemeNumber = (name) => half.schemes.indexOf(name);
const NOT_SPECIAL = schemeNumber('notSpecial');
const FILE = schemeNumber('file');

/** The numbers by which `update` knows parts. */
const [
  SET_PROTOCOL, SET_USERNAME, SET_PASSWORD, SET_HOST, SET_HOSTNAME, SET_PORT, SET_PATHNAME,
  SET_SEARCH, SET_HASH,
] = Array(9).keys();

/** Has a URL follow its parameters. */
let setSearch;

class URL {
  #href;
  #parts;
  #searchParams;
  /** The parameters have changed since, and the text has not yet. */
  #isStale = false;

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const href = half.parse(input, base);
    if (href === undefined) throw new ERR_INVALID_URL(input, base);
    this.#take(href);
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const href = half.parse(input, base);
    return href === undefined ? null : new URL(href);
  }

  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    return half.canParse(`${url}`, base === undefined ? undefined : `${base}`);
  }

  static {
    setSearch = (url) => {
      url.#isStale = true;
    };
  }

  #take(href) {
    this.#href = href;
    this.#parts = parts.slice();
  }

  /** Brings the text up to date with the parameters. */
  #refresh() {
    this.#isStale = false;
    this.#take(half.update(this.#href, SET_SEARCH, `${this.#searchParams}`));
  }

  static #check(url) {
    if (url === null || typeof url !== 'object' || !(#href in url)) {
      throw new TypeError('Receiver must be an instance of class URL');
    }
    if (url.#isStale) url.#refresh();
    return url;
  }

  #set(part, value) {
    this.#take(half.update(this.#href, part, value));
  }

  #fromTo(start, end) {
    return this.#href.slice(start, end === NONE ? undefined : end);
  }

  toString() {
    return URL.#check(this).#href;
  }

  get href() {
    return URL.#check(this).#href;
  }

  set href(value) {
    URL.#check(this);
    value = `${value}`;
    const href = half.parse(value, undefined);
    if (href === undefined) throw new ERR_INVALID_URL(value);
    this.#take(href);
    this.#tellParams();
  }

  get origin() {
    const url = URL.#check(this);
    const scheme = url.#parts[SCHEME];
    if (scheme === FILE) return 'null';
    if (scheme !== NOT_SPECIAL) return `${url.protocol}//${url.host}`;
    if (url.protocol === 'blob:') {
      const inner = half.parse(url.pathname, undefined);
      if (inner !== undefined) {
        const { protocol, host } = new URL(inner);
        if (protocol === 'http:' || protocol === 'https:') return `${protocol}//${host}`;
      }
    }
    return 'null';
  }

  get protocol() {
    const url = URL.#check(this);
    return url.#href.slice(0, url.#parts[PROTOCOL_END]);
  }

  set protocol(value) {
    URL.#check(this).#set(SET_PROTOCOL, `${value}`);
  }

  get username() {
    const at = URL.#check(this).#parts;
    return at[PROTOCOL_END] + 2 < at[USERNAME_END] ?
      this.#fromTo(at[PROTOCOL_END] + 2, at[USERNAME_END]) : '';
  }

  set username(value) {
    URL.#check(this).#set(SET_USERNAME, `${value}`);
  }

  get password() {
    const at = URL.#check(this).#parts;
    return at[HOST_START] > at[USERNAME_END] ? this.#fromTo(at[USERNAME_END] + 1, at[HOST_START]) : '';
  }

  set password(value) {
    URL.#check(this).#set(SET_PASSWORD, `${value}`);
  }

  /** Where the host begins, behind the `@`. */
  #hostStart() {
    const start = this.#parts[HOST_START];
    return this.#parts[HOST_END] > start && this.#href[start] === '@' ? start + 1 : start;
  }

  get host() {
    const url = URL.#check(this);
    const start = url.#hostStart();
    // Without a host, `/.` may stand before the path.
    return start === url.#parts[HOST_END] ? '' : url.#fromTo(start, url.#parts[PATHNAME_START]);
  }

  set host(value) {
    URL.#check(this).#set(SET_HOST, `${value}`);
  }

  get hostname() {
    const url = URL.#check(this);
    return url.#fromTo(url.#hostStart(), url.#parts[HOST_END]);
  }

  set hostname(value) {
    URL.#check(this).#set(SET_HOSTNAME, `${value}`);
  }

  get port() {
    const port = URL.#check(this).#parts[PORT];
    return port === NONE ? '' : `${port}`;
  }

  set port(value) {
    URL.#check(this).#set(SET_PORT, `${value}`);
  }

  get pathname() {
    const at = URL.#check(this).#parts;
    const end = at[SEARCH_START] === NONE ? at[HASH_START] : at[SEARCH_START];
    return this.#fromTo(at[PATHNAME_START], end);
  }

  set pathname(value) {
    URL.#check(this).#set(SET_PATHNAME, `${value}`);
  }

  #search() {
    const at = this.#parts;
    if (at[SEARCH_START] === NONE) return '';
    const search = this.#fromTo(at[SEARCH_START], at[HASH_START]);
    return search.length > 1 ? search : '';
  }

  get search() {
    return URL.#check(this).#search();
  }

  set search(value) {
    URL.#check(this).#set(SET_SEARCH, `${value}`.toWellFormed());
    this.#tellParams();
  }

  get searchParams() {
    URL.#check(this);
    this.#searchParams ??= newLinkedParams(this.#search(), this, setSearch);
    return this.#searchParams;
  }

  #tellParams() {
    if (this.#searchParams !== undefined) setParams(this.#searchParams, this.#search());
  }

  get hash() {
    const at = URL.#check(this).#parts;
    if (at[HASH_START] === NONE) return '';
    const hash = this.#fromTo(at[HASH_START], NONE);
    return hash.length > 1 ? hash : '';
  }

  set hash(value) {
    URL.#check(this).#set(SET_HASH, `${value}`);
  }

  toJSON() {
    return URL.#check(this).#href;
  }

  static createObjectURL(obj) {
    return require('internal/blob').storeObject(obj);
  }

  static revokeObjectURL(url) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    require('internal/blob').revokeObject(`${url}`);
  }

  [inspect.custom](depth, opts) {
    if (this == null || Object.getPrototypeOf(this.constructor ?? {}) === undefined) return this;
    if (typeof depth === 'number' && depth < 0) return this;
    const name = this.constructor?.name || 'URL';
    const shown = {};
    for (const part of [
      'href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname',
      'search', 'searchParams', 'hash',
    ]) shown[part] = this[part];
    return `${name} ${inspect(shown, opts)}`;
  }
}

const enumerable = { __proto__: null, enumerable: true };
Object.defineProperties(URL, {
  parse: enumerable, canParse: enumerable, createObjectURL: enumerable, revokeObjectURL: enumerable,
});
Object.defineProperties(URL.prototype, {
  toString: enumerable,
  href: enumerable,
  origin: enumerable,
  protocol: enumerable,
  username: enumerable,
  password: enumerable,
  host: enumerable,
  hostname: enumerable,
  port: enumerable,
  pathname: enumerable,
  search: enumerable,
  searchParams: enumerable,
  hash: enumerable,
  toJSON: enumerable,
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URL' },
});

/** Whether a value is a URL, or enough like one. */
function isURL(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

module.exports = { URL, URLSearchParams, isURL };
