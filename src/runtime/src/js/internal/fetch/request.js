'use strict';

// https://fetch.spec.whatwg.org/#request-class

const { defineBody, extractBody } = require('internal/fetch/body');
const { HeadersList, fill, isToken, newHeaders } = require('internal/fetch/headers');
const {
  argumentCount, checkDictionary, defineMembers, exception, expectInstance, illegalInvocation, isObject,
  toByteString, toDomString, toEnum, toUsvString,
} = require('internal/fetch/webidl');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
/** What the constructor is called with from here. */
const kMade = Symbol('kMade');

const FORBIDDEN_METHODS = ['CONNECT', 'TRACE', 'TRACK'];
const NORMAL_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'QUERY'];

const MODES = ['navigate', 'same-origin', 'no-cors', 'cors'];
const CREDENTIALS = ['omit', 'same-origin', 'include'];
const CACHES = ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'];
const REDIRECTS = ['follow', 'manual', 'error'];
const POLICIES = [
  '', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin',
  'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url',
];

/** https://fetch.spec.whatwg.org/#concept-request */
class RequestState {
  method = 'GET';
  /** An `URL`. */
  url = undefined;
  headersList = new HeadersList();
  body = null;
  referrer = 'about:client';
  referrerPolicy = '';
  mode = 'cors';
  credentials = 'same-origin';
  cache = 'default';
  redirect = 'follow';
  integrity = '';
  keepalive = false;
  dispatcher = undefined;
  /** What `headers` is, once asked for. */
  headers = undefined;
  /** The signal that it follows, and its own, once asked for. */
  followed = null;
  signal = undefined;

  /** The same without what hangs on it: body, headers and signal. */
  copy() {
    const copy = new RequestState();
    Object.assign(copy, this, {
      headersList: this.headersList.copy(),
      body: null,
      headers: undefined,
      followed: null,
      signal: undefined,
    });
    return copy;
  }

  ownSignal() {
    if (this.signal === undefined) {
      const { AbortController, AbortSignal } = require('internal/abort_controller');
      this.signal = this.followed === null ? new AbortController().signal : AbortSignal.any([this.followed]);
    }
    return this.signal;
  }
}

let internals;

class Request {
  #state;

  constructor(input, init = undefined) {
    if (input === kMade) {
      this.#state = init;
      return;
    }
    argumentCount(arguments.length, 1, 'Request constructor');
    this.#state = makeState(input, init);
  }

  static {
    internals = {
      is: (value) => isObject(value) && #state in value,
      stateOf(request) {
        if (!internals.is(request)) throw illegalInvocation();
        return request.#state;
      },
    };
  }

  get method() {
    return internals.stateOf(this).method;
  }

  get url() {
    return internals.stateOf(this).url.href;
  }

  get headers() {
    const state = internals.stateOf(this);
    state.headers ??= newHeaders(state.headersList, 'request');
    return state.headers;
  }

  get destination() {
    internals.stateOf(this);
    return '';
  }

  get referrer() {
    return internals.stateOf(this).referrer;
  }

  get referrerPolicy() {
    return internals.stateOf(this).referrerPolicy;
  }

  get mode() {
    return internals.stateOf(this).mode;
  }

  get credentials() {
    return internals.stateOf(this).credentials;
  }

  get cache() {
    return internals.stateOf(this).cache;
  }

  get redirect() {
    return internals.stateOf(this).redirect;
  }

  get integrity() {
    return internals.stateOf(this).integrity;
  }

  get keepalive() {
    return internals.stateOf(this).keepalive;
  }

  get isReloadNavigation() {
    internals.stateOf(this);
    return false;
  }

  get isHistoryNavigation() {
    internals.stateOf(this);
    return false;
  }

  get signal() {
    return internals.stateOf(this).ownSignal();
  }

  get body() {
    return internals.stateOf(this).body?.stream ?? null;
  }

  get bodyUsed() {
    return internals.stateOf(this).body?.isUsed ?? false;
  }

  get duplex() {
    internals.stateOf(this);
    return 'half';
  }

  clone() {
    const state = internals.stateOf(this);
    if (state.body?.isUnusable) throw new TypeError('unusable');
    const copy = state.copy();
    copy.body = state.body?.clone() ?? null;
    copy.followed = state.ownSignal();
    return new Request(kMade, copy);
  }

  [kInspect](depth, options) {
    if (options.depth === null) options.depth = 2;
    options.colors ??= true;
    const shown = {};
    for (const name of SHOWN) shown[name] = this[name];
    return `Request ${require('internal/inspect').formatWithOptions(options, shown)}`;
  }
}

/** What `inspect` shows. */
const SHOWN = [
  'method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache',
  'redirect', 'integrity', 'keepalive', 'isReloadNavigation', 'isHistoryNavigation', 'signal',
];

Object.defineProperty(Request, 'length', { configurable: true, value: 1 });
defineMembers(Request, [...SHOWN, 'body', 'bodyUsed', 'duplex', 'clone']);
defineBody(Request, (request) => internals.stateOf(request));

// ---------------------------------------------------------------------------
// Of what programs give
// ---------------------------------------------------------------------------

/** The members of the second argument, converted, in the order of the standard. */
function toInit(init) {
  checkDictionary(init);
  const converted = {};
  const convert = (name, make) => {
    const value = init?.[name];
    if (value !== undefined) converted[name] = make(value);
  };
  const keep = (value) => value;
  convert('method', (value) => toByteString(value, 'RequestInit', 'method'));
  convert('headers', keep);
  convert('body', keep);
  convert('referrer', (value) => toUsvString(value, 'RequestInit', 'referrer'));
  convert('referrerPolicy', (value) => toEnum(value, POLICIES));
  convert('mode', (value) => toEnum(value, MODES));
  convert('credentials', (value) => toEnum(value, CREDENTIALS));
  convert('cache', (value) => toEnum(value, CACHES));
  convert('redirect', (value) => toEnum(value, REDIRECTS));
  convert('integrity', (value) => toDomString(value, 'RequestInit', 'integrity'));
  convert('keepalive', Boolean);
  convert('signal', (value) => {
    const { isAbortSignal } = require('internal/abort_controller');
    if (value !== null && !isAbortSignal(value)) throw expectInstance('RequestInit', 'signal', value, 'AbortSignal');
    return value;
  });
  convert('window', keep);
  convert('duplex', (value) => toEnum(value, ['half']));
  convert('dispatcher', keep);
  convert('priority', (value) => toEnum(value, ['high', 'low', 'auto']));
  return converted;
}

function parseUrl(input) {
  const { URL } = require('internal/url');
  const text = toUsvString(input, 'Request constructor', 'input');
  let url;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${text}`, { cause });
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
  }
  return url;
}

/** https://fetch.spec.whatwg.org/#dom-request */
function makeState(input, givenInit) {
  const source = internals.is(input) ? internals.stateOf(input) : null;
  let state;
  if (source !== null) {
    givenInit ??= {};
    state = source.copy();
  } else {
    state = new RequestState();
    state.url = parseUrl(input);
  }
  const init = toInit(givenInit);
  if (init.window !== undefined && init.window !== null) {
    throw new TypeError("'window' option 'client' must be null");
  }
  if (source !== null && Object.keys(init).length > 0) {
    state.referrer = 'about:client';
    state.referrerPolicy = '';
    if (state.mode === 'navigate') state.mode = 'same-origin';
  }
  if (init.referrer !== undefined) state.referrer = referrerOf(init.referrer);
  if (init.referrerPolicy !== undefined) state.referrerPolicy = init.referrerPolicy;
  if (init.mode === 'navigate') throw exception('Request constructor', 'invalid request mode navigate.');
  for (const name of ['mode', 'credentials', 'cache']) if (init[name] !== undefined) state[name] = init[name];
  if (state.cache === 'only-if-cached' && state.mode !== 'same-origin') {
    throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
  }
  for (const name of ['redirect', 'integrity', 'keepalive', 'dispatcher']) {
    if (init[name] !== undefined) state[name] = init[name];
  }
  if (init.method !== undefined) state.method = methodOf(init.method);
  if (init.signal !== undefined) state.followed = init.signal;
  else if (source !== null) state.followed = source.ownSignal();
  if (state.mode === 'no-cors' && !['GET', 'HEAD', 'POST'].includes(state.method)) {
    throw new TypeError(`'${state.method} is unsupported in no-cors mode.`);
  }
  if (init.headers !== undefined) {
    state.headersList = new HeadersList();
    fill(state.headersList, init.headers, 'request');
  }
  state.body = bodyFor(state, init, source);
  return state;
}

function referrerOf(referrer) {
  if (referrer === '') return '';
  const { URL } = require('internal/url');
  let parsed;
  try {
    parsed = new URL(referrer);
  } catch (cause) {
    throw new TypeError(`Referrer "${referrer}" is not a valid URL.`, { cause });
  }
  return parsed.protocol === 'about:' && parsed.pathname === 'client' ? 'about:client' : parsed.href;
}

let hasWarnedOfPatch = false;

function methodOf(method) {
  if (!isToken(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  const upper = method.toUpperCase();
  if (FORBIDDEN_METHODS.includes(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  if (method === 'patch' && !hasWarnedOfPatch) {
    hasWarnedOfPatch = true;
    require('process').emitWarning(
      'Using `patch` is highly likely to result in a `405 Method Not Allowed`. `PATCH` is much more likely to succeed.',
      { code: 'UNDICI-FETCH-patch' });
  }
  return NORMAL_METHODS.includes(upper) ? upper : method;
}

function bodyFor(state, init, source) {
  const inherited = source?.body ?? null;
  const hasOwn = init.body !== undefined && init.body !== null;
  if ((hasOwn || inherited !== null) && (state.method === 'GET' || state.method === 'HEAD')) {
    throw new TypeError('Request with GET/HEAD method cannot have body.');
  }
  if (hasOwn) {
    const { body, type } = extractBody(init.body, 'Request', state.keepalive);
    if (type !== null && !state.headersList.has('content-type')) state.headersList.append('content-type', type);
    if (body.source === null) {
      if (init.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
      if (state.mode !== 'same-origin' && state.mode !== 'cors') {
        throw new TypeError('If request is made from ReadableStream, mode should be "same-origin" or "cors"');
      }
    }
    return body;
  }
  if (inherited === null) return null;
  if (inherited.isUnusable) {
    throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
  }
  return inherited.take();
}

module.exports = { Request, stateOf: internals.stateOf };
