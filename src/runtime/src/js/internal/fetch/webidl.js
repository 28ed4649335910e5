'use strict';

// How values of programs become what `fetch` works with, and what is said of those that do not.
// https://webidl.spec.whatwg.org/#js-type-mapping


/** `prefix` says where it was, `what` what is wrong. */
function exception(prefix, what) {
  return new TypeError(`${prefix}: ${what}`);
}

function illegalInvocation() {
  const error = new TypeError('Illegal invocation');
  error.code = 'ERR_INVALID_THIS';
  native('errors').showCodeInStack(error);
  return error;
}

function argumentCount(count, least, prefix) {
  if (count >= least) return;
  const plural = least === 1 ? '' : 's';
  throw exception(prefix, `${least} argument${plural} required, but${count > 0 ? ' only' : ''} ${count} found.`);
}

/** A value as messages show it. */
function shown(value) {
  switch (typeof value) {
    case 'symbol': return `Symbol(${value.description})`;
    case 'object': return require('internal/inspect').inspect(value);
    case 'string': return `"${value}"`;
    case 'bigint': return `${value}n`;
    default: return `${value}`;
  }
}

const NO_BYTE = /[^\0-\xff]/;

/** Whether nothing has to be done to have one. */
const isByteString = (value) => typeof value === 'string' && !NO_BYTE.test(value);

function toByteString(value, prefix, what) {
  if (typeof value === 'symbol') {
    throw exception(prefix, `${what} is a symbol, which cannot be converted to a ByteString.`);
  }
  const text = String(value);
  if (NO_BYTE.test(text)) {
    const index = text.search(NO_BYTE);
    throw new TypeError(
      `Cannot convert argument to a ByteString because the character at index ${index} has a value of ` +
      `${text.charCodeAt(index)} which is greater than 255.`);
  }
  return text;
}

function toDomString(value, prefix, what) {
  if (typeof value === 'symbol') {
    throw exception(prefix, `${what} is a symbol, which cannot be converted to a DOMString.`);
  }
  return String(value);
}

function toUsvString(value, prefix, what) {
  if (typeof value === 'symbol') {
    throw exception(prefix, `${what} is a symbol, which cannot be converted to a USVString.`);
  }
  return String(value).toWellFormed();
}

function toUnsignedShort(value) {
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? number & 0xFFFF : 0;
}

const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');

/** A dictionary may be left out. */
function checkDictionary(value) {
  if (value === undefined || value === null || isObject(value)) return;
  throw exception(undefined, `Expected ${String(value)} to be one of: Null, Undefined, Object.`);
}

function toEnum(value, allowed) {
  const text = String(value);
  if (!allowed.includes(text)) {
    throw exception(undefined, `${text} is not an accepted type. Expected one of ${allowed.join(', ')}.`);
  }
  return text;
}

function expectInstance(prefix, what, value, Class) {
  return exception(prefix, `Expected ${what} ("${shown(value)}") to be an instance of ${Class}.`);
}

// ---------------------------------------------------------------------------
// Classes
// ---------------------------------------------------------------------------

/** Makes members of a class visible, and gives it a tag. */
function defineMembers(Class, names) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { configurable: true, value: Class.name });
}

const kPairs = Symbol('kPairs');

/**
 * Gives a class the methods of one that is iterated over; `pairsOf(object)` gives the pairs as
 * they are now, and throws if it is no such object.
 */
function defineIteration(Class, pairsOf) {
  const { name } = Class;
  const prototype = Object.create(Iterator.prototype, {
    next: {
      configurable: true,
      enumerable: true,
      writable: true,
      value: { next() {
        const state = isObject(this) ? this[kPairs] : undefined;
        if (state === undefined || state.Class !== Class) {
          throw new TypeError(`'next' called on an object that does not implement interface ${name} Iterator.`);
        }
        const pairs = pairsOf(state.target);
        if (state.index >= pairs.length) return { value: undefined, done: true };
        return { value: state.pick(pairs[state.index++]), done: false };
      } }.next,
    },
    [Symbol.toStringTag]: { configurable: true, value: `${name} Iterator` },
  });

  function iterate(target, pick) {
    pairsOf(target);
    return Object.create(prototype, { [kPairs]: { value: { Class, target, pick, index: 0 } } });
  }

  const methods = {
    keys: function keys() {
      return iterate(this, ([key]) => key);
    },
    values: function values() {
      return iterate(this, ([, value]) => value);
    },
    entries: function entries() {
      return iterate(this, ([key, value]) => [key, value]);
    },
    forEach: function forEach(callback, thisArg = undefined) {
      pairsOf(this);
      argumentCount(arguments.length, 1, `${name}.forEach`);
      if (typeof callback !== 'function') {
        throw new TypeError(`Failed to execute 'forEach' on '${name}': parameter 1 is not of type 'Function'.`);
      }
      for (let index = 0; index < pairsOf(this).length; index++) {
        const [key, value] = pairsOf(this)[index];
        Reflect.apply(callback, thisArg, [value, key, this]);
      }
    },
  };
  for (const [key, value] of Object.entries(methods)) {
    Object.defineProperty(Class.prototype, key, { configurable: true, enumerable: true, writable: true, value });
  }
  Object.defineProperty(Class.prototype, Symbol.iterator, {
    configurable: true, writable: true, value: methods.entries,
  });
}

module.exports = {
  argumentCount,
  checkDictionary,
  defineIteration,
  defineMembers,
  exception,
  expectInstance,
  illegalInvocation,
  isByteString,
  isObject,
  shown,
  toByteString,
  toDomString,
  toEnum,
  toUnsignedShort,
  toUsvString,
};
