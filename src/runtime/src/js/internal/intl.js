'use strict';

// `Intl` (ECMA-402), for English: https://nodejs.org/api/intl.html

const { canonicalLocales } = require('internal/intl/common');
const { missingClass } = require('internal/not_implemented');
const { NotImplementedError } = require('internal/errors');

const Intl = {};

function define(name, value) {
  Object.defineProperty(Intl, name, { configurable: true, writable: true, enumerable: false, value });
}

/** A class that is loaded when somebody looks. */
function defineLazily(name, file) {
  Object.defineProperty(Intl, name, {
    configurable: true,
    enumerable: false,
    get() {
      const { [name]: Class } = require(file);
      define(name, Class);
      return Class;
    },
    set(value) { define(name, value); },
  });
}

const VALUES = {
  calendar: ['gregory'],
  collation: ['default'],
  numberingSystem: ['latn'],
};

define('getCanonicalLocales', { getCanonicalLocales: (locales) => canonicalLocales(locales) }.getCanonicalLocales);
define('supportedValuesOf', { supportedValuesOf(key) {
  if (Object.hasOwn(VALUES, key)) return [...VALUES[key]];
  if (['currency', 'timeZone', 'unit'].includes(`${key}`)) throw new NotImplementedError(`Intl.supportedValuesOf: ${key}`);
  throw new RangeError(`Invalid key : ${key}`);
} }.supportedValuesOf);
for (const [name, file] of [
  ['DateTimeFormat', 'dates'], ['NumberFormat', 'numbers'], ['Collator', 'collator'], ['PluralRules', 'numbers'],
  ['RelativeTimeFormat', 'relative_time'], ['ListFormat', 'lists'], ['Locale', 'locale'],
]) {
  defineLazily(name, `internal/intl/${file}`);
}
define('DisplayNames', missingClass('Intl', 'DisplayNames'));
defineLazily('Segmenter', 'internal/intl/segmenter');
define('DurationFormat', missingClass('Intl', 'DurationFormat'));
Object.defineProperty(Intl, Symbol.toStringTag, { configurable: true, value: 'Intl' });

module.exports = Intl;
