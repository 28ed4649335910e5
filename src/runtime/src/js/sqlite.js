'use strict';

// https://nodejs.org/api/sqlite.html

const { addMissing } = require('internal/not_implemented');

addMissing(module.exports, 'sqlite', {
  functions: 'backup', classes: 'Database DatabaseSync Session Statement StatementSync',
});
module.exports.constants = {};
