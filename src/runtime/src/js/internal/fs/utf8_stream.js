'use strict';

const { NotImplementedError } = require('internal/errors');

/** https://nodejs.org/api/fs.html#class-fsutf8stream */
class Utf8Stream {
  constructor() {
    throw new NotImplementedError('fs.Utf8Stream');
  }
}

module.exports = { Utf8Stream };
