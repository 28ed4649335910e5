'use strict';

// A part of `http` under its old name of its own: https://nodejs.org/api/http.html

const http = require('http');
const { parsers } = require('internal/http/common');

module.exports = {
  CRLF: '\r\n',
  _checkInvalidHeaderChar: (value) => !http.isValidHeaderValue(`${value}`),
  _checkIsHttpToken: http.isValidHeaderName,
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  methods: http.METHODS,
  parsers,
};
