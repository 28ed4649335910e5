'use strict';

// What all classes of `Intl` have in common (ECMA-402 §9): languages and options.
//
// English as it is written in the United States is the only language there is data for, as
// in a Node.js that is built with `small-icu`: others are answered in English.

const { canonicalLocale } = native('intl');

const DEFAULT = 'en-US';

/** The languages that are asked for, in their canonical form. */
function canonicalLocales(locales) {
  if (locales === undefined) return [];
  if (locales === null) throw new TypeError('Cannot convert undefined or null to object');
  const list = typeof locales === 'string' || isLocale(locales) ? [locales] : Object(locales);
  const found = [];
  const length = Math.min(Math.max(Math.trunc(list.length) || 0, 0), Number.MAX_SAFE_INTEGER);
  for (let i = 0; i < length; i++) {
    if (!(i in list)) continue;
    const tag = list[i];
    if (typeof tag !== 'string' && (typeof tag !== 'object' || tag === null)) {
      throw new TypeError('Language ID should be string or object.');
    }
    const canonical = canonicalLocale(`${tag}`);
    if (canonical === undefined) throw new RangeError(`Invalid language tag: ${tag}`);
    if (!found.includes(canonical)) found.push(canonical);
  }
  return found;
}

function isLocale(value) {
  return typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Intl.Locale]';
}

/** Whether there is data for a language. */
function isSupported(tag) {
  return /^en(-US)?(-u-|$)/.test(tag);
}

/** The language that is answered in. */
function resolveLocale(locales) {
  const found = canonicalLocales(locales).find(isSupported);
  return found === undefined ? DEFAULT : found.replace(/-u-.*/, '');
}

/** `supportedLocalesOf` of a class. */
function supportedLocalesOf(locales) {
  return canonicalLocales(locales).filter(isSupported);
}

function textOption(options, name, allowed, usual, where) {
  const value = options[name];
  if (value === undefined) return usual;
  const text = `${value}`;
  if (allowed !== undefined && !allowed.includes(text)) {
    throw new RangeError(`Value ${text} out of range for ${where} options property ${name}`);
  }
  return text;
}

/** Options that have to be an object, if there are any. */
function optionsObject(options) {
  if (options === undefined) return Object.create(null);
  if (typeof options !== 'object' && typeof options !== 'function' || options === null) {
    throw new TypeError('Incorrect options information provided');
  }
  return options;
}

/** Gives a class the properties that all of them have. */
function finish(Class, name) {
  Object.defineProperty(Class, 'name', { configurable: true, value: name });
  Object.defineProperty(Class, 'length', { configurable: true, value: 0 });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { configurable: true, value: `Intl.${name}` });
  Object.defineProperty(Class, 'supportedLocalesOf', {
    configurable: true,
    writable: true,
    value: { supportedLocalesOf: (locales) => supportedLocalesOf(locales) }.supportedLocalesOf,
  });
  return Class;
}

/** Calls a method of the language's own library; its errors name the class. */
function withName(from, to, action) {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error) error.message = error.message.replace(from, to);
    throw error;
  }
}

module.exports = {
  canonicalLocales, finish, optionsObject, resolveLocale, textOption, withName,
};
