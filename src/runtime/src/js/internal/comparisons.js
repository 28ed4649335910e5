'use strict';

// Deep equality: https://nodejs.org/api/assert.html#assertdeepstrictequalactual-expected-message

const types = require('util/types');
const { className } = native('values');

/** `==` for primitives, and prototypes do not count. */
const LOOSE = 0;
const STRICT = 1;
/** What is expected may be a part of what there is. */
const PARTIAL = 2;
/** Strict, but for prototypes. */
const STRICT_WITHOUT_PROTOTYPES = 3;

/** What an object has beside properties. */
const NOTHING = 0;
const ELEMENTS = 1;
const SET = 2;
const MAP = 3;

const toTag = (value) => Object.prototype.toString.call(value);
const isObject = (value) => typeof value === 'object' && value !== null;
const isEnumerable = (object, key) => Object.prototype.propertyIsEnumerable.call(object, key);
const { hasOwn } = Object;

// ---------------------------------------------------------------------------
// Values
// ---------------------------------------------------------------------------

/** `memo` holds the objects around the two, to find cycles. */
function areEqual(actual, expected, mode, memo) {
  if (actual === expected) return actual !== 0 || mode === LOOSE || Object.is(actual, expected);
  if (mode === LOOSE) {
    if (!isObject(actual)) {
      return !isObject(expected) &&
        // eslint-disable-next-line eqeqeq
        (actual == expected || actual !== actual && expected !== expected);
    }
    if (!isObject(expected)) return false;
  } else {
    if (!isObject(actual)) return typeof actual === 'number' && actual !== actual && expected !== expected;
    if (!isObject(expected)) return false;
    if (mode === STRICT && !haveSameClass(actual, expected)) return false;
  }

  if (toTag(actual) !== toTag(expected)) return false;

  if (Array.isArray(actual)) {
    if (!Array.isArray(expected)) return false;
    if (mode === PARTIAL ? actual.length < expected.length : actual.length !== expected.length) return false;
    const keys = namedKeys(expected, mode);
    if (mode !== PARTIAL && keys.length !== namedKeys(actual, mode).length) return false;
    return haveEqualKeys(actual, expected, mode, memo, ELEMENTS, keys);
  }
  if (types.isDate(actual)) {
    if (!types.isDate(expected)) return false;
    const times = [actual, expected].map((date) => Date.prototype.getTime.call(date));
    if (!(times[0] === times[1] || Number.isNaN(times[0]) && Number.isNaN(times[1]))) return false;
  } else if (types.isRegExp(actual)) {
    if (!types.isRegExp(expected) || actual.source !== expected.source ||
        actual.flags !== expected.flags || actual.lastIndex !== expected.lastIndex) return false;
  } else if (types.isArrayBufferView(actual)) {
    if (!areEqualViews(actual, expected, mode)) return false;
    const keys = namedKeys(expected, mode);
    if (mode !== PARTIAL && keys.length !== namedKeys(actual, mode).length) return false;
    return haveEqualKeys(actual, expected, mode, memo, NOTHING, keys);
  } else if (types.isSet(actual)) {
    if (!types.isSet(expected) || !areSizesRight(actual.size, expected.size, mode)) return false;
    return haveEqualKeys(actual, expected, mode, memo, SET);
  } else if (types.isMap(actual)) {
    if (!types.isMap(expected) || !areSizesRight(actual.size, expected.size, mode)) return false;
    return haveEqualKeys(actual, expected, mode, memo, MAP);
  } else if (types.isAnyArrayBuffer(actual)) {
    if (!types.isAnyArrayBuffer(expected) ||
        !areEqualBytes(new Uint8Array(actual), new Uint8Array(expected), mode)) return false;
  } else if (types.isNativeError(actual) || actual instanceof Error) {
    if (!areEqualErrors(actual, expected, mode, memo)) return false;
  } else if (types.isBoxedPrimitive(actual)) {
    if (!areEqualWrappers(actual, expected)) return false;
  } else if (isOfAnotherKind(expected)) {
    return false;
  } else if (types.isWeakMap(actual) || types.isWeakSet(actual) || types.isPromise(actual)) {
    // Nobody can tell what is in there.
    return false;
  } else if (isUrl(actual)) {
    if (!isUrl(expected) || actual.href !== expected.href) return false;
  } else if (types.isKeyObject(actual) || types.isCryptoKey(actual)) {
    if (typeof actual.equals === 'function' && !actual.equals(expected)) return false;
  }
  return haveEqualKeys(actual, expected, mode, memo, NOTHING);
}

const WELL_KNOWN = new Set([
  Array, ArrayBuffer, BigInt, Boolean, DataView, Date, Error, Function, Map, Number, Object, Promise,
  RegExp, Set, String, Symbol, WeakMap, WeakSet,
]);

/** Whether two objects have one constructor; if that is of no use, one prototype. */
function haveSameClass(actual, expected) {
  const { constructor } = actual;
  if (WELL_KNOWN.has(constructor) || constructor !== undefined && !hasOwn(actual, 'constructor')) {
    return constructor === expected.constructor;
  }
  return Object.getPrototypeOf(actual) === Object.getPrototypeOf(expected);
}

const areSizesRight = (actual, expected, mode) => (
  mode === PARTIAL ? actual >= expected : actual === expected);

function isOfAnotherKind(value) {
  return Array.isArray(value) || types.isArrayBufferView(value) || types.isSet(value) ||
    types.isMap(value) || types.isDate(value) || types.isRegExp(value) ||
    types.isAnyArrayBuffer(value) || types.isBoxedPrimitive(value) ||
    types.isNativeError(value) || value instanceof Error;
}

const isUrl = (value) => {
  const { URL } = globalThis;
  return typeof URL === 'function' && value instanceof URL;
};

/** The keys of enumerable properties that are no elements. */
function namedKeys(object, mode) {
  const keys = Object.keys(object);
  const { length } = object;
  // The elements come first.
  let count = 0;
  while (count < keys.length && isIndexOf(keys[count], length)) count++;
  const named = keys.slice(count);
  if (mode !== LOOSE) {
    for (const symbol of Object.getOwnPropertySymbols(object)) {
      if (isEnumerable(object, symbol)) named.push(symbol);
    }
  }
  return named;
}

function isIndexOf(key, length) {
  const index = Number(key);
  return index >= 0 && (index < length || index < 2 ** 32 - 1) && String(index) === key && Number.isInteger(index);
}

// ---------------------------------------------------------------------------
// What objects are beside their properties
// ---------------------------------------------------------------------------

function areEqualViews(actual, expected, mode) {
  if (!types.isArrayBufferView(expected) || className(actual) !== className(expected)) return false;
  if (mode === LOOSE && /^Float/.test(className(actual) ?? '')) {
    if (actual.byteLength !== expected.byteLength) return false;
    for (let i = 0; i < actual.length; i++) {
      if (actual[i] !== expected[i]) return false;
    }
    return true;
  }
  const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if (mode === PARTIAL && className(actual) !== undefined && actual.byteLength !== expected.byteLength) {
    return isSubsequence(actual, expected);
  }
  return areEqualBytes(bytesOf(actual), bytesOf(expected), mode);
}

function areEqualBytes(actual, expected, mode) {
  if (mode === PARTIAL && actual.length !== expected.length) return isSubsequence(actual, expected);
  if (actual.length !== expected.length) return false;
  for (let i = 0; i < actual.length; i++) if (actual[i] !== expected[i]) return false;
  return true;
}

/** Whether all of `expected` come in `actual`, in their order. */
function isSubsequence(actual, expected) {
  const spare = actual.length - expected.length;
  if (spare < 0) return false;
  let at = 0;
  for (let i = 0; i < expected.length; i++, at++) {
    while (!Object.is(actual[at], expected[i])) if (++at > spare + i) return false;
  }
  return true;
}

function areEqualErrors(actual, expected, mode, memo) {
  if (!types.isNativeError(expected) && !(expected instanceof Error)) return false;
  // The stacks may differ.
  for (const name of ['message', 'name', 'cause', 'errors']) {
    // What is enumerable is among the properties.
    if (isEnumerable(expected, name)) continue;
    if (mode === PARTIAL && (expected[name] === undefined || name === 'message' && expected[name] === '')) continue;
    if (!areEqual(actual[name], expected[name], mode, memo)) return false;
  }
  const hasCause = hasOwn(expected, 'cause');
  return hasCause === hasOwn(actual, 'cause') || mode === PARTIAL && !hasCause;
}

function areEqualWrappers(actual, expected) {
  for (const [is, prototype] of [
    [types.isNumberObject, Number.prototype],
    [types.isStringObject, String.prototype],
    [types.isBooleanObject, Boolean.prototype],
    [types.isBigIntObject, BigInt.prototype],
    [types.isSymbolObject, Symbol.prototype],
  ]) {
    if (is(actual)) {
      return is(expected) && Object.is(prototype.valueOf.call(actual), prototype.valueOf.call(expected));
    }
  }
  return false;
}

// ---------------------------------------------------------------------------
// Properties, elements and entries
// ---------------------------------------------------------------------------

function haveEqualKeys(actual, expected, mode, memo, kind, given) {
  const keys = given ?? Object.keys(expected);
  if (given === undefined) {
    if (mode !== PARTIAL && keys.length !== Object.keys(actual).length) return false;
  }
  for (const key of keys) if (!isEnumerable(actual, key)) return false;

  if (given === undefined && mode !== LOOSE) {
    let count = 0;
    for (const symbol of Object.getOwnPropertySymbols(expected)) {
      if (!isEnumerable(expected, symbol)) continue;
      if (!isEnumerable(actual, symbol)) return false;
      keys.push(symbol);
      count++;
    }
    if (mode !== PARTIAL) {
      for (const symbol of Object.getOwnPropertySymbols(actual)) if (isEnumerable(actual, symbol)) count--;
      if (count !== 0) return false;
    }
  }

  if (keys.length === 0) {
    if (kind === NOTHING || kind === ELEMENTS && expected.length === 0 || expected.size === 0) return true;
  }

  // In a cycle, both must be where they have been before.
  const { size } = memo;
  memo.add(actual);
  memo.add(expected);
  if (memo.size !== size + 2) return memo.size === size;
  const result = haveEqualContents(actual, expected, mode, keys, memo, kind);
  memo.delete(actual);
  memo.delete(expected);
  return result;
}

function haveEqualContents(actual, expected, mode, keys, memo, kind) {
  for (const key of keys) if (!areEqual(actual[key], expected[key], mode, memo)) return false;
  switch (kind) {
    case ELEMENTS:
      return mode === PARTIAL ?
        areElementsWithin(actual, expected, mode, memo) :
        areElementsEqual(actual, expected, mode, memo);
    case SET: return areSetsEqual(actual, expected, mode, memo);
    case MAP: return areMapsEqual(actual, expected, mode, memo);
    default: return true;
  }
}

function areElementsEqual(actual, expected, mode, memo) {
  for (let i = 0; i < actual.length; i++) {
    if (expected[i] === undefined) {
      // From the first hole on, what counts is which elements there are.
      if (!hasOwn(expected, i)) return areSparseElementsEqual(actual, expected, mode, memo, i);
      if (actual[i] !== undefined && (mode !== LOOSE || actual[i] !== null) || !hasOwn(actual, i)) return false;
    } else if (actual[i] === undefined && (mode !== LOOSE || expected[i] !== null) ||
        !areEqual(actual[i], expected[i], mode, memo)) {
      return false;
    }
  }
  return true;
}

function areSparseElementsEqual(actual, expected, mode, memo, from) {
  const keys = Object.keys(actual);
  if (keys.length !== Object.keys(expected).length) return false;
  for (let at = from; at < keys.length; at++) {
    const key = keys[at];
    const isThere = expected[key] !== undefined || hasOwn(expected, key);
    if (!isThere || !areEqual(actual[key], expected[key], mode, memo)) return false;
  }
  return true;
}

function areElementsWithin(actual, expected, mode, memo) {
  let at = 0;
  const spare = actual.length - expected.length;
  for (let i = 0; i < expected.length; i++, at++) {
    // Holes match whatever there is.
    if (expected[i] === undefined && !hasOwn(expected, i)) {
      return areSparseElementsWithin(actual, expected, mode, memo, i);
    }
    const isMatch = () => (expected[i] !== undefined || hasOwn(actual, at)) &&
      areEqual(actual[at], expected[i], mode, memo);
    while (!isMatch()) if (++at > spare + i) return false;
  }
  return true;
}

function areSparseElementsWithin(actual, expected, mode, memo, from) {
  const theirs = Object.keys(expected).slice(from);
  const ours = Object.keys(actual).slice(from);
  if (ours.length < theirs.length) return false;
  let at = 0;
  const spare = ours.length - theirs.length;
  for (let i = 0; i < theirs.length; i++, at++) {
    while (!areEqual(actual[ours[at]], expected[theirs[i]], mode, memo)) if (++at > spare + i) return false;
  }
  return true;
}

/** Takes the first of some that is equal; whether there is one. */
function takeEqual(candidates, value, mode, memo, also) {
  for (let i = 0; i < candidates.length; i++) {
    const each = candidates[i];
    if (areEqual(each, value, mode, memo) && (also === undefined || also(each))) {
      candidates.splice(i, 1);
      return true;
    }
  }
  return false;
}

function areSetsEqual(actual, expected, mode, memo) {
  const unmatched = [];
  for (const value of expected) {
    if (isObject(value) || !actual.has(value)) {
      // Only what is loosely equal can make up for a primitive.
      if (!isObject(value) && (mode !== LOOSE || typeof value === 'symbol')) return false;
      unmatched.push(value);
    }
  }
  if (unmatched.length === 0) return true;
  const candidates = [];
  for (const value of actual) {
    if (isObject(value) || mode === LOOSE && !expected.has(value)) candidates.push(value);
  }
  // Those that are the same are found without comparisons.
  const rest = [];
  for (const value of unmatched) {
    const at = candidates.indexOf(value);
    if (at >= 0) candidates.splice(at, 1);
    else rest.push(value);
  }
  for (const value of rest) if (!takeEqual(candidates, value, mode, memo)) return false;
  return mode === PARTIAL || candidates.length === 0;
}

function areMapsEqual(actual, expected, mode, memo) {
  const unmatched = [];
  for (const [key, value] of expected) {
    if (isObject(key)) {
      unmatched.push(key);
      continue;
    }
    const own = actual.get(key);
    if (own === undefined && !actual.has(key) || !areEqual(own, value, mode, memo)) {
      if (mode !== LOOSE) return false;
      unmatched.push(key);
    }
  }
  if (unmatched.length === 0) return true;
  const candidates = [];
  for (const key of actual.keys()) {
    if (isObject(key)) candidates.push(key);
    else if (mode === LOOSE && !(expected.has(key) && areEqual(actual.get(key), expected.get(key), mode, memo))) {
      candidates.push(key);
    }
  }
  for (const key of unmatched) {
    const value = expected.get(key);
    const hasValue = (own) => areEqual(actual.get(own), value, mode, memo);
    if (!takeEqual(candidates, key, mode, memo, hasValue)) return false;
  }
  return mode === PARTIAL || candidates.length === 0;
}

// ---------------------------------------------------------------------------

const isDeepEqual = (a, b) => areEqual(a, b, LOOSE, new Set());
const isDeepStrictEqual = (a, b, skipPrototype) => (
  areEqual(a, b, skipPrototype ? STRICT_WITHOUT_PROTOTYPES : STRICT, new Set()));
const isPartialStrictEqual = (a, b) => areEqual(a, b, PARTIAL, new Set());

module.exports = { isDeepEqual, isDeepStrictEqual, isPartialStrictEqual };
