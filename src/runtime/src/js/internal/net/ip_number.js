'use strict';

// IP addresses as numbers: eight groups of 16 bits, in which IPv4 addresses stand where
// IPv6 has them (`::ffff:0:0/96`). So addresses of both families can be compared.
// https://datatracker.ietf.org/doc/html/rfc4291#section-2.2

const { isIP } = require('internal/net/addresses');

/** Where the bits of an IPv4 address begin. */
const MAPPED = 96;

function groupsOfIPv4(text) {
  const [a, b, c, d] = text.split('.').map(Number);
  return [a << 8 | b, c << 8 | d];
}

function groupsOf(text) {
  if (text === '') return [];
  return text.split(':').flatMap((part) => (part.includes('.') ? groupsOfIPv4(part) : [parseInt(part, 16)]));
}

/** The groups of an address; undefined for what is none of the family (4 or 6). */
function parse(text, family) {
  if (isIP(text) !== family) return undefined;
  if (family === 4) return [0, 0, 0, 0, 0, 0xFFFF, ...groupsOfIPv4(text)];
  const zone = text.indexOf('%');
  const [start, end] = (zone < 0 ? text : text.slice(0, zone)).split('::').map(groupsOf);
  if (end === undefined) return start;
  return [...start, ...new Array(8 - start.length - end.length).fill(0), ...end];
}

const dotted = (high, low) => `${high >> 8}.${high & 0xFF}.${low >> 8}.${low & 0xFF}`;

/** Where the longest run of zeros is that `::` may stand for, and how long it is. */
function longestZeros(groups) {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
    start += length;
  }
  return best;
}

/** The address as a text, as short as can be. */
function format(groups, family) {
  if (family === 4) return dotted(groups[6], groups[7]);
  const { start, length } = longestZeros(groups);
  const hex = (part) => part.map((group) => group.toString(16));
  if (start < 0) return hex(groups).join(':');
  // What has an IPv4 address in it shows that.
  const embeds = start === 0 && (length === 6 || length === 5 && groups[5] === 0xFFFF);
  const tail = embeds ? [...hex(groups.slice(length, 6)), dotted(groups[6], groups[7])] : hex(groups.slice(start + length));
  return `${hex(groups.slice(0, start)).join(':')}::${tail.join(':')}`;
}

/** Negative, 0 or positive, as the first address comes before the second. */
function compare(first, second) {
  for (let i = 0; i < 8; i++) {
    if (first[i] !== second[i]) return first[i] - second[i];
  }
  return 0;
}

/** Whether the first so many bits of two addresses are equal. */
function sharePrefix(first, second, bits) {
  for (let i = 0; bits > 0; i++, bits -= 16) {
    const mask = bits >= 16 ? 0xFFFF : 0xFFFF << 16 - bits & 0xFFFF;
    if (((first[i] ^ second[i]) & mask) !== 0) return false;
  }
  return true;
}

module.exports = { MAPPED, compare, format, parse, sharePrefix };
