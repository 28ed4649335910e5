'use strict';

// Queries: what each asks for, and what programs get of the answer.

const { exchange } = require('internal/dns/resolver');
const { isIP } = require('internal/net/addresses');
const { BadAnswer, BadName, TYPES, question, records } = require('internal/dns/message');

/** The error of a query. */
function queryError(code, syscall, hostname) {
  const error = new Error(`${syscall} ${code} ${hostname}`);
  error.errno = undefined;
  error.code = code;
  error.syscall = syscall;
  error.hostname = hostname;
  return error;
}

const values = (found) => found.map(({ data }) => data.value);
/** An address lives no longer than the names that have led to it. */
function addresses(found, withTtl, everything) {
  const names = everything.filter(({ type }) => type === 'CNAME').map(({ ttl }) => ttl);
  return found.map(({ ttl, data: { address } }) => (
    withTtl ? { address, ttl: Math.min(ttl, ...names) } : address));
}
/** Some say their type where only they were asked for, and some say that there is none. */
const all = (found) => found.map(({ data }) => data);
const typed = (found) => found.map(({ type, data }) => ({ ...data, type }));
const untyped = (found) => found.map(({ data }) => ({ ...data, type: undefined }));

/** The order of types in what `resolveAny` gives. */
const ORDER = ['A', 'CNAME', 'AAAA', 'MX', 'NS', 'TXT', 'SRV', 'PTR', 'NAPTR', 'SOA', 'TLSA', 'CAA'];

/** Everything that an answer says, each with its type. */
function anything(found) {
  const inOrder = ORDER.flatMap((wanted) => found.filter(({ type }) => type === wanted));
  return inOrder.map(({ type, ttl, data }) => {
    if (type === 'A' || type === 'AAAA') return { address: data.address, ttl, type };
    return { ...data, type };
  });
}

/** For each query: the name of Node.js for it, the type, and what is made of the records. */
const QUERIES = {
  resolveAny: ['queryAny', 'ANY', anything],
  resolve4: ['queryA', 'A', addresses],
  resolve6: ['queryAaaa', 'AAAA', addresses],
  resolveCaa: ['queryCaa', 'CAA', all],
  resolveCname: ['queryCname', 'CNAME', values],
  resolveMx: ['queryMx', 'MX', typed],
  resolveNs: ['queryNs', 'NS', values],
  resolveTlsa: ['queryTlsa', 'TLSA', all],
  resolveTxt: ['queryTxt', 'TXT', (found) => found.map(({ data }) => data.entries)],
  resolveSrv: ['querySrv', 'SRV', typed],
  resolvePtr: ['queryPtr', 'PTR', values],
  resolveNaptr: ['queryNaptr', 'NAPTR', untyped],
  resolveSoa: ['querySoa', 'SOA', (found) => untyped(found)[0]],
  reverse: ['getHostByAddr', 'PTR', values],
};

/** The names that the system's own file has for an address, the last line's first name first. */
function hostsFileNames(address) {
  let text = '';
  try {
    text = require('fs').readFileSync('/etc/hosts', 'utf8');
  } catch {
    // There need not be one.
  }
  const names = [];
  for (const line of text.split('\n')) {
    const [own, ...rest] = line.replace(/#.*/, '').trim().split(/\s+/);
    // The first name is the host's own, the others are those that it has beside.
    if (own === address) names.push(...rest);
  }
  return names.length > 1 ? names.slice(1) : names;
}

/** The name whose record leads from an address to its names. */
function reverseName(address) {
  if (isIP(address) === 4) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [head, tail = ''] = address.split('%')[0].split('::');
  const groups = (text) => text.split(':').filter((group) => group !== '').flatMap((group) => {
    if (!group.includes('.')) return [group.padStart(4, '0')];
    const bytes = group.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
    return [bytes[0] + bytes[1], bytes[2] + bytes[3]];
  });
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array(8 - before.length - after.length).fill('0000');
  const digits = [...before, ...zeros, ...after].join('');
  return `${digits.split('').reverse().join('.')}.ip6.arpa`;
}

/**
 * Asks: the callback gets an error or the records. What cannot be asked is an error at once,
 * which is thrown.
 */
function ask(resolver, method, hostname, withTtl, callback) {
  const [syscall, type, pick] = QUERIES[method];
  const fail = (code) => callback(queryError(code, syscall, hostname));
  let message;
  if (method === 'reverse') {
    if (isIP(hostname) === 0) throw queryError('EINVAL', syscall, hostname);
    const known = hostsFileNames(hostname);
    if (known.length > 0) {
      native('process').nextTick(callback, null, known);
      return;
    }
    message = question(reverseName(hostname), TYPES.PTR);
  } else {
    try {
      const name = native('url').domainToASCII(hostname);
      if (name === '' && hostname !== '') throw new BadName();
      message = question(name, TYPES[type]);
    } catch (error) {
      if (!(error instanceof BadName)) throw error;
      native('process').nextTick(fail, 'EBADNAME');
      return;
    }
  }
  exchange(resolver, message, (code, bytes) => {
    // That nobody can be asked about an address means that it has no name.
    if (code !== null) return fail(method === 'reverse' && code === 'ECONNREFUSED' ? 'ENOTFOUND' : code);
    let answer;
    try {
      answer = records(bytes);
    } catch (error) {
      if (!(error instanceof BadAnswer)) throw error;
      return fail('EBADRESP');
    }
    if (answer.code !== undefined) return fail(answer.code);
    const found = type === 'ANY' ? answer.found : answer.found.filter((record) => record.type === type);
    if (found.length === 0) return fail('ENODATA');
    callback(null, pick(found, withTtl, answer.found));
  });
}

/** All methods of resolvers, in the order of names. */
const METHODS = ['resolve', ...Object.keys(QUERIES).filter((name) => name !== 'reverse').sort(), 'reverse'];

module.exports = { METHODS, QUERIES, ask };
