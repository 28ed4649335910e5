'use strict';

// The channels on which `node:diagnostics_channel` tells of what is printed; each is there
// once somebody has asked for it.

module.exports = {
  log: undefined,
  info: undefined,
  debug: undefined,
  warn: undefined,
  error: undefined,
};
