'use strict';

// https://nodejs.org/api/url.html#class-urlpattern

const { codes } = require('internal/errors');
const { URL } = require('internal/url');
const {
  NAMES, SPECIAL, SPECIAL_SCHEMES, canonicalize, partsOfUrl, processInit,
} = require('internal/url_pattern/canonical');
const { Component, DEFAULT, HOSTNAME, PATHNAME } = require('internal/url_pattern/component');
const { parseConstructorString } = require('internal/url_pattern/constructor_string');

const EMPTY = Object.fromEntries(NAMES.map((name) => [name, '']));

function invalidArgument(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_TYPE';
  native('errors').showCodeInStack(error);
  return error;
}

function failed(code, message) {
  const error = new TypeError(message);
  error.code = code;
  native('errors').showCodeInStack(error);
  return error;
}

const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');

/** The members of a dictionary of a program, as texts. */
function toInit(value) {
  const init = {};
  for (const name of [...NAMES, 'baseURL']) {
    const given = value[name];
    if (typeof given === 'string') init[name] = given;
    else if (given !== undefined) init[name] = `${given}`;
  }
  return init;
}

/** The components of a pattern. https://urlpattern.spec.whatwg.org/#url-pattern-create */
function create(input, base, ignoreCase) {
  let init;
  if (typeof input === 'string') {
    init = parseConstructorString(input);
    if (base === undefined && init.protocol === undefined) throw new TypeError('A base is needed');
    if (base !== undefined) init.baseURL = base;
  } else {
    if (base !== undefined) throw new TypeError('A base belongs to texts');
    init = input;
  }
  const parts = processInit(init, true, {});
  for (const name of NAMES) parts[name] ??= '*';
  if (SPECIAL[parts.protocol] === parts.port) parts.port = '';
  const make = (name, encode, options) => new Component(parts[name], encode, options);
  const components = {
    protocol: make('protocol', canonicalize.protocol, DEFAULT),
    username: make('username', canonicalize.username, DEFAULT),
    password: make('password', canonicalize.password, DEFAULT),
  };
  const isIpv6 = /^(?:\[|[{\\]\[)/.test(parts.hostname);
  components.hostname = make('hostname', isIpv6 ? canonicalize.ipv6 : canonicalize.hostname, HOSTNAME);
  components.port = make('port', (value) => canonicalize.port(value), DEFAULT);
  const isSpecial = SPECIAL_SCHEMES.some((scheme) => components.protocol.regexp.test(scheme));
  components.pathname = isSpecial ?
    make('pathname', canonicalize.pathname, { ...PATHNAME, ignoreCase }) :
    make('pathname', canonicalize.opaquePathname, { ...DEFAULT, ignoreCase });
  components.search = make('search', canonicalize.search, { ...DEFAULT, ignoreCase });
  components.hash = make('hash', canonicalize.hash, { ...DEFAULT, ignoreCase });
  return components;
}

/** The parts of what is to be matched; null if it is no address. */
function partsToMatch(input, base, method) {
  if (typeof input !== 'string') {
    if (base !== undefined) throw failed('ERR_OPERATION_FAILED', `Failed to ${method} URLPattern`);
    try {
      return processInit(input, false, EMPTY);
    } catch {
      return null;
    }
  }
  const url = URL.parse(input, base);
  return url === null ? null : partsOfUrl(url);
}

/** The arguments of `exec` and `test`. */
function matchArguments(input, base) {
  if (typeof input !== 'string' && input !== undefined && input !== null && !isObject(input)) {
    throw invalidArgument('URLPattern input needs to be a string or an object');
  }
  if (base !== undefined && typeof base !== 'string') throw invalidArgument('baseURL must be a string');
  return typeof input === 'string' ? input : toInit(input ?? {});
}

let componentsOf;

function URLPattern(input = undefined, baseOrOptions = undefined, options = undefined) {
  if (new.target === undefined) {
    throw failed('ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
  }
  return Reflect.construct(Pattern, [input, baseOrOptions, options], new.target);
}

/** What makes the objects. */
class Pattern {
  #components;

  constructor(input, baseOrOptions, options) {
    if (typeof input !== 'string' && input !== undefined && input !== null && !isObject(input)) {
      throw invalidArgument('Input must be an object or a string');
    }
    const given = typeof input === 'string' ? input : toInit(input ?? {});
    let base;
    if (typeof baseOrOptions === 'string') {
      base = baseOrOptions;
    } else if (isObject(baseOrOptions)) {
      options = baseOrOptions;
    } else if (baseOrOptions !== undefined && baseOrOptions !== null) {
      throw invalidArgument('second argument must be a string or object');
    }
    if (options !== undefined && options !== null && !isObject(options)) {
      throw invalidArgument('options must be an object');
    }
    const ignoreCase = Boolean(options?.ignoreCase);
    try {
      this.#components = create(given, base, ignoreCase);
    } catch {
      throw failed('ERR_INVALID_URL_PATTERN', 'Failed to construct URLPattern');
    }
  }

  static {
    componentsOf = (pattern) => {
      if (!isObject(pattern) || !(#components in pattern)) throw new TypeError('Illegal invocation');
      return pattern.#components;
    };
  }
}

const methods = {
  exec(input = undefined, base = undefined) {
    const components = componentsOf(this);
    const given = matchArguments(input, base);
    const parts = partsToMatch(given, base, 'exec');
    if (parts === null) return null;
    const result = { __proto__: null };
    for (const name of NAMES) {
      result[name] = components[name].match(parts[name]);
      if (result[name] === null) return null;
    }
    const inputs = base === undefined ? [given] : [given, base];
    const { hash, hostname, password, pathname, port, protocol, search, username } = result;
    return { __proto__: null, hash, hostname, inputs, password, pathname, port, protocol, search, username };
  },

  test(input = undefined, base = undefined) {
    const components = componentsOf(this);
    const parts = partsToMatch(matchArguments(input, base), base, 'test');
    return parts !== null && NAMES.every((name) => components[name].regexp.test(parts[name]));
  },
};

for (const name of [...NAMES, 'hasRegExpGroups']) {
  const get = name === 'hasRegExpGroups' ? {
    get() {
      return Object.values(componentsOf(this)).some(({ hasRegexp }) => hasRegexp);
    },
  }.get : {
    get() {
      return componentsOf(this)[name].text;
    },
  }.get;
  Object.defineProperty(get, 'name', { value: 'get ', configurable: true });
  Object.defineProperty(URLPattern.prototype, name, { configurable: false, enumerable: true, get });
}
for (const name of ['exec', 'test']) {
  Object.defineProperty(methods[name], 'length', { value: 0, configurable: true });
  Object.defineProperty(URLPattern.prototype, name, {
    configurable: true, enumerable: true, writable: true, value: methods[name],
  });
}
Object.defineProperty(URLPattern, 'length', { value: 0, configurable: true });
Object.defineProperty(URLPattern.prototype, Symbol.toStringTag, { configurable: true, value: 'URLPattern' });

module.exports = { URLPattern };
