'use strict';

// `process.stdout` and `process.stderr` by their descriptors, once somebody has asked for
// them. Until then `console` need not care for what programs do to them.

module.exports = { 1: undefined, 2: undefined };
