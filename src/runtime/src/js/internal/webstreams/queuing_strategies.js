'use strict';

// How much a stream may hold: https://streams.spec.whatwg.org/#qs

const { codes } = require('internal/errors');
const { kValidateObjectAllowObjects, validateObject } = require('internal/validators');
const { defineInterface, kInspect, showFields } = require('internal/webstreams/util');

/** The number that a strategy is made with. */
function highWaterMarkOf(init) {
  validateObject(init, 'init', kValidateObjectAllowObjects);
  const { highWaterMark } = init;
  if (highWaterMark === undefined) throw new codes.ERR_MISSING_OPTION('init.highWaterMark');
  return +highWaterMark;
}

// The functions are the same for all strategies of a kind, and cannot be constructors.
const { size: byteLengthOf } = { size: (chunk) => chunk.byteLength };
const { size: count } = { size: () => 1 };

class ByteLengthQueuingStrategy {
  #state;

  constructor(init) {
    this.#state = { highWaterMark: highWaterMarkOf(init) };
  }

  get highWaterMark() {
    return this.#state.highWaterMark;
  }

  get size() {
    return this.#state && byteLengthOf;
  }

  [kInspect](depth, options) {
    return showFields(this.constructor.name, depth, options, { highWaterMark: this.highWaterMark });
  }
}

class CountQueuingStrategy {
  #state;

  constructor(init) {
    this.#state = { highWaterMark: highWaterMarkOf(init) };
  }

  get highWaterMark() {
    return this.#state.highWaterMark;
  }

  get size() {
    return this.#state && count;
  }

  [kInspect](depth, options) {
    return showFields(this.constructor.name, depth, options, { highWaterMark: this.highWaterMark });
  }
}

for (const Class of [ByteLengthQueuingStrategy, CountQueuingStrategy]) {
  defineInterface(Class, ['highWaterMark', 'size']);
}

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy };
