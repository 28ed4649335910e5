'use strict';

// A part of `http` under its old name of its own: https://nodejs.org/api/http.html

const http = require('http');

module.exports.OutgoingMessage = http.OutgoingMessage;
module.exports.validateHeaderName = http.validateHeaderName;
module.exports.validateHeaderValue = http.validateHeaderValue;
