'use strict';

// https://fetch.spec.whatwg.org/#response-class

const { defineBody, extractBody } = require('internal/fetch/body');
const { HeadersList, fill, newHeaders } = require('internal/fetch/headers');
const {
  argumentCount, checkDictionary, defineMembers, exception, illegalInvocation, isObject, toByteString,
  toUnsignedShort, toUsvString,
} = require('internal/fetch/webidl');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
/** What the constructor is called with from here. */
const kMade = Symbol('kMade');

const WITHOUT_BODY = [101, 204, 205, 304];
const REDIRECTS = [301, 302, 303, 307, 308];

/** https://fetch.spec.whatwg.org/#concept-response */
class ResponseState {
  type = 'default';
  status = 200;
  statusText = '';
  headersList = new HeadersList();
  body = null;
  /** The addresses that led here, as texts without fragments. */
  urls = [];
  /** What `headers` is, once asked for. */
  headers = undefined;
  guard = 'response';

  clone() {
    const copy = new ResponseState();
    Object.assign(copy, this, {
      headersList: this.headersList.copy(),
      urls: this.urls.slice(),
      headers: undefined,
      body: this.body?.clone() ?? null,
    });
    return copy;
  }
}

let internals;

class Response {
  #state;

  constructor(body = null, init = {}) {
    if (body === kMade) {
      this.#state = init;
      return;
    }
    const extracted = body === null || body === undefined ? null : extractBody(body, 'Response');
    this.#state = new ResponseState();
    initialize(this.#state, init, extracted);
  }

  static {
    internals = {
      is: (value) => isObject(value) && #state in value,
      stateOf(response) {
        if (!internals.is(response)) throw illegalInvocation();
        return response.#state;
      },
    };
  }

  static error() {
    const state = new ResponseState();
    state.type = 'error';
    state.status = 0;
    state.guard = 'immutable';
    return new Response(kMade, state);
  }

  static json(data, init = undefined) {
    argumentCount(arguments.length, 1, 'Response.json');
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const state = new ResponseState();
    initialize(state, init, { body: extractBody(text).body, type: 'application/json' });
    return new Response(kMade, state);
  }

  static redirect(url, status = 302) {
    argumentCount(arguments.length, 1, 'Response.redirect');
    url = toUsvString(url, 'Response.redirect', 'url');
    status = toUnsignedShort(status);
    const { URL } = require('internal/url');
    let parsed;
    try {
      parsed = new URL(url);
    } catch (cause) {
      throw new TypeError(`Failed to parse URL from ${url}`, { cause });
    }
    if (!REDIRECTS.includes(status)) throw new RangeError(`Invalid status code ${status}`);
    const state = new ResponseState();
    state.status = status;
    state.guard = 'immutable';
    state.headersList.append('location', parsed.href);
    return new Response(kMade, state);
  }

  get type() {
    return internals.stateOf(this).type;
  }

  get url() {
    return internals.stateOf(this).urls.at(-1) ?? '';
  }

  get redirected() {
    return internals.stateOf(this).urls.length > 1;
  }

  get status() {
    return internals.stateOf(this).status;
  }

  get ok() {
    const { status } = internals.stateOf(this);
    return status >= 200 && status <= 299;
  }

  get statusText() {
    return internals.stateOf(this).statusText;
  }

  get headers() {
    const state = internals.stateOf(this);
    state.headers ??= newHeaders(state.headersList, state.guard);
    return state.headers;
  }

  get body() {
    return internals.stateOf(this).body?.stream ?? null;
  }

  get bodyUsed() {
    return internals.stateOf(this).body?.isUsed ?? false;
  }

  clone() {
    const state = internals.stateOf(this);
    if (state.body?.isUnusable) throw exception('Response.clone', 'Body has already been consumed.');
    return new Response(kMade, state.clone());
  }

  [kInspect](depth, options) {
    if (options.depth === null) options.depth = 2;
    options.colors ??= true;
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
    const shown = { status, statusText, headers, body, bodyUsed, ok, redirected, type, url };
    return `Response ${require('internal/inspect').formatWithOptions(options, shown)}`;
  }
}

for (const name of ['error', 'json', 'redirect']) Object.defineProperty(Response, name, { enumerable: true });
Object.defineProperty(Response.json, 'length', { configurable: true, value: 1 });
defineMembers(Response, [
  'type', 'url', 'redirected', 'status', 'ok', 'statusText', 'headers', 'body', 'bodyUsed', 'clone',
]);
defineBody(Response, (response) => internals.stateOf(response));

/** https://fetch.spec.whatwg.org/#initialize-a-response */
function initialize(state, init, extracted) {
  checkDictionary(init);
  const headers = init?.headers;
  const status = init?.status;
  const statusText = init?.statusText;
  if (status !== undefined) {
    state.status = toUnsignedShort(status);
    if (state.status < 200 || state.status > 599) {
      throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    }
  }
  if (statusText !== undefined) {
    state.statusText = toByteString(statusText, 'Response constructor', 'init.statusText');
    if (/[^\t\x20-\x7e\x80-\xff]/.test(state.statusText)) throw new TypeError('Invalid statusText');
  }
  if (headers !== undefined) fill(state.headersList, headers, 'response');
  if (extracted === null) return;
  if (WITHOUT_BODY.includes(state.status)) {
    throw exception('Response constructor', `Invalid response status code ${state.status}`);
  }
  state.body = extracted.body;
  if (extracted.type !== null && !state.headersList.has('content-type')) {
    state.headersList.append('content-type', extracted.type);
  }
}

/** A response of a state of ours. */
function newResponse(state) {
  return new Response(kMade, state);
}

module.exports = { REDIRECTS, Response, ResponseState, WITHOUT_BODY, newResponse };
