'use strict';

// A part of `http` under its old name of its own: https://nodejs.org/api/http.html

const http = require('http');

module.exports.Agent = http.Agent;
Object.defineProperty(module.exports, 'globalAgent', {
  configurable: true, enumerable: true, get: () => http.globalAgent,
});
