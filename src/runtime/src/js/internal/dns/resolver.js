'use strict';

// What has servers of its own to ask: https://nodejs.org/api/dns.html#class-dnsresolver

const { codes } = require('internal/errors');
const { validateArray, validateInt32, validateString, validateUint32 } = require('internal/validators');
const { isIP } = require('internal/net/addresses');
const half = native('dns');

const { ERR_DNS_SET_SERVERS_FAILED, ERR_INVALID_IP_ADDRESS, ERR_SOCKET_BAD_PORT } = codes;

const PORT = 53;
/** Milliseconds, and rounds, that a query is tried if a program says nothing else. */
const TIMEOUT = 2000;
const TRIES = 4;
/** No attempt waits longer unless a program wants that. */
const LONGEST = 2 ** 31 - 1;

/** The servers of the system, and what it says of attempts. */
function systemServers() {
  let text = '';
  try {
    text = require('fs').readFileSync('/etc/resolv.conf', 'utf8');
  } catch {
    // Without the file the server is on this machine.
  }
  const servers = [...text.matchAll(/^[ \t]*nameserver[ \t]+(\S+)/gm)].map(([, address]) => address);
  const known = servers.filter((address) => isIP(address) !== 0);
  return (known.length > 0 ? known : ['127.0.0.1']).map((address) => ({ address, port: PORT }));
}

/** An address with a port, or without. */
function parseServer(server) {
  if (isIP(server) !== 0) return { address: server, port: PORT };
  const bracketed = /^\[([^[\]]*)\]/.exec(server);
  const port = /^.+?(?::(\d+))?$/.exec(server)?.[1];
  const address = bracketed ? bracketed[1] : /^(.+?)(?::\d+)?$/.exec(server)?.[1];
  if (address === undefined || isIP(address) === 0 || (bracketed && isIP(address) !== 6)) {
    throw new ERR_INVALID_IP_ADDRESS(server);
  }
  const number = port === undefined ? PORT : Number(port) || PORT;
  if (number > 65535) throw new ERR_SOCKET_BAD_PORT('Port', number, true);
  return { address, port: number };
}

/** An address and a port in one. */
function withPort({ address, port }) {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Sends a message: the callback gets the code of an error, or null and the answer. */
let exchange;

/** Stands for what Node.js has of c-ares. */
class ChannelWrap {
  #servers;

  /** The servers: addresses and ports. */
  getServers() {
    this.#servers ??= systemServers();
    return this.#servers;
  }

  setServers(servers) {
    this.#servers = servers;
  }
}

class ResolverBase {
  #timeout;
  #tries;
  #longest;
  #local = ['', ''];
  /** What is asked at the moment: numbers of messages, and how each is given up. */
  #waiting = new Map();

  constructor(options = undefined) {
    const { timeout = -1, tries = TRIES, maxTimeout = 0 } = options ?? {};
    validateInt32(timeout, 'options.timeout', -1);
    validateInt32(tries, 'options.tries', 1);
    validateUint32(maxTimeout, 'options.maxTimeout');
    this.#timeout = timeout < 0 ? TIMEOUT : timeout;
    this.#tries = tries;
    this.#longest = maxTimeout === 0 ? LONGEST : maxTimeout;
    this._handle = new ChannelWrap();
  }

  /** Gives up what is asked at the moment. */
  cancel() {
    for (const [number, giveUp] of this.#waiting) {
      half.cancel(number);
      giveUp();
    }
    this.#waiting.clear();
  }

  getServers() {
    const servers = this._handle.getServers() ?? [];
    return servers.map((server) => (server.port === PORT ? server.address : withPort(server)));
  }

  setServers(servers) {
    validateArray(servers, 'servers');
    const parsed = servers.map((server, index) => {
      validateString(server, `servers[${index}]`);
      return parseServer(server);
    });
    if (this.#waiting.size > 0) {
      throw new ERR_DNS_SET_SERVERS_FAILED('There are pending queries.', servers);
    }
    this._handle.setServers(parsed);
  }

  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    const families = [ipv4, ipv6].filter((address) => address !== undefined).map(isIP);
    if (families.includes(0)) throw invalid('Invalid IP address.');
    if (families.length === 2 && families[0] === families[1]) {
      throw invalid(`Cannot specify two IPv${families[0]} addresses.`);
    }
    const local = ['', ''];
    families.forEach((family, index) => { local[family === 4 ? 0 : 1] = index === 0 ? ipv4 : ipv6; });
    this.#local = local;
  }

  static {
    exchange = (resolver, message, callback) => resolver.#exchange(message, callback);
  }

  #exchange(message, callback) {
    const servers = this._handle.getServers().map(withPort);
    let number;
    const answered = (code, bytes) => {
      if (this.#waiting.delete(number)) callback(code, bytes);
    };
    number = half.exchange(
      servers.join(' '), message, this.#timeout, this.#longest, this.#tries, ...this.#local, answered);
    this.#waiting.set(number, () => native('process').nextTick(callback, 'ECANCELLED'));
  }
}

/** The error of an address, which says nothing of arguments. */
function invalid(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_VALUE' });
}

module.exports = { ResolverBase, exchange };
