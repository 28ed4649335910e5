'use strict';

// Coverage as lcov has it, of which there is none yet: what is not about coverage says
// nothing. https://nodejs.org/api/test.html#test-reporters

const { Transform } = require('stream');

class LcovReporter extends Transform {
  constructor(options) {
    super({ ...options, writableObjectMode: true, __proto__: null });
  }

  _transform(event, encoding, callback) {
    if (event.type !== 'test:coverage') return callback(null);
    return callback(null, require('internal/test_runner/reporters/coverage').report(event.data));
  }
}

module.exports = LcovReporter;
