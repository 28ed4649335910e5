'use strict';

// https://nodejs.org/api/dns.html
//
// Names are looked up as the system does it (`lookup`), or with queries of one's own
// (`resolve…`).

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateNumber, validateOneOf, validatePort, validateString } =
  require('internal/validators');
const { isIP } = require('internal/net/addresses');
const native_ = native('dns');
const { nextTick } = native('process');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } = codes;

const ADDRCONFIG = 32;
const ALL = 16;
const V4MAPPED = 8;

const ORDERS = ['verbatim', 'ipv4first', 'ipv6first'];
let defaultOrder = 'verbatim';

/** The error of a look-up. */
function lookupError(code, syscall, hostname) {
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  const known = { EAI_AGAIN: -3001, ENOTFOUND: -3008 };
  error.errno = known[code] ?? -3010;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  return error;
}

function validateHints(hints) {
  if ((hints & ~(ADDRCONFIG | ALL | V4MAPPED)) !== 0) throw new ERR_INVALID_ARG_VALUE('hints', hints);
}

/** The options of `lookup`, checked. */
function lookupOptions(hostname, options) {
  let family = 0;
  let hints = 0;
  let all = false;
  let order = defaultOrder;
  if (hostname) validateString(hostname, 'hostname');
  if (typeof options === 'number') {
    validateOneOf(options, 'family', [0, 4, 6]);
    family = options;
  } else if (options !== undefined && typeof options !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  } else if (options) {
    if (options.hints != null) {
      validateNumber(options.hints, 'options.hints');
      hints = options.hints >>> 0;
      validateHints(hints);
    }
    if (options.family != null) {
      const named = { IPv4: 4, IPv6: 6 }[options.family];
      family = named ?? options.family;
      if (named === undefined) validateOneOf(family, 'options.family', [0, 4, 6]);
    }
    if (options.all != null) {
      validateBoolean(options.all, 'options.all');
      all = options.all;
    }
    if (options.verbatim != null) {
      validateBoolean(options.verbatim, 'options.verbatim');
      order = options.verbatim ? 'verbatim' : 'ipv4first';
    }
    if (options.order != null) {
      validateOneOf(options.order, 'options.order', ORDERS);
      order = options.order;
    }
  }
  return { family, hints, all, order };
}

function sorted(addresses, order) {
  if (order === 'verbatim') return addresses;
  const first = order === 'ipv4first' ? 4 : 6;
  return [...addresses.filter(({ family }) => family === first), ...addresses.filter(({ family }) => family !== first)];
}

function lookup(hostname, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const { family, hints, all, order } = lookupOptions(hostname, options);
  if (!hostname) {
    if (all) nextTick(callback, null, []);
    else nextTick(callback, null, null, family === 6 ? 6 : 4);
    return {};
  }
  const kind = isIP(hostname);
  if (kind !== 0) {
    if (all) nextTick(callback, null, [{ address: hostname, family: kind }]);
    else nextTick(callback, null, hostname, kind);
    return {};
  }
  native_.lookup(hostname, family, hints, (code, found) => {
    if (code !== null) {
      callback(lookupError(code, 'getaddrinfo', hostname));
      return;
    }
    const addresses = [];
    for (let i = 0; i < found.length; i += 2) addresses.push({ address: found[i], family: found[i + 1] });
    const inOrder = sorted(addresses, order);
    if (all) callback(null, inOrder);
    else callback(null, inOrder[0].address, inOrder[0].family);
  });
  return {};
}

Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.customArgs'), {
  value: ['address', 'family'], enumerable: false,
});

function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new ERR_MISSING_ARGS('address', 'port', 'callback');
  if (isIP(address) === 0) throw new ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  validateFunction(callback, 'callback');
  native_.lookupService(address, +port, (code, names) => {
    if (code !== null) callback(lookupError(code, 'getnameinfo', address));
    else callback(null, names[0], names[1]);
  });
  return {};
}

Object.defineProperty(lookupService, Symbol.for('nodejs.util.promisify.customArgs'), {
  value: ['hostname', 'service'], enumerable: false,
});

function setDefaultResultOrder(order) {
  validateOneOf(order, 'dnsOrder', ORDERS);
  defaultOrder = order;
}

// ---------------------------------------------------------------------------
// Queries
// ---------------------------------------------------------------------------

const { METHODS, QUERIES, ask } = require('internal/dns/queries');
const { ResolverBase } = require('internal/dns/resolver');

class Resolver extends ResolverBase {
  constructor(options = undefined) {
    super(options);
  }
}

/** What a query in progress is, as programs get it. */
class QueryReqWrap {}

/** The method of resolvers for a query. */
function queryMethod(method) {
  const [bindingName] = QUERIES[method];
  function query(name, callback) {
    let options;
    if (arguments.length > 2) [, options, callback] = arguments;
    validateString(name, 'name');
    validateFunction(callback, 'callback');
    const ttl = Boolean(options?.ttl);
    const request = Object.assign(new QueryReqWrap(), {
      bindingName, callback, hostname: name, oncomplete: onresolve, ttl,
    });
    ask(this, method, name, ttl, (...answer) => request.oncomplete(...answer));
    return request;
  }
  return Object.defineProperty(query, 'name', { value: bindingName });
}

function onresolve(error, result) {
  if (error) this.callback(error);
  else this.callback(null, result);
}

for (const method of Object.keys(QUERIES)) Resolver.prototype[method] = queryMethod(method);

/** The method for a type of records. */
function methodOf(rrtype) {
  const name = rrtype === 'A' ? 'resolve4' : rrtype === 'AAAA' ? 'resolve6' :
    `resolve${rrtype[0]}${rrtype.slice(1).toLowerCase()}`;
  if (rrtype !== rrtype.toUpperCase() || !Object.hasOwn(QUERIES, name)) {
    throw new ERR_INVALID_ARG_VALUE('rrtype', rrtype);
  }
  return name;
}

Resolver.prototype.resolve = function resolve(hostname, rrtype, callback) {
  let method = 'resolve4';
  if (typeof rrtype === 'string') method = methodOf(rrtype);
  else if (typeof rrtype === 'function') callback = rrtype;
  else throw new ERR_INVALID_ARG_TYPE('rrtype', 'string', rrtype);
  return Reflect.apply(this[method], this, [hostname, callback]);
};

let defaultResolver = new Resolver();
/** The resolver of `dns/promises`, once somebody has it. */
let promisesResolver;

/** Has both ways of asking ask other servers. */
function defaultResolverSetServers(servers) {
  const resolver = new Resolver();
  resolver.setServers(servers);
  defaultResolver = resolver;
  promisesResolver?.setServers(servers);
  bindDefault();
}

/** The codes of errors, by their names. */
const ERRORS = {
  NODATA: 'ENODATA', FORMERR: 'EFORMERR', SERVFAIL: 'ESERVFAIL', NOTFOUND: 'ENOTFOUND', NOTIMP: 'ENOTIMP',
  REFUSED: 'EREFUSED', BADQUERY: 'EBADQUERY', BADNAME: 'EBADNAME', BADFAMILY: 'EBADFAMILY', BADRESP: 'EBADRESP',
  CONNREFUSED: 'ECONNREFUSED', TIMEOUT: 'ETIMEOUT', EOF: 'EOF', FILE: 'EFILE', NOMEM: 'ENOMEM',
  DESTRUCTION: 'EDESTRUCTION', BADSTR: 'EBADSTR', BADFLAGS: 'EBADFLAGS', NONAME: 'ENONAME', BADHINTS: 'EBADHINTS',
  NOTINITIALIZED: 'ENOTINITIALIZED', LOADIPHLPAPI: 'ELOADIPHLPAPI', ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS',
  CANCELLED: 'ECANCELLED',
};

module.exports = {
  lookup,
  lookupService,
  Resolver,
  getDefaultResultOrder: () => defaultOrder,
  setDefaultResultOrder,
  setServers: defaultResolverSetServers,
  ADDRCONFIG,
  ALL,
  V4MAPPED,
  ...ERRORS,
};

function bindDefault() {
  module.exports.getServers = defaultResolver.getServers.bind(defaultResolver);
  for (const name of METHODS) {
    module.exports[name] = defaultResolver[name].bind(defaultResolver);
  }
}

bindDefault();

Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('dns/promises'),
});

require('internal/dns/shared').set({
  ERRORS,
  lookupOptions,
  methodOf,
  setPromisesResolver(resolver) {
    promisesResolver = resolver;
    resolver.setServers(defaultResolver.getServers());
  },
});
