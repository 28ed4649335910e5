'use strict';

// https://webidl.spec.whatwg.org/#quotaexceedederror

const { DOMException } = require('internal/dom_exception');
const { kClone } = require('internal/structured_clone');

const quotas = new WeakMap();

/** A member of the options, which is a number that is not negative, or null. */
function numberOf(options, name) {
  if (!(name in options)) return null;
  const number = Number(options[name]);
  if (!Number.isFinite(number)) {
    throw new TypeError(`Cannot convert options.${name} to a double: the value is ${number}`);
  }
  if (number < 0) throw new RangeError(`options.${name} must not be negative`);
  return number;
}

function stateOf(error) {
  const state = error === null || typeof error !== 'object' ? undefined : quotas.get(error);
  if (state === undefined) {
    const failure = new TypeError('Value of "this" must be of QuotaExceededError');
    failure.code = 'ERR_INVALID_THIS';
    native('errors').showCodeInStack(failure);
    throw failure;
  }
  return state;
}

class QuotaExceededError extends DOMException {
  constructor(message = '', options = {}) {
    super(message, 'QuotaExceededError');
    options ??= {};
    const quota = numberOf(options, 'quota');
    const requested = numberOf(options, 'requested');
    if (quota !== null && requested !== null && requested < quota) {
      throw new RangeError('options.requested must not be less than options.quota');
    }
    quotas.set(this, { quota, requested });
  }

  get quota() {
    return stateOf(this).quota;
  }

  get requested() {
    return stateOf(this).requested;
  }

  [kClone]() {
    const { quota, requested } = stateOf(this);
    const clone = new QuotaExceededError(this.message);
    quotas.set(clone, { quota, requested });
    Object.defineProperty(clone, 'stack', { value: this.stack, configurable: true, writable: true });
    return clone;
  }
}

Object.defineProperties(QuotaExceededError.prototype, {
  quota: { enumerable: true },
  requested: { enumerable: true },
  [Symbol.toStringTag]: { configurable: true, value: 'QuotaExceededError' },
});

module.exports = { QuotaExceededError };
