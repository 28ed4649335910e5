'use strict';

// https://nodejs.org/api/util.html#utiltypes

module.exports = {
  ...native('types'),
  isKeyObject(value) {
    return isInstanceOf(value, 'KeyObject');
  },
  isCryptoKey(value) {
    return isInstanceOf(value, 'CryptoKey');
  },
};

/** Whether a value is of a class of `node:crypto`; while nobody has loaded that, none is. */
function isInstanceOf(value, name) {
  if (value === null || typeof value !== 'object') return false;
  const Class = native('modules').loadedBuiltin('internal/crypto/keys')?.[name];
  return Class !== undefined && value instanceof Class;
}
