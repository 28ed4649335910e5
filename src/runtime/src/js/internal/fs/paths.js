'use strict';

const { getValidatedPath } = require('internal/fs/utils');

module.exports = { getValidatedPath };
