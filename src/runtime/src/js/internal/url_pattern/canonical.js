'use strict';

// The parts of addresses in their canonical form.
// https://urlpattern.spec.whatwg.org/#canon-encoding-callbacks

const { URL } = require('internal/url');
const { escapePattern } = require('internal/url_pattern/component');

const SPECIAL = { '__proto__': null, 'http': '80', 'https': '443', 'ws': '80', 'wss': '443', 'ftp': '21', 'file': '' };
const SPECIAL_SCHEMES = Object.keys(SPECIAL);

const dummy = () => new URL('https://dummy.invalid/');

function invalid() {
  return new TypeError('Invalid URL part');
}

function protocol(value) {
  if (value === '') return '';
  const url = URL.parse(`${value}://dummy.invalid/`);
  if (url === null) throw invalid();
  return url.protocol.slice(0, -1);
}

function username(value) {
  const url = dummy();
  url.username = value;
  return url.username;
}

function password(value) {
  const url = dummy();
  url.password = value;
  return url.password;
}

function hostname(value) {
  if (value === '') return '';
  const url = dummy();
  url.hostname = value;
  if (url.hostname === 'dummy.invalid' && value !== 'dummy.invalid') throw invalid();
  return url.hostname;
}

function ipv6(value) {
  if (/[^0-9a-fA-F[\]:]/.test(value)) throw invalid();
  return value.toLowerCase();
}

function port(value, scheme = '') {
  if (value === '') return '';
  const digits = /^\d+/.exec(value)?.[0];
  if (digits === undefined || digits.length !== value.length || Number(digits) > 65535) throw invalid();
  const number = `${Number(digits)}`;
  return SPECIAL[scheme] === number ? '' : number;
}

function pathname(value) {
  if (value === '') return '';
  const url = dummy();
  if (value[0] === '/') {
    url.pathname = value;
    return url.pathname;
  }
  // A path without a slash is not resolved against anything.
  url.pathname = `/-${value}`;
  return url.pathname.slice(2);
}

function opaquePathname(value) {
  if (value === '') return '';
  const url = URL.parse(`data:${value.replace(/[?#]/g, encodeURIComponent)}`);
  if (url === null) throw invalid();
  return url.pathname;
}

function search(value) {
  const url = dummy();
  url.search = value;
  return url.search.slice(1);
}

function hash(value) {
  const url = dummy();
  url.hash = value;
  return url.hash.slice(1);
}

// ---------------------------------------------------------------------------
// Dictionaries
// ---------------------------------------------------------------------------

const NAMES = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];

/** What each part is inherited with: if none of these is said, it is that of the base. */
const BEFORE = {
  protocol: ['protocol'],
  hostname: ['protocol', 'hostname'],
  port: ['protocol', 'hostname', 'port'],
  pathname: ['protocol', 'hostname', 'port', 'pathname'],
  search: ['protocol', 'hostname', 'port', 'pathname', 'search'],
  hash: NAMES.filter((name) => name !== 'username' && name !== 'password'),
};

/** The parts of an URL, without what separates them. */
function partsOfUrl(url) {
  return {
    protocol: url.protocol.slice(0, -1),
    username: url.username,
    password: url.password,
    hostname: url.hostname,
    port: url.port,
    pathname: url.pathname,
    search: url.search.slice(1),
    hash: url.hash.slice(1),
  };
}

/**
 * A dictionary with what it inherits from its base: of patterns, or canonical if it is to be
 * matched. https://urlpattern.spec.whatwg.org/#process-a-urlpatterninit
 */
function processInit(init, isPattern, defaults) {
  const result = { ...defaults };
  let base = null;
  if (init.baseURL !== undefined) {
    base = URL.parse(init.baseURL);
    if (base === null) throw invalid();
    const parts = partsOfUrl(base);
    for (const [name, before] of Object.entries(BEFORE)) {
      if (before.every((each) => init[each] === undefined)) {
        result[name] = isPattern ? escapePattern(parts[name]) : parts[name];
      }
    }
    if (!isPattern && BEFORE.port.every((each) => init[each] === undefined)) {
      if (init.username === undefined) result.username = parts.username;
      if (init.username === undefined && init.password === undefined) result.password = parts.password;
    }
  }
  if (init.protocol !== undefined) {
    const given = init.protocol.replace(/:$/, '');
    result.protocol = isPattern ? given : protocol(given);
  }
  const plain = { username, password, hostname };
  for (const [name, canonicalize] of Object.entries(plain)) {
    if (init[name] !== undefined) result[name] = isPattern ? init[name] : canonicalize(init[name]);
  }
  const scheme = result.protocol ?? '';
  if (init.port !== undefined) result.port = isPattern ? init.port : port(init.port, scheme);
  if (init.pathname !== undefined) result.pathname = processPathname(init.pathname, base, scheme, isPattern);
  if (init.search !== undefined) {
    const given = init.search.replace(/^\?/, '');
    result.search = isPattern ? given : search(given);
  }
  if (init.hash !== undefined) {
    const given = init.hash.replace(/^#/, '');
    result.hash = isPattern ? given : hash(given);
  }
  return result;
}

function processPathname(given, base, scheme, isPattern) {
  const isAbsolute = given[0] === '/' || isPattern && /^[\\{]\//.test(given);
  if (base !== null && base.pathname[0] === '/' && !isAbsolute) {
    const folder = base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1);
    given = (isPattern ? escapePattern(folder) : folder) + given;
  }
  if (isPattern) return given;
  return scheme === '' || SPECIAL[scheme] !== undefined ? pathname(given) : opaquePathname(given);
}

module.exports = {
  NAMES,
  SPECIAL,
  SPECIAL_SCHEMES,
  canonicalize: { hash, hostname, ipv6, opaquePathname, password, pathname, port, protocol, search, username },
  partsOfUrl,
  processInit,
};
