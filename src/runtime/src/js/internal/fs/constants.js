'use strict';

// https://nodejs.org/api/fs.html#fs-constants

const constants = Object.freeze(Object.assign(Object.create(null), native('os').fileConstants()));

module.exports = { constants };
