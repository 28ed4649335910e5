'use strict';

// https://tc39.es/ecma402/#locale-objects

const { canonicalLocales, finish } = require('internal/intl/common');
const { NotImplementedError } = require('internal/errors');

/** Keywords of Unicode's extension that options give. */
const KEYWORDS = {
  calendar: 'ca', collation: 'co', firstDayOfWeek: 'fw', hourCycle: 'hc', caseFirst: 'kf', numeric: 'kn', numberingSystem: 'nu',
};

class Locale {
  #tag;
  #base;
  #keywords;

  constructor(tag, options = undefined) {
    if (typeof tag !== 'string' && (typeof tag !== 'object' || tag === null)) {
      throw new TypeError('First argument to Intl.Locale constructor can\'t be empty or missing');
    }
    const given = options === undefined ? {} : Object(options);
    const [canonical] = canonicalLocales([`${tag}`]);
    const [base, extension = ''] = canonical.split(/-u-/);
    const parts = /^([a-z]+)(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|\d{3}))?(.*)$/.exec(base) ?? [base, base, undefined, undefined, ''];
    const [language, script, region] = ['language', 'script', 'region'].map((name, index) =>
      (given[name] === undefined ? parts[index + 1] : `${given[name]}`));
    const keywords = new Map();
    let key;
    for (const part of extension.split('-').filter(Boolean)) {
      if (part.length === 2) keywords.set(key = part, '');
      else if (key !== undefined) keywords.set(key, keywords.get(key) ? `${keywords.get(key)}-${part}` : part);
    }
    for (const [name, keyword] of Object.entries(KEYWORDS)) {
      if (given[name] === undefined) continue;
      keywords.set(keyword, name === 'numeric' && given[name] ? '' : `${given[name]}`);
    }
    const ending = [...keywords].sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => (value === '' ? name : `${name}-${value}`)).join('-');
    const whole = [language, script, region].filter((part) => part !== undefined).join('-') + parts[4];
    [this.#tag] = canonicalLocales([ending === '' ? whole : `${whole}-u-${ending}`]);
    [this.#base] = this.#tag.split('-u-');
    this.#keywords = keywords;
  }

  #part(pattern) {
    return pattern.exec(this.#base)?.[1];
  }

  get baseName() { return this.#base; }
  get language() { return this.#part(/^([a-z]+)/); }
  get script() { return this.#part(/-([A-Z][a-z]{3})(?=-|$)/); }
  get region() { return this.#part(/-([A-Z]{2}|\d{3})(?=-|$)/); }
  get calendar() { return this.#keywords.get('ca'); }
  get collation() { return this.#keywords.get('co'); }
  get hourCycle() { return this.#keywords.get('hc'); }
  get caseFirst() { return this.#keywords.get('kf'); }
  get firstDayOfWeek() { return this.#keywords.get('fw'); }
  get numeric() { return ['', 'true'].includes(this.#keywords.get('kn')); }
  get numberingSystem() { return this.#keywords.get('nu'); }

  toString() { return this.#tag; }
  maximize() { throw new NotImplementedError('Intl.Locale.prototype.maximize'); }
  minimize() { throw new NotImplementedError('Intl.Locale.prototype.minimize'); }
}

exports.Locale = finish(Locale, 'Locale');
delete exports.Locale.supportedLocalesOf;
Object.defineProperty(exports.Locale, 'length', { value: 1 });
