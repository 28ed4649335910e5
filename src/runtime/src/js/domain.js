'use strict';

// https://nodejs.org/api/domain.html

const { addMissing } = require('internal/not_implemented');

addMissing(module.exports, 'domain', { functions: 'createDomain create', classes: 'Domain' });
module.exports._stack = [];
module.exports.active = null;
