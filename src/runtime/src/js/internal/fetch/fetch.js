'use strict';

// https://fetch.spec.whatwg.org/#fetch-method
//
// A fetch is a task that follows redirects. Schemes that need no network are in `schemes`, the
// rest goes through our http client in `http`.

const { Buffer } = require('buffer');
const { Body } = require('internal/fetch/body');
const { Request, stateOf } = require('internal/fetch/request');
const { REDIRECTS, newResponse } = require('internal/fetch/response');

/** https://fetch.spec.whatwg.org/#port-blocking */
const BAD_PORTS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

const MAX_REDIRECTS = 20;
/** Headers that say something of a body, and go with it. */
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];
/** Headers that are meant for one origin. */
const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'host'];

const isHttp = (url) => url.protocol === 'http:' || url.protocol === 'https:';
const isSameOrigin = (one, other) => (
  one.protocol === other.protocol && one.hostname === other.hostname && one.port === other.port);

/** A fetch that is on its way. */
class Fetch {
  #redirects = 0;
  #isCors = false;
  #urls = [];
  /** What ends the work that is being done. */
  stop = undefined;

  /** `request` is the state of a request of our own. */
  constructor(request) {
    this.request = request;
    this.#urls.push(request.url);
  }

  get url() {
    return this.#urls.at(-1);
  }

  /** The state of a response. */
  async run() {
    for (;;) {
      const { request, url } = this;
      if (isHttp(url) && BAD_PORTS.has(Number(url.port))) throw new Error('bad port');
      const response = await this.#fetchUrl(url);
      const location = REDIRECTS.includes(response.status) && isHttp(url) ? response.headersList.get('location') : null;
      if (location === null || request.redirect === 'manual') return this.#complete(response);
      if (request.redirect === 'error') throw this.#fault(response, new Error('unexpected redirect'));
      this.#redirect(response, location);
    }
  }

  #fetchUrl(url) {
    if (isHttp(url)) return require('internal/fetch/http').fetchHttp(this, url);
    return require('internal/fetch/schemes').fetchScheme(this.request, url);
  }

  #complete(response) {
    const [first] = this.#urls;
    response.type = isSameOrigin(this.url, first) && !this.#isCors ? 'basic' : 'cors';
    response.urls = this.#urls.map((url) => url.href.replace(/#.*$/s, ''));
    response.guard = 'immutable';
    return response;
  }

  /** Nobody wants the response. */
  #fault(response, error) {
    response.discard?.();
    return error;
  }

  /** https://fetch.spec.whatwg.org/#http-redirect-fetch */
  #redirect(response, location) {
    const { request, url } = this;
    const { URL } = require('internal/url');
    let next;
    try {
      // The text comes as bytes, which mean UTF-8.
      next = new URL(Buffer.from(location, 'latin1').toString(), url);
    } catch (error) {
      throw this.#fault(response, error);
    }
    if (next.hash === '') next.hash = url.hash;
    if (!isHttp(next)) throw this.#fault(response, new Error('URL scheme must be a HTTP(S) scheme'));
    if (this.#redirects === MAX_REDIRECTS) throw this.#fault(response, new Error('redirect count exceeded'));
    this.#redirects++;
    const isSame = isSameOrigin(url, next);
    const hasCredentials = next.username !== '' || next.password !== '';
    if (request.mode === 'cors' && hasCredentials && !isSameOrigin(this.#urls[0], next)) {
      throw this.#fault(response, new Error('cross origin not allowed for request mode "cors"'));
    }
    if (this.#isCors && hasCredentials) {
      throw this.#fault(response, new Error('URL cannot contain credentials for request mode "cors"'));
    }
    if (request.mode === 'same-origin' && !isSameOrigin(this.#urls[0], next)) {
      throw this.#fault(response, new Error('request mode cannot be "same-origin"'));
    }
    // A stream cannot be sent twice.
    if (response.status !== 303 && request.body !== null && request.body.source === null) {
      throw this.#fault(response, new Error(''));
    }
    const becomesGet = (response.status === 301 || response.status === 302) && request.method === 'POST' ||
      response.status === 303 && request.method !== 'GET' && request.method !== 'HEAD';
    if (becomesGet) {
      request.method = 'GET';
      request.body = null;
      for (const name of BODY_HEADERS) request.headersList.delete(name);
    }
    if (!isSame) {
      for (const name of SECRET_HEADERS) request.headersList.delete(name);
      this.#isCors = true;
    }
    if (request.body !== null) request.body = new Body(request.body.source, request.body.length);
    this.#urls.push(next);
    response.discard?.();
  }
}

/** A copy of a request that a fetch may change; its body is that of the original. */
function ownRequest(request) {
  const copy = request.copy();
  copy.body = request.body?.take() ?? null;
  return copy;
}

function fetch(input, init = undefined) {
  return new Promise((resolve, reject) => {
    const request = stateOf(new Request(input, init));
    const signal = request.followed;
    if (signal?.aborted) {
      abortBody(request, signal.reason);
      reject(signal.reason);
      return;
    }
    const task = new Fetch(ownRequest(request));
    let listener;
    if (signal !== null) {
      const { addAbortListener } = require('internal/events/abort_listener');
      listener = addAbortListener(signal, () => {
        reject(signal.reason);
        abortBody(task.request, signal.reason);
        task.stop?.(signal.reason);
      });
      // Bodies may be aborted as long as they last.
      task.whenDone = () => listener[Symbol.dispose]();
    }
    task.run().then((response) => {
      resolve(newResponse(response));
    }, (cause) => {
      listener?.[Symbol.dispose]();
      const error = new TypeError('fetch failed', { cause });
      reject(error);
    });
  });
}

/** A stream that is being sent is given up. */
function abortBody(request, reason) {
  if (request.body?.source === null && !request.body.stream.locked) request.body.stream.cancel(reason).catch(() => {});
}

Object.defineProperty(fetch, 'length', { configurable: true, value: 1 });

module.exports = { fetch };
