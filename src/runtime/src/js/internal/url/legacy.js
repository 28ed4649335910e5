'use strict';

// URLs as Node.js had them first: https://nodejs.org/api/url.html#legacy-url-api

const { codes } = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');
const { isURL, URL } = require('internal/url');
const { domainToUnicode, toASCII } = native('url');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_URL } = codes;

/** Protocols whose URLs have no host. */
const HOSTLESS = new Set(['javascript', 'javascript:']);
/** Those that always have `//`. */
const SLASHED = new Set(['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'].flatMap((name) => [name, `${name}:`]));

/** Characters that are taken away at both ends. */
const SPACES = /^[ \t\r\n\f\u00A0\uFEFF]+|[ \t\r\n\f\u00A0\uFEFF]+$/g;
const PROTOCOL = /^[a-z0-9.+-]+:/i;
const SIMPLE_PATH = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/;
const HOST_WITH_AUTH = /^\/\/[^@/]+@[^@/]+/;
const FORBIDDEN_IN_HOST = /[\0\t\n\r #%/:<>?@[\\\]^|]/;
const FORBIDDEN_IN_IPV6 = /[\0\t\n\r #%/<>?@\\^|]/;
/** What ends the part of a URL in which the host is, and what the host itself. */
const NON_HOST = /[ "%';<>\\^`{|}#/?]/;
const MOST_OF_HOST = 255;

const ESCAPES = {
  '\t': '%09', '\n': '%0A', '\r': '%0D', ' ': '%20', '"': '%22', "'": '%27', '<': '%3C', '>': '%3E',
  '\\': '%5C', '^': '%5E', '`': '%60', '{': '%7B', '|': '%7C', '}': '%7D',
};
const escaped = (text) => text.replace(/[\t\n\r "'<>\\^`{|}]/g, (c) => ESCAPES[c]);

const isIpv6 = (hostname) => hostname[0] === '[' && hostname[hostname.length - 1] === ']';

function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

let hasWarned = false;

/** Warns programs, once; what packages do is not theirs. */
function warn() {
  const { isInsideNodeModules } = require('internal/util');
  if (isInsideNodeModules(urlParse)) return;
  hasWarned = true;
  require('process').emitWarning(
    '`url.parse()` behavior is not standardized and prone to errors that have security ' +
    'implications. Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` ' +
    'vulnerabilities.', 'DeprecationWarning', 'DEP0169');
}

function urlParse(url, parseQueryString, slashesDenoteHost) {
  if (!hasWarned) warn();
  if (url instanceof Url) return url;
  const parsed = new Url();
  parsed.parse(url, parseQueryString, slashesDenoteHost);
  return parsed;
}

const parseQuery = (text) => require('querystring').parse(text);

/** Without space around it, and with `/` for `\` before the query. */
function cleaned(url) {
  const trimmed = url.replace(SPACES, '');
  const end = trimmed.search(/[?#]/);
  if (end < 0) return trimmed.replaceAll('\\', '/');
  return trimmed.slice(0, end).replaceAll('\\', '/') + trimmed.slice(end);
}

Url.prototype.parse = function parse(url, parseQueryString, slashesDenoteHost) {
  validateString(url, 'url');
  let rest = cleaned(url);
  const hasAt = rest.split(/[?#]/, 1)[0].includes('@');

  if (!slashesDenoteHost && !hasAt && !rest.includes('#')) {
    // Most are paths, as in requests.
    const simple = SIMPLE_PATH.exec(rest);
    if (simple !== null) {
      this.path = rest;
      this.href = rest;
      this.pathname = simple[1];
      if (simple[2]) {
        this.search = simple[2];
        this.query = parseQueryString ? parseQuery(this.search.slice(1)) : this.search.slice(1);
      } else if (parseQueryString) {
        this.search = null;
        this.query = { __proto__: null };
      }
      return this;
    }
  }

  const proto = PROTOCOL.exec(rest)?.[0];
  const lowerProto = proto?.toLowerCase();
  if (proto !== undefined) {
    this.protocol = lowerProto;
    rest = rest.slice(proto.length);
  }

  let hasSlashes;
  if (slashesDenoteHost || proto || HOST_WITH_AUTH.test(rest)) {
    hasSlashes = rest.startsWith('//');
    if (hasSlashes && !(lowerProto && HOSTLESS.has(lowerProto))) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  if (!HOSTLESS.has(lowerProto) && (hasSlashes || proto && !SLASHED.has(proto))) {
    rest = takeHost(this, rest, url);
  }
  if (!HOSTLESS.has(lowerProto)) rest = escaped(rest);

  const hash = rest.indexOf('#');
  if (hash >= 0) this.hash = rest.slice(hash);
  const beforeHash = hash < 0 ? rest : rest.slice(0, hash);
  const question = beforeHash.indexOf('?');
  if (question >= 0) {
    this.search = beforeHash.slice(question);
    this.query = parseQueryString ? parseQuery(beforeHash.slice(question + 1)) : beforeHash.slice(question + 1);
  } else if (parseQueryString) {
    this.search = null;
    this.query = { __proto__: null };
  }
  const pathname = question < 0 ? beforeHash : beforeHash.slice(0, question);
  if (pathname !== '') this.pathname = pathname;
  if (SLASHED.has(lowerProto) && this.hostname && !this.pathname) this.pathname = '/';
  if (this.pathname || this.search) this.path = `${this.pathname || ''}${this.search || ''}`;
  this.href = this.format();
  return this;
};

/** Takes user, host and port from what is behind the slashes; gives what follows. */
function takeHost(target, rest, url) {
  // Left of the last `@`, everything but the end of the host belongs to the user.
  let at = -1;
  let end = -1;
  let nonHost = -1;
  for (let i = 0; i < rest.length; i++) {
    const c = rest[i];
    if (c === '\t' || c === '\n' || c === '\r') {
      rest = rest.slice(0, i) + rest.slice(i + 1);
      i--;
    } else if (c === '@') {
      at = i;
      nonHost = -1;
    } else if (NON_HOST.test(c)) {
      if (nonHost < 0) nonHost = i;
      if (c === '#' || c === '/' || c === '?') {
        end = i;
        break;
      }
    }
  }
  let start = 0;
  if (at >= 0) {
    target.auth = decodeURIComponent(rest.slice(0, at));
    start = at + 1;
  }
  if (nonHost < 0) {
    target.host = rest.slice(start);
    rest = '';
  } else {
    target.host = rest.slice(start, nonHost);
    rest = rest.slice(nonHost);
  }
  target.parseHost();
  if (typeof target.hostname !== 'string') target.hostname = '';
  const { hostname } = target;
  const isAddress = isIpv6(hostname);
  if (!isAddress) {
    const bad = hostname.search(/[/\\#?:]/);
    if (bad >= 0) {
      if (hostname[bad] === ':') throw new ERR_INVALID_ARG_VALUE('url', 'Invalid port in url', url);
      target.hostname = hostname.slice(0, bad);
      rest = `/${hostname.slice(bad)}${rest}`;
    }
  }
  target.hostname = target.hostname.length > MOST_OF_HOST ? '' : target.hostname.toLowerCase();
  if (target.hostname !== '') {
    if (isAddress) {
      if (FORBIDDEN_IN_IPV6.test(target.hostname)) throw new ERR_INVALID_URL(url);
    } else {
      target.hostname = toASCII(target.hostname);
      // What Unicode makes of a host may look like more than one.
      if (target.hostname === '' || FORBIDDEN_IN_HOST.test(target.hostname)) throw new ERR_INVALID_URL(url);
    }
  }
  target.host = `${target.hostname || ''}${target.port ? `:${target.port}` : ''}`;
  if (isAddress) {
    target.hostname = target.hostname.slice(1, -1);
    if (rest[0] !== '/') rest = `/${rest}`;
  }
  return rest;
}

// ---------------------------------------------------------------------------
// Formatting
// ---------------------------------------------------------------------------

function urlFormat(urlObject, options) {
  if (typeof urlObject === 'string') {
    urlObject = urlParse(urlObject);
  } else if (typeof urlObject !== 'object' || urlObject === null) {
    throw new ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], urlObject);
  } else if (isURL(urlObject) && urlObject instanceof URL) {
    return formatUrl(urlObject, options);
  }
  return Url.prototype.format.call(urlObject);
}

function formatUrl(url, options) {
  let fragment = true;
  let unicode = false;
  let search = true;
  let auth = true;
  if (options) {
    validateObject(options, 'options');
    if (options.fragment != null) fragment = Boolean(options.fragment);
    if (options.unicode != null) unicode = Boolean(options.unicode);
    if (options.search != null) search = Boolean(options.search);
    if (options.auth != null) auth = Boolean(options.auth);
  }
  const shown = new URL(url.href);
  if (!fragment) shown.hash = '';
  if (!search) shown.search = '';
  if (!auth) shown.username = shown.password = '';
  if (!unicode || shown.hostname === '') return shown.href;
  const { href, hostname } = shown;
  const from = href.indexOf(hostname, href.indexOf('@') < 0 ? 0 : href.indexOf('@'));
  return `${href.slice(0, from)}${domainToUnicode(hostname)}${href.slice(from + hostname.length)}`;
}

const encodedAuth = (auth) => encodeURIComponent(auth).replaceAll('%3A', ':');

Url.prototype.format = function format() {
  const auth = this.auth ? `${encodedAuth(this.auth)}@` : '';
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let host = '';
  if (this.host) {
    host = auth + this.host;
  } else if (this.hostname) {
    const isBareAddress = this.hostname.includes(':') && !isIpv6(this.hostname);
    host = auth + (isBareAddress ? `[${this.hostname}]` : this.hostname);
    if (this.port) host += `:${this.port}`;
  }
  let query = '';
  if (this.query !== null && typeof this.query === 'object') {
    query = require('querystring').stringify(this.query);
  }
  let search = this.search || query && `?${query}` || '';
  if (protocol && protocol[protocol.length - 1] !== ':') protocol += ':';
  pathname = pathname.replaceAll('#', '%23').replaceAll('?', '%3F');

  if (this.slashes || SLASHED.has(protocol)) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol.length >= 4 && protocol.startsWith('file')) {
      host = '//';
    }
  }
  search = search.replaceAll('#', '%23');
  if (hash && hash[0] !== '#') hash = `#${hash}`;
  if (search && search[0] !== '?') search = `?${search}`;
  return protocol + host + pathname + search + hash;
};

// ---------------------------------------------------------------------------
// Resolution
// ---------------------------------------------------------------------------

function urlResolve(source, relative) {
  return urlParse(source, false, true).resolve(relative);
}

Url.prototype.resolve = function resolve(relative) {
  return this.resolveObject(urlParse(relative, false, true)).format();
};

function urlResolveObject(source, relative) {
  if (!source) return relative;
  return urlParse(source, false, true).resolveObject(relative);
}

/** Brings path and text up to date with the parts. */
function finish(result) {
  if (result.pathname !== null || result.search !== null) {
    result.path = `${result.pathname || ''}${result.search || ''}`;
  }
  result.href = result.format();
  return result;
}

/** Takes `user@` from a host. */
function splitAuth(result) {
  const parts = result.host && result.host.indexOf('@') > 0 ? result.host.split('@') : undefined;
  if (parts !== undefined) {
    result.auth = parts.shift();
    result.host = result.hostname = parts.shift();
  }
}

Url.prototype.resolveObject = function resolveObject(relative) {
  if (typeof relative === 'string') relative = new Url().parse(relative, false, true);
  const result = Object.assign(new Url(), this);
  result.hash = relative.hash;

  if (relative.href === '') {
    result.href = result.format();
    return result;
  }
  if (relative.slashes && !relative.protocol) return takeAllButProtocol(result, relative);
  if (relative.protocol && relative.protocol !== result.protocol) return takeOther(result, relative);
  return mergePaths(result, relative);
};

function takeAllButProtocol(result, relative) {
  const { protocol, ...rest } = relative;
  Object.assign(result, rest);
  if (SLASHED.has(result.protocol) && result.hostname && !result.pathname) {
    result.path = result.pathname = '/';
  }
  result.href = result.format();
  return result;
}

/** What has a protocol of its own keeps it. */
function takeOther(result, relative) {
  if (!SLASHED.has(relative.protocol)) {
    Object.assign(result, relative);
    result.href = result.format();
    return result;
  }
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !HOSTLESS.has(relative.protocol)) {
    // The first name of the path is the host.
    const names = (relative.pathname || '').split('/');
    while (names.length > 0 && !(relative.host = names.shift()));
    relative.host ||= '';
    relative.hostname ||= '';
    if (names[0] !== '') names.unshift('');
    if (names.length < 2) names.unshift('');
    result.pathname = names.join('/');
  } else {
    result.pathname = relative.pathname;
  }
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = `${result.pathname || ''}${result.search || ''}`;
  result.slashes ||= relative.slashes;
  result.href = result.format();
  return result;
}

function mergePaths(result, relative) {
  const isSourceRooted = result.pathname && result.pathname[0] === '/';
  const isRelativeRooted = relative.host || relative.pathname && relative.pathname[0] === '/';
  let mustBeRooted = isRelativeRooted || isSourceRooted || result.host && relative.pathname;
  const mayNotLeadAbove = mustBeRooted;
  let names = result.pathname?.split('/') ?? [];
  const added = relative.pathname?.split('/') ?? [];
  const isWithoutSlashes = result.protocol && !SLASHED.has(result.protocol);

  if (isWithoutSlashes) {
    // There the host is a name of the path like others.
    result.hostname = '';
    result.port = null;
    if (result.host) prependName(names, result.host);
    result.host = '';
    if (relative.protocol) {
      relative.hostname = null;
      relative.port = null;
      result.auth = null;
      if (relative.host) prependName(added, relative.host);
      relative.host = null;
    }
    mustBeRooted &&= added[0] === '' || names[0] === '';
  }

  if (isRelativeRooted) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    names = added;
  } else if (added.length > 0) {
    names.pop();
    names = names.concat(added);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    if (isWithoutSlashes) {
      result.hostname = result.host = names.shift();
      splitAuth(result);
    }
    result.search = relative.search;
    result.query = relative.query;
    return finish(result);
  }

  if (names.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    result.href = result.format();
    return result;
  }

  const last = names[names.length - 1];
  const endsInSlash = (result.host || relative.host || names.length > 1) &&
    (last === '.' || last === '..') || last === '';
  let above = withoutDots(names);
  if (!mustBeRooted && !mayNotLeadAbove) {
    for (; above > 0; above--) names.unshift('..');
  }
  if (mustBeRooted && names[0] !== '' && (!names[0] || names[0][0] !== '/')) names.unshift('');
  if (endsInSlash && !names.join('/').endsWith('/')) names.push('');
  const isRooted = names[0] === '' || names[0] && names[0][0] === '/';

  if (isWithoutSlashes) {
    result.hostname = result.host = isRooted ? '' : names.length > 0 ? names.shift() : '';
    splitAuth(result);
  }
  mustBeRooted ||= result.host && names.length > 0;
  if (mustBeRooted && !isRooted) names.unshift('');
  if (names.length === 0) {
    result.pathname = null;
    result.path = null;
  } else {
    result.pathname = names.join('/');
  }
  if (result.pathname !== null || result.search !== null) {
    result.path = `${result.pathname || ''}${result.search || ''}`;
  }
  result.auth = relative.auth || result.auth;
  result.slashes ||= relative.slashes;
  result.href = result.format();
  return result;
}

// Last, as in Node.js: programs see the order.
Url.prototype.parseHost = function parseHost() {
  let { host } = this;
  const port = /:[0-9]*$/.exec(host)?.[0];
  if (port !== undefined) {
    if (port !== ':') this.port = port.slice(1);
    host = host.slice(0, host.length - port.length);
  }
  if (host) this.hostname = host;
};

function prependName(names, host) {
  if (names[0] === '') names[0] = host;
  else names.unshift(host);
}

/** Takes `.` and `..` away, with the names before; how many `..` are left. */
function withoutDots(names) {
  let above = 0;
  for (let i = names.length - 1; i >= 0; i--) {
    if (names[i] === '.') {
      names.splice(i, 1);
    } else if (names[i] === '..') {
      names.splice(i, 1);
      above++;
    } else if (above > 0) {
      names.splice(i, 1);
      above--;
    }
  }
  return above;
}

module.exports = { Url, urlFormat, urlParse, urlResolve, urlResolveObject };
