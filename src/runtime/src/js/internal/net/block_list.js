'use strict';

// `net.BlockList`: https://nodejs.org/api/net.html#class-netblocklist

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { MAPPED, compare, sharePrefix } = require('internal/net/ip_number');
const { inspect } = require('internal/inspect');
const { SocketAddress, groupsOf, kHandle, numberOf } = require('internal/net/socket_address');
const { kClone } = require('internal/structured_clone');
const { validateArray, validateInt32, validateString } = require('internal/validators');

const shownFamily = (address) => (address.family === 'ipv6' ? 'IPv6' : 'IPv4');

/** How a rule is written, and how it is added. */
const RULES = [
  [/Subnet: IPv4 ([\d.]+)\/(\d+)/, 'ipv4', 'addSubnet'],
  [/Address: IPv4 ([\d.]+)/, 'ipv4', 'addAddress'],
  [/Range: IPv4 ([\d.]+)-([\d.]+)/, 'ipv4', 'addRange'],
  [/Subnet: IPv6 ([\da-fA-F:.]+)\/(\d+)/, 'ipv6', 'addSubnet'],
  [/Address: IPv6 ([\da-fA-F:.]+)/, 'ipv6', 'addAddress'],
  [/Range: IPv6 ([\da-fA-F:.]+)-([\da-fA-F:.]+)/, 'ipv6', 'addRange'],
];

/** The rules of a list, the newest first; copies of a list share them. */
class Rules {
  addresses = new Map();
  subnets = [];
  ranges = [];

  get size() {
    return this.addresses.size + this.subnets.length + this.ranges.length;
  }

  clear() {
    this.addresses.clear();
    this.subnets = [];
    this.ranges = [];
  }

  addAddress(address) {
    this.addresses.set(groupsOf(address).join(), address);
  }

  removeAddress(address) {
    this.addresses.delete(groupsOf(address).join());
  }

  addSubnet(network, prefix) {
    this.subnets.unshift({ network, prefix });
  }

  removeSubnet(network, prefix) {
    const at = this.subnets.findIndex((subnet) => subnet.prefix === prefix && isSame(subnet.network, network));
    if (at >= 0) this.subnets.splice(at, 1);
  }

  addRange(start, end) {
    this.ranges.unshift({ start, end });
  }

  removeRange(start, end) {
    const at = this.ranges.findIndex((range) => isSame(range.start, start) && isSame(range.end, end));
    if (at >= 0) this.ranges.splice(at, 1);
  }

  has(address) {
    const groups = groupsOf(address);
    if (this.addresses.has(groups.join())) return true;
    for (const { network, prefix } of this.subnets) {
      const bits = network.family === 'ipv4' ? MAPPED + prefix : prefix;
      if (sharePrefix(groupsOf(network), groups, bits)) return true;
    }
    for (const { start, end } of this.ranges) {
      if (compare(groupsOf(start), groups) <= 0 && compare(groups, groupsOf(end)) <= 0) return true;
    }
    return false;
  }

  list() {
    const addresses = Array.from(this.addresses.values(), (it) => `Address: ${shownFamily(it)} ${it.address}`);
    return [
      ...addresses.reverse(),
      ...this.subnets.map(({ network, prefix }) => `Subnet: ${shownFamily(network)} ${network.address}/${prefix}`),
      ...this.ranges.map(({ start, end }) => `Range: ${shownFamily(start)} ${start.address}-${end.address}`),
    ];
  }
}

function isSame(first, second) {
  return first.family === second.family && compare(groupsOf(first), groupsOf(second)) === 0;
}

/** The address that an argument is. */
function addressOf(value, name, family) {
  if (SocketAddress.isSocketAddress(value)) return value;
  validateString(value, name);
  validateString(family, 'family');
  return new SocketAddress({ address: value, family });
}

function checkPrefix(network, prefix) {
  validateInt32(prefix, 'prefix', 0, network.family === 'ipv4' ? 32 : 128);
}

/** The subnet that a text like `10.0.0.0/8` means. */
function parseCidr(cidr) {
  validateString(cidr, 'cidr');
  const slash = cidr.lastIndexOf('/');
  if (slash < 0) throw new ERR_INVALID_ARG_VALUE('cidr', cidr, 'must contain a prefix length (e.g. "10.0.0.0/8")');
  const address = cidr.slice(0, slash);
  const prefix = Number(cidr.slice(slash + 1));
  if (String(prefix) !== cidr.slice(slash + 1) || !Number.isInteger(prefix)) {
    throw new ERR_INVALID_ARG_VALUE('cidr', cidr, 'prefix length must be a valid integer');
  }
  const network = new SocketAddress({ address, family: address.includes(':') ? 'ipv6' : 'ipv4' });
  checkPrefix(network, prefix);
  return { network, prefix };
}

function parseRange(start, end, family) {
  start = addressOf(start, 'start', family);
  end = addressOf(end, 'end', family);
  return { start, end };
}

class BlockList {
  /** Networks that nobody reaches from outside. */
  static PRIVATE_RANGES = Object.freeze([
    '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10', 'fc00::/7',
  ]);

  static isBlockList(value) {
    return value?.[kHandle] instanceof Rules;
  }

  constructor() {
    this[kHandle] = new Rules();
  }

  addAddress(address, family = 'ipv4') {
    this[kHandle].addAddress(addressOf(address, 'address', family));
  }

  addAddresses(addresses, family = 'ipv4') {
    validateArray(addresses, 'addresses');
    validateString(family, 'family');
    // All of them, or none.
    const all = addresses.map((address, i) => addressOf(address, `addresses[${i}]`, family));
    for (const address of all) this[kHandle].addAddress(address);
  }

  addRange(start, end, family = 'ipv4') {
    const range = parseRange(start, end, family);
    if (compare(groupsOf(range.start), groupsOf(range.end)) > 0) {
      throw new ERR_INVALID_ARG_VALUE('start', range.start, 'must come before end');
    }
    this[kHandle].addRange(range.start, range.end);
  }

  addSubnet(network, prefix, family = 'ipv4') {
    network = addressOf(network, 'network', family);
    checkPrefix(network, prefix);
    this[kHandle].addSubnet(network, prefix);
  }

  addCIDR(cidr) {
    const { network, prefix } = parseCidr(cidr);
    this[kHandle].addSubnet(network, prefix);
  }

  addCIDRs(cidrs) {
    validateArray(cidrs, 'cidrs');
    const all = cidrs.map((cidr, i) => {
      validateString(cidr, `cidrs[${i}]`);
      return parseCidr(cidr);
    });
    for (const { network, prefix } of all) this[kHandle].addSubnet(network, prefix);
  }

  removeAddress(address, family = 'ipv4') {
    this[kHandle].removeAddress(addressOf(address, 'address', family));
  }

  removeRange(start, end, family = 'ipv4') {
    const range = parseRange(start, end, family);
    this[kHandle].removeRange(range.start, range.end);
  }

  removeSubnet(network, prefix, family = 'ipv4') {
    network = addressOf(network, 'network', family);
    checkPrefix(network, prefix);
    this[kHandle].removeSubnet(network, prefix);
  }

  removeCIDR(cidr) {
    const { network, prefix } = parseCidr(cidr);
    this[kHandle].removeSubnet(network, prefix);
  }

  check(address, family = 'ipv4') {
    if (!SocketAddress.isSocketAddress(address)) {
      validateString(address, 'address');
      validateString(family, 'family');
      try {
        address = new SocketAddress({ address, family });
      } catch {
        // What is no address is not on the list.
        return false;
      }
    }
    return this[kHandle].has(address);
  }

  clear() {
    this[kHandle].clear();
  }

  toJSON() {
    return this.rules;
  }

  fromJSON(data) {
    if (typeof data === 'string') data = JSON.parse(data);
    if (!Array.isArray(data) || !data.every((rule) => typeof rule === 'string')) {
      throw new ERR_INVALID_ARG_TYPE('data', ['string', 'string[]'], data);
    }
    for (const rule of data) this.#addRule(rule);
  }

  /** A rule as {@link rules} has it; what looks otherwise is passed over. */
  #addRule(rule) {
    for (const [pattern, family, method] of RULES) {
      const match = pattern.exec(rule);
      if (match === null) continue;
      const [, first, second] = match;
      if (method === 'addAddress') this.addAddress(first, family);
      else if (method === 'addRange') this.addRange(first, second, family);
      else this.addSubnet(first, Number(second), family);
      return;
    }
  }

  get rules() {
    return this[kHandle].list();
  }

  get size() {
    return this[kHandle].size;
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `BlockList ${inspect({ rules: this.rules }, inner)}`;
  }

  /** Copies know what is added later, too. */
  [kClone]() {
    const copy = new BlockList();
    copy[kHandle] = this[kHandle];
    return copy;
  }
}

module.exports = { BlockList, SocketAddress };
