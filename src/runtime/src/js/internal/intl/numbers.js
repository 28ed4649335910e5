'use strict';

// https://tc39.es/ecma402/#numberformat-objects and #pluralrules-objects
//
// How a number is written is `Number.prototype.toLocaleString`'s affair.

const {
  finish, optionsObject, resolveLocale, textOption, withName,
} = require('internal/intl/common');
const { NotImplementedError } = require('internal/errors');

const toText = Number.prototype.toLocaleString;
const bigintToText = BigInt.prototype.toLocaleString;
const MINE = 'Intl.NumberFormat';
const THEIRS = 'Number.prototype.toLocaleString';

const slots = new WeakMap();

function slotsOf(format, method) {
  const found = slots.get(format);
  if (found === undefined) {
    throw new TypeError(`Method Intl.NumberFormat.prototype.${method} called on incompatible receiver ${String(format)}`);
  }
  return found;
}

/** A number as exact as it is given. */
function numeric(value) {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  const primitive = typeof value === 'object' && value !== null ? value[Symbol.toPrimitive]?.('number') ?? value.valueOf() : value;
  if (typeof primitive === 'string' && /^\s*[+-]?\d{16,}\s*$/.test(primitive)) return BigInt(primitive.trim());
  return typeof primitive === 'bigint' ? primitive : Number(primitive);
}

/** Digits and roundings that all formats of numbers have. */
function digitOptions(options, usualLeast, usualMost) {
  const digits = { minimumIntegerDigits: Number(options.minimumIntegerDigits ?? 1) };
  if (options.minimumSignificantDigits !== undefined || options.maximumSignificantDigits !== undefined) {
    digits.minimumSignificantDigits = Number(options.minimumSignificantDigits ?? 1);
    digits.maximumSignificantDigits = Number(options.maximumSignificantDigits ?? 21);
    return digits;
  }
  const { minimumFractionDigits: least, maximumFractionDigits: most } = options;
  digits.minimumFractionDigits = Number(least ?? Math.min(usualLeast, most ?? usualLeast));
  digits.maximumFractionDigits = Number(most ?? Math.max(usualMost, digits.minimumFractionDigits));
  return digits;
}

const ROUNDING = {
  roundingIncrement: 1, roundingMode: 'halfExpand', roundingPriority: 'auto', trailingZeroDisplay: 'auto',
};

function refuseMissing(options, names) {
  for (const name of names) {
    const usual = ROUNDING[name] ?? 'standard';
    if (options[name] !== undefined && options[name] !== usual) {
      throw new NotImplementedError(`Intl.NumberFormat: ${name} ${options[name]}`);
    }
  }
}

function NumberFormat(locales = undefined, options = undefined) {
  const self = new.target === undefined ? Object.create(NumberFormat.prototype) : this;
  const locale = resolveLocale(locales);
  const given = options === undefined ? Object.create(null) : Object(options);
  const style = textOption(given, 'style', ['decimal', 'percent', 'currency', 'unit'], 'decimal', MINE);
  if (style === 'currency' && given.currency === undefined) {
    throw new TypeError('Currency code is required with currency style.');
  }
  if (style === 'unit') throw new NotImplementedError('Intl.NumberFormat: style unit');
  refuseMissing(given, ['notation', ...Object.keys(ROUNDING)]);
  const copy = {};
  for (const name of [
    'style', 'currency', 'currencyDisplay', 'currencySign', 'minimumIntegerDigits', 'minimumFractionDigits',
    'maximumFractionDigits', 'minimumSignificantDigits', 'maximumSignificantDigits', 'useGrouping', 'signDisplay',
  ]) {
    if (given[name] !== undefined) copy[name] = given[name];
  }
  withName(THEIRS, MINE, () => Reflect.apply(toText, 0, ['en-US', copy]));
  slots.set(self, { locale, style, options: copy, format: undefined });
  return self;
}

function text(options, value) {
  const method = typeof value === 'bigint' ? bigintToText : toText;
  return Reflect.apply(method, value, ['en-US', options]);
}

/** What a text of a number is made of. */
function partsOf(formatted) {
  const parts = [];
  let isFraction = false;
  const add = (type, value) => parts.push({ type, value });
  for (const [piece] of formatted.matchAll(/\d+|NaN|∞|[-+,.%()]|[ \u00A0]+|[^\d\s.,%+()-]+/gu)) {
    if (/^\d/.test(piece)) add(isFraction ? 'fraction' : 'integer', piece);
    else if (piece === 'NaN') add('nan', piece);
    else if (piece === '∞') add('infinity', piece);
    else if (piece === '-') add('minusSign', piece);
    else if (piece === '+') add('plusSign', piece);
    else if (piece === ',') add('group', piece);
    else if (piece === '.') {
      add('decimal', piece);
      isFraction = true;
    } else if (piece === '%') add('percentSign', piece);
    else if (/^[\s()]/.test(piece)) add('literal', piece);
    else if (parts.at(-1)?.type === 'literal' && parts.at(-2)?.type === 'currency') {
      // A name of several words.
      const { value } = parts.pop();
      parts.at(-1).value += value + piece;
    } else add('currency', piece);
  }
  return parts;
}

Object.defineProperties(NumberFormat.prototype, {
  format: {
    configurable: true,
    get() {
      const slot = slotsOf(this, 'format');
      slot.format ??= Object.defineProperty((value) => text(slot.options, numeric(value)), 'name', { value: '' });
      return slot.format;
    },
  },
});

const methods = {
  formatToParts(value) {
    return partsOf(text(slotsOf(this, 'formatToParts').options, numeric(value)));
  },
  formatRange(start, end) {
    const { options, style } = slotsOf(this, 'formatRange');
    if (start === undefined || end === undefined) throw new TypeError('Invalid argument');
    const [from, to] = [start, end].map((value) => text(options, numeric(value)));
    if (from === to) return `~${from}`;
    return style === 'currency' ? `${from} – ${to}` : `${from}–${to}`;
  },
  resolvedOptions() {
    const { locale, style, options } = slotsOf(this, 'resolvedOptions');
    const resolved = { locale, numberingSystem: 'latn', style };
    let [least, most] = style === 'percent' ? [0, 0] : [0, 3];
    if (style === 'currency') {
      resolved.currency = String(options.currency).toUpperCase();
      resolved.currencyDisplay = options.currencyDisplay ?? 'symbol';
      resolved.currencySign = options.currencySign ?? 'standard';
      const usual = text({ style, currency: options.currency, currencyDisplay: 'code' }, 0);
      least = most = /\.(\d+)/.exec(usual)?.[1].length ?? 0;
    }
    Object.assign(resolved, digitOptions(options, least, most));
    const { useGrouping = 'auto' } = options;
    resolved.useGrouping = useGrouping === true ? 'always' : useGrouping;
    return Object.assign(resolved, { notation: 'standard', signDisplay: options.signDisplay ?? 'auto' }, ROUNDING);
  },
};
for (const name of Object.keys(methods)) {
  Object.defineProperty(NumberFormat.prototype, name, { configurable: true, writable: true, value: methods[name] });
}

// ---------------------------------------------------------------------------

class PluralRules {
  #locale;
  #type;
  #options;

  constructor(locales = undefined, options = undefined) {
    this.#locale = resolveLocale(locales);
    const given = optionsObject(options);
    this.#type = textOption(given, 'type', ['cardinal', 'ordinal'], 'cardinal', 'Intl.PluralRules');
    refuseMissing(given, ['notation', ...Object.keys(ROUNDING)]);
    this.#options = {};
    for (const name of [
      'minimumIntegerDigits', 'minimumFractionDigits', 'maximumFractionDigits', 'minimumSignificantDigits',
      'maximumSignificantDigits',
    ]) {
      if (given[name] !== undefined) this.#options[name] = given[name];
    }
    withName(THEIRS, 'Intl.PluralRules', () => text(this.#options, 0));
  }

  select(value) {
    const number = Number(value);
    const written = text({ ...this.#options, useGrouping: false }, Math.abs(number));
    if (this.#type === 'cardinal') return written === '1' ? 'one' : 'other';
    if (!/^\d+$/.test(written) || /1[123]$/.test(written)) return 'other';
    return { 1: 'one', 2: 'two', 3: 'few' }[written.at(-1)] ?? 'other';
  }

  selectRange(start, end) {
    if (start === undefined || end === undefined) throw new TypeError('Invalid argument');
    return this.#type === 'cardinal' ? 'other' : this.select(end);
  }

  resolvedOptions() {
    return {
      locale: this.#locale,
      type: this.#type,
      notation: 'standard',
      ...digitOptions(this.#options, 0, 3),
      pluralCategories: this.#type === 'cardinal' ? ['one', 'other'] : ['one', 'two', 'few', 'other'],
      ...ROUNDING,
    };
  }
}

exports.NumberFormat = finish(NumberFormat, 'NumberFormat');
exports.PluralRules = finish(PluralRules, 'PluralRules');
