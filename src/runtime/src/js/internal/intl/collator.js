'use strict';

// https://tc39.es/ecma402/#collator-objects
//
// How texts compare is `String.prototype.localeCompare`'s affair.

const { canonicalLocales, finish, textOption } = require('internal/intl/common');

const { localeCompare } = String.prototype;
const MINE = 'Intl.Collator';
const slots = new WeakMap();

function slotsOf(collator, method) {
  const found = slots.get(collator);
  if (found === undefined) {
    throw new TypeError(`Method Intl.Collator.prototype.${method} called on incompatible receiver ${String(collator)}`);
  }
  return found;
}

function Collator(locales = undefined, options = undefined) {
  const self = new.target === undefined ? Object.create(Collator.prototype) : this;
  // All languages have an order.
  const [tag = 'en-US'] = canonicalLocales(locales);
  const given = options === undefined ? Object.create(null) : Object(options);
  const resolved = {
    locale: tag.replace(/-u-.*/, ''),
    usage: textOption(given, 'usage', ['sort', 'search'], 'sort', MINE),
    sensitivity: textOption(given, 'sensitivity', ['base', 'accent', 'case', 'variant'], 'variant', MINE),
    ignorePunctuation: Boolean(given.ignorePunctuation ?? false),
    collation: textOption(given, 'collation', undefined, 'default', MINE),
    numeric: given.numeric === undefined ? /-u-(.*-)?kn(-true)?(-|$)/.test(tag) : Boolean(given.numeric),
    caseFirst: textOption(given, 'caseFirst', ['upper', 'lower', 'false'], 'false', MINE),
  };
  slots.set(self, { tag, resolved, compare: undefined });
  return self;
}

Object.defineProperties(Collator.prototype, {
  compare: {
    configurable: true,
    get() {
      const slot = slotsOf(this, 'compare');
      const { tag, resolved: { sensitivity, ignorePunctuation, numeric, caseFirst, usage } } = slot;
      const options = { sensitivity, ignorePunctuation, numeric, caseFirst, usage };
      slot.compare ??= Object.defineProperty(
        (one, other) => Reflect.apply(localeCompare, `${one}`, [`${other}`, tag, options]), 'name', { value: '' });
      return slot.compare;
    },
  },
  resolvedOptions: {
    configurable: true,
    writable: true,
    value: { resolvedOptions() { return { ...slotsOf(this, 'resolvedOptions').resolved }; } }.resolvedOptions,
  },
});

exports.Collator = finish(Collator, 'Collator');
