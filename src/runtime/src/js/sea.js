'use strict';

// https://nodejs.org/api/single-executable-applications.html
//
// The program is no single executable application, and so there are no assets.

const { addMissing } = require('internal/not_implemented');

module.exports.isSea = function isSea() {
  return false;
};
addMissing(module.exports, 'sea', { functions: 'getAsset getRawAsset getAssetAsBlob getAssetKeys' });
