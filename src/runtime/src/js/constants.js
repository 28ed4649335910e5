'use strict';

// The numbers of `os`, `fs` and `crypto` in one object, as old programs want them.
// https://nodejs.org/api/deprecations.html#DEP0008

const { dlopen, errno, priority, signals } = require('os').constants;
const { fileConstants } = native('os');

Object.assign(module.exports, dlopen, errno, priority, signals, fileConstants());
Object.freeze(module.exports);
