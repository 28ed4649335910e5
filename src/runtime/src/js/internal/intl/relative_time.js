'use strict';

// https://tc39.es/ecma402/#relativetimeformat-objects

const { finish, optionsObject, resolveLocale, textOption } = require('internal/intl/common');
const { NumberFormat } = require('internal/intl/numbers');

/** What units are called, for one and for more, with what is before; and short and narrow. */
const UNITS = {
  second: { long: [' second', ' seconds'], short: [' sec.'], narrow: ['s'] },
  minute: { long: [' minute', ' minutes'], short: [' min.'], narrow: ['m'] },
  hour: { long: [' hour', ' hours'], short: [' hr.'], narrow: ['h'] },
  day: { long: [' day', ' days'], short: [' day', ' days'], narrow: ['d'] },
  week: { long: [' week', ' weeks'], short: [' wk.'], narrow: ['w'] },
  month: { long: [' month', ' months'], short: [' mo.'], narrow: ['mo'] },
  quarter: { long: [' quarter', ' quarters'], short: [' qtr.', ' qtrs.'], narrow: ['q'] },
  year: { long: [' year', ' years'], short: [' yr.'], narrow: ['y'] },
};

/** Times that have words of their own: before, now, and after. */
function words(unit, style) {
  switch (unit) {
    case 'second': return { 0: 'now' };
    case 'minute': return { 0: 'this minute' };
    case 'hour': return { 0: 'this hour' };
    case 'day': return { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' };
    default: {
      const name = UNITS[unit][style === 'long' ? 'long' : 'short'][0];
      return { '-1': `last${name}`, '0': `this${name}`, '1': `next${name}` };
    }
  }
}

class RelativeTimeFormat {
  #locale;
  #style;
  #numeric;
  #numbers = new NumberFormat('en-US');

  constructor(locales = undefined, options = undefined) {
    this.#locale = resolveLocale(locales);
    options = optionsObject(options);
    this.#style = textOption(options, 'style', ['long', 'short', 'narrow'], 'long', 'Intl.RelativeTimeFormat');
    this.#numeric = textOption(options, 'numeric', ['always', 'auto'], 'always', 'Intl.RelativeTimeFormat');
  }

  #parts(value, unit, method) {
    const number = Number(value);
    const name = `${unit}`.replace(/s$/, '');
    const where = `Intl.RelativeTimeFormat.prototype.${method}()`;
    if (!Object.hasOwn(UNITS, name)) throw new RangeError(`Invalid unit argument for ${where} '${unit}'`);
    if (!Number.isFinite(number)) throw new RangeError(`Value need to be finite number for ${where}`);
    if (this.#numeric === 'auto') {
      const word = words(name, this.#style)[number === 0 ? 0 : number];
      if (word !== undefined) return [{ type: 'literal', value: word }];
    }
    const isPast = number < 0 || Object.is(number, -0);
    const [one, many = one] = UNITS[name][this.#style];
    const called = Math.abs(number) === 1 ? one : many;
    const digits = this.#numbers.formatToParts(Math.abs(number)).map((part) => ({ ...part, unit: name }));
    if (isPast) return [...digits, { type: 'literal', value: `${called} ago` }];
    return [{ type: 'literal', value: 'in ' }, ...digits, { type: 'literal', value: called }];
  }

  format(value, unit) {
    return this.#parts(value, unit, 'format').map((part) => part.value).join('');
  }

  formatToParts(value, unit) {
    return this.#parts(value, unit, 'formatToParts');
  }

  resolvedOptions() {
    return { locale: this.#locale, style: this.#style, numeric: this.#numeric, numberingSystem: 'latn' };
  }
}

exports.RelativeTimeFormat = finish(RelativeTimeFormat, 'RelativeTimeFormat');
