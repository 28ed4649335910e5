'use strict';

// https://nodejs.org/api/inspector.html#promises-api

module.exports = { ...require('inspector') };
