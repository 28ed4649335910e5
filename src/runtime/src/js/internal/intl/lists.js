'use strict';

// https://tc39.es/ecma402/#listformat-objects

const { finish, optionsObject, resolveLocale, textOption } = require('internal/intl/common');

/** Between elements, between two, and before the last of more: by type and style. */
const PATTERNS = {
  conjunction: { long: [', ', ' and ', ', and '], short: [', ', ' & ', ', & '], narrow: [', ', ', ', ', '] },
  disjunction: { long: [', ', ' or ', ', or '], short: [', ', ' or ', ', or '], narrow: [', ', ' or ', ', or '] },
  unit: { long: [', ', ', ', ', '], short: [', ', ', ', ', '], narrow: [' ', ' ', ' '] },
};

class ListFormat {
  #locale;
  #type;
  #style;

  constructor(locales = undefined, options = undefined) {
    this.#locale = resolveLocale(locales);
    options = optionsObject(options);
    this.#type = textOption(options, 'type', Object.keys(PATTERNS), 'conjunction', 'Intl.ListFormat');
    this.#style = textOption(options, 'style', ['long', 'short', 'narrow'], 'long', 'Intl.ListFormat');
  }

  formatToParts(list) {
    const elements = [];
    for (const element of list ?? []) {
      if (typeof element !== 'string') throw new TypeError(`Iterable yielded ${String(element)} which is not a string`);
      elements.push(element);
    }
    const [between, ofTwo, beforeLast] = PATTERNS[this.#type][this.#style];
    const parts = [];
    elements.forEach((value, index) => {
      if (index > 0) {
        const isLast = index === elements.length - 1;
        parts.push({ type: 'literal', value: !isLast ? between : elements.length === 2 ? ofTwo : beforeLast });
      }
      parts.push({ type: 'element', value });
    });
    return parts;
  }

  format(list) {
    return this.formatToParts(list).map(({ value }) => value).join('');
  }

  resolvedOptions() {
    return { locale: this.#locale, type: this.#type, style: this.#style };
  }
}

exports.ListFormat = finish(ListFormat, 'ListFormat');
