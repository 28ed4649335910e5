'use strict';

// https://tc39.es/ecma402/#segmenter-objects
//
// By Unicode's rules (UAX #29), without the dictionaries that scripts want which write no
// spaces between words.

const { finish, optionsObject, resolveLocale, textOption } = require('internal/intl/common');
const { segmentEnds } = native('intl');

const kInternal = Symbol('kInternal');

class Segments {
  #input;
  #granularity;
  #ends;

  constructor(internal, input, granularity) {
    if (internal !== kInternal) throw new TypeError('Illegal constructor');
    this.#input = input;
    this.#granularity = granularity;
  }

  #segment(number) {
    const index = number === 0 ? 0 : this.#ends[number - 1];
    const segment = this.#input.slice(index, this.#ends[number]);
    const data = { segment, index, input: this.#input };
    if (this.#granularity === 'word') data.isWordLike = /[\p{Alphabetic}\p{N}]/u.test(segment);
    return data;
  }

  containing(index = 0) {
    this.#ends ??= segmentEnds(this.#input, this.#granularity);
    const place = Math.trunc(Number(index)) || 0;
    if (place < 0 || place >= this.#input.length) return undefined;
    let low = 0;
    let high = this.#ends.length - 1;
    while (low < high) {
      const middle = low + high >> 1;
      if (this.#ends[middle] > place) high = middle;
      else low = middle + 1;
    }
    return this.#segment(low);
  }

  [Symbol.iterator]() {
    this.#ends ??= segmentEnds(this.#input, this.#granularity);
    let next = 0;
    const iterator = Object.create(SegmentIterator);
    steps.set(iterator, () => (next < this.#ends.length ? this.#segment(next++) : undefined));
    return iterator;
  }
}
delete Segments.prototype.constructor;

const steps = new WeakMap();
const SegmentIterator = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), {
  next: {
    configurable: true,
    writable: true,
    value: { next() {
      const step = steps.get(this);
      if (step === undefined) throw new TypeError('Method %SegmentIterator.prototype%.next called on incompatible receiver');
      const value = step();
      return { value, done: value === undefined };
    } }.next,
  },
  [Symbol.toStringTag]: { configurable: true, value: 'Segmenter String Iterator' },
});

class Segmenter {
  #locale;
  #granularity;

  constructor(locales = undefined, options = undefined) {
    this.#locale = resolveLocale(locales);
    this.#granularity = textOption(
      optionsObject(options), 'granularity', ['grapheme', 'word', 'sentence'], 'grapheme', 'Intl.Segmenter');
  }

  segment(input) {
    return new Segments(kInternal, `${input}`, this.#granularity);
  }

  resolvedOptions() {
    return { locale: this.#locale, granularity: this.#granularity };
  }
}

exports.Segmenter = finish(Segmenter, 'Segmenter');
