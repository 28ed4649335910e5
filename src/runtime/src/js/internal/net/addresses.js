'use strict';

const { isIP: kindOf } = native('net');

/** 4, 6, or 0 for what is no IP address. */
function isIP(input) {
  return kindOf(String(input));
}

const isIPv4 = (input) => isIP(input) === 4;
const isIPv6 = (input) => isIP(input) === 6;

module.exports = { isIP, isIPv4, isIPv6 };
