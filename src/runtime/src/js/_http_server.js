'use strict';

// A part of `http` under its old name of its own: https://nodejs.org/api/http.html

const http = require('http');

module.exports.Server = http.Server;
module.exports.ServerResponse = http.ServerResponse;
module.exports.STATUS_CODES = http.STATUS_CODES;
