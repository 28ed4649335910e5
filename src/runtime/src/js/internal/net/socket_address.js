'use strict';

// `net.SocketAddress`: https://nodejs.org/api/net.html#class-netsocketaddress

const { codes: { ERR_INVALID_ADDRESS, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { format, parse } = require('internal/net/ip_number');
const { inspect } = require('internal/inspect');
const { kClone } = require('internal/structured_clone');
const { validateObject, validatePort, validateString, validateUint32 } = require('internal/validators');

const kHandle = Symbol('kHandle');
const kDetail = Symbol('kDetail');

/** A flow label has 20 bits: https://datatracker.ietf.org/doc/html/rfc6437 */
const MOST_FLOW_LABEL = 0xFFFFF;

const numberOf = (family) => (family === 'ipv6' ? 6 : 4);

class SocketAddress {
  static isSocketAddress(value) {
    return value?.[kHandle] !== undefined;
  }

  /** An address with or without a port, as it stands in a URL; undefined for what is none. */
  static parse(input) {
    validateString(input, 'input');
    try {
      const { hostname, port } = new (require('internal/url').URL)(`http://${input}`);
      const address = hostname[0] === '[' ? hostname.slice(1, -1) : hostname;
      return new SocketAddress({ address, port: port | 0, family: hostname[0] === '[' ? 'ipv6' : 'ipv4' });
    } catch {
      return undefined;
    }
  }

  constructor(options = {}) {
    validateObject(options, 'options');
    let { family = 'ipv4' } = options;
    const { port = 0, flowlabel = 0 } = options;
    const { address = family === 'ipv4' ? '127.0.0.1' : '::' } = options;
    if (typeof family?.toLowerCase === 'function') family = family.toLowerCase();
    if (family !== 'ipv4' && family !== 'ipv6') throw new ERR_INVALID_ARG_VALUE('options.family', options.family);
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    const groups = parse(address, numberOf(family));
    if (groups === undefined) throw new ERR_INVALID_ADDRESS();
    if (family === 'ipv6' && flowlabel > MOST_FLOW_LABEL) {
      throw new ERR_OUT_OF_RANGE('options.flowlabel', `>= 0 && <= ${MOST_FLOW_LABEL}`, flowlabel);
    }
    this[kHandle] = groups;
    this[kDetail] = {
      address: format(groups, numberOf(family)),
      port: port | 0,
      family,
      flowlabel: family === 'ipv6' ? flowlabel : 0,
    };
  }

  get address() {
    return this[kDetail].address;
  }

  get port() {
    return this[kDetail].port;
  }

  get family() {
    return this[kDetail].family;
  }

  get flowlabel() {
    return this[kDetail].flowlabel;
  }

  toJSON() {
    return { address: this.address, port: this.port, family: this.family, flowlabel: this.flowlabel };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    return `SocketAddress ${inspect(this.toJSON(), { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  [kClone]() {
    return new SocketAddress(this.toJSON());
  }
}

/** The groups of an address. */
const groupsOf = (address) => address[kHandle];

module.exports = { SocketAddress, groupsOf, kHandle, numberOf };
