'use strict';

// https://nodejs.org/api/tracing.html

const { addMissing } = require('internal/not_implemented');

module.exports.getEnabledCategories = function getEnabledCategories() {
  return undefined;
};
addMissing(module.exports, 'trace_events', { functions: 'createTracing' });
