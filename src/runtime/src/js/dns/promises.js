'use strict';

// https://nodejs.org/api/dns.html#dns-promises-api

const dns = require('dns');
const { ERRORS, QUERIES, lookupOptions, notBuilt } = dns.internals;

async function lookup(hostname, options) {
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

module.exports = {
  lookup,
  lookupService,
  Resolver: dns.Resolver,
  getDefaultResultOrder: dns.getDefaultResultOrder,
  setDefaultResultOrder: dns.setDefaultResultOrder,
  getServers: dns.getServers,
  setServers: dns.setServers,
  ...ERRORS,
};

for (const name of QUERIES) module.exports[name] = notBuilt(`promises.${name}`);
