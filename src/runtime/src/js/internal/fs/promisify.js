'use strict';

// By what `util.promisify` knows functions that call back in ways of their own.
// https://nodejs.org/api/util.html#utilpromisifycustom

module.exports = {
  custom: Symbol.for('nodejs.util.promisify.custom'),
  /** The names of several results. */
  names: Symbol.for('nodejs.util.promisify.customArgs'),
};
