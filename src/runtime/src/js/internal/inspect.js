'use strict';

// `util.inspect` and `util.format`, which are native.

module.exports = native('inspect');
