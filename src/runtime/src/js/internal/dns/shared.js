'use strict';

// What `dns` gives to `dns/promises`, and programs do not see.

const shared = {};

module.exports = { shared, set: (parts) => Object.assign(shared, parts) };
