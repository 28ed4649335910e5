'use strict';

// https://nodejs.org/api/dns.html#dns-promises-api

const dns = require('dns');
const { validateString } = require('internal/validators');
const { METHODS, QUERIES, ask } = require('internal/dns/queries');
const { ResolverBase } = require('internal/dns/resolver');
const { ERRORS, lookupOptions, methodOf, setPromisesResolver } = require('internal/dns/shared').shared;

function lookup(hostname, options) {
  const { all } = lookupOptions(hostname, options);
  return new Promise((resolve, reject) => {
    dns.lookup(hostname, options, (error, address, family) => {
      if (error) reject(error);
      else resolve(all ? address : { address, family });
    });
  });
}

function lookupService(address, port) {
  return new Promise((resolve, reject) => {
    dns.lookupService(address, port, (error, hostname, service) => {
      if (error) reject(error);
      else resolve({ hostname, service });
    });
  });
}

class Resolver extends ResolverBase {
  constructor(options = undefined) {
    super(options);
  }
}

/** The method of resolvers for a query. */
function queryMethod(method) {
  function query(name, options) {
    validateString(name, 'name');
    const ttl = Boolean(options?.ttl);
    return new Promise((resolve, reject) => {
      ask(this, method, name, ttl, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }
  return Object.defineProperty(query, 'name', { value: QUERIES[method][0] });
}

for (const method of Object.keys(QUERIES)) Resolver.prototype[method] = queryMethod(method);

Resolver.prototype.resolve = function resolve(hostname, rrtype) {
  let method = 'resolve4';
  if (rrtype !== undefined) {
    validateString(rrtype, 'rrtype');
    method = methodOf(rrtype);
  }
  return Reflect.apply(this[method], this, [hostname]);
};

const defaultResolver = new Resolver();
setPromisesResolver(defaultResolver);

module.exports = {
  lookup,
  lookupService,
  Resolver,
  getDefaultResultOrder: dns.getDefaultResultOrder,
  setDefaultResultOrder: dns.setDefaultResultOrder,
  setServers: dns.setServers,
  ...ERRORS,
};

for (const name of ['getServers', ...METHODS]) {
  module.exports[name] = defaultResolver[name].bind(defaultResolver);
}
