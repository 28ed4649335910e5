'use strict';

// A part of `tls` under its old name of its own: https://nodejs.org/api/tls.html

module.exports = { ...require('tls') };
