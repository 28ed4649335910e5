'use strict';

// https://html.spec.whatwg.org/multipage/structured-data.html
//
// A value is cloned in one pass, for nothing leaves the thread. Classes of ours say with
// methods of these names what their instances have to be cloned or transferred.

const { codes } = require('internal/errors');
const { describe, isPinned, kindOf, shareBuffer } = native('structured_clone');

/** A method: a clone of the object. */
const kClone = Symbol('messaging_clone_symbol');
/**
 * A method: what takes the object's place, and a function that is called when all has gone
 * well, after which the object is nothing any more.
 */
const kTransfer = Symbol('messaging_transfer_symbol');

const untransferable = new WeakSet();
const uncloneable = new WeakSet();

function dataCloneError(message) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, 'DataCloneError');
}

function throwUncloneable(value) {
  throw dataCloneError(`${describe(value)} could not be cloned.`);
}

const errorClasses = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

const typedArrayName = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const globalViews = Object.fromEntries([
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
  BigInt64Array, BigUint64Array, Float16Array, Float32Array, Float64Array,
].map((Class) => [Class.name, Class]));

/** Whether a view is as long as its buffer, whatever that becomes: nobody says so. */
function isTracking(view) {
  return view.buffer.resizable && view.byteOffset + view.byteLength === view.buffer.byteLength;
}

function unwrap(wrapper) {
  for (const Class of [Boolean, Number, String, BigInt]) {
    try {
      return Class.prototype.valueOf.call(wrapper);
    } catch {
      // It is one of the others.
    }
  }
  return throwUncloneable(wrapper);
}

function copyBuffer(buffer) {
  if (!buffer.resizable) return ArrayBuffer.prototype.slice.call(buffer);
  const copy = new ArrayBuffer(buffer.byteLength, { maxByteLength: buffer.maxByteLength });
  new Uint8Array(copy).set(new Uint8Array(buffer));
  return copy;
}

class Cloner {
  /** What has been cloned, with its clones. */
  #known = new Map();
  /** What is done when all has been cloned. */
  #commits = [];
  #transferred;

  constructor(transferList) {
    this.#transferred = new Set();
    for (const object of transferList) {
      const kind = kindOf(object);
      const isBuffer = kind === 'buffer' || kind === 'detached buffer';
      if (!isBuffer && (kind === undefined || typeof object[kTransfer] !== 'function')) {
        throw dataCloneError('Found invalid value in transferList.');
      }
      if (untransferable.has(object) || kind === 'detached buffer' || isBuffer && isPinned(object)) {
        throw dataCloneError('Cannot transfer object of unsupported type.');
      }
      if (this.#transferred.has(object)) {
        throw dataCloneError(`Transfer list contains duplicate ${isBuffer ? 'ArrayBuffer' : object.constructor.name}`);
      }
      this.#transferred.add(object);
    }
  }

  /** Takes away what is transferred; what has taken its place, in order. */
  finish() {
    const replacements = [];
    for (const object of this.#transferred) replacements.push(this.#known.get(object) ?? this.#transfer(object));
    for (const commit of this.#commits) commit();
    return replacements;
  }

  #transfer(object) {
    if (kindOf(object) === 'buffer') {
      this.#commits.push(() => ArrayBuffer.prototype.transfer.call(object));
      return this.#keep(object, shareBuffer(object));
    }
    const [replacement, commit] = object[kTransfer]();
    this.#commits.push(commit);
    return this.#keep(object, replacement);
  }

  clone(value) {
    switch (typeof value) {
      case 'object':
        if (value === null) return null;
        break;
      case 'function':
      case 'symbol':
        return throwUncloneable(value);
      default:
        return value;
    }
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    return this.#cloneObject(value);
  }

  #keep(object, clone) {
    this.#known.set(object, clone);
    return clone;
  }

  #cloneObject(object) {
    if (this.#transferred.has(object)) return this.#transfer(object);
    const kind = kindOf(object);
    if (kind === undefined || uncloneable.has(object)) throwUncloneable(object);
    if (typeof object[kClone] === 'function') return this.#keep(object, object[kClone](this));
    if (typeof object[kTransfer] === 'function') {
      throw dataCloneError('Object that needs transfer was found in message but not listed in transferList');
    }
    switch (kind) {
      case 'object': {
        if (object === globalThis) throwUncloneable(object);
        return this.#cloneProperties(object, this.#keep(object, {}));
      }
      case 'array': {
        const clone = this.#keep(object, []);
        clone.length = object.length;
        return this.#cloneProperties(object, clone);
      }
      case 'wrapper': return this.#keep(object, Object(unwrap(object)));
      case 'date': return this.#keep(object, new Date(Date.prototype.getTime.call(object)));
      case 'regexp': return this.#keep(object, new RegExp(object.source, object.flags));
      case 'map': {
        const clone = this.#keep(object, new Map());
        for (const [key, value] of [...Map.prototype.entries.call(object)]) {
          const clonedKey = this.clone(key);
          clone.set(clonedKey, this.clone(value));
        }
        return clone;
      }
      case 'set': {
        const clone = this.#keep(object, new Set());
        for (const value of [...Set.prototype.values.call(object)]) clone.add(this.clone(value));
        return clone;
      }
      case 'error': return this.#cloneError(object);
      case 'buffer': return this.#keep(object, copyBuffer(object));
      case 'shared buffer': return this.#keep(object, shareBuffer(object));
      case 'detached buffer':
        throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
      case 'typed array': return this.#cloneView(object, globalViews[typedArrayName.call(object)]);
      case 'view': return this.#cloneView(object, DataView);
      default: return throwUncloneable(object);
    }
  }

  #cloneProperties(object, clone) {
    for (const key of Object.keys(object)) {
      // A getter may have taken it away.
      if (!Object.hasOwn(object, key)) continue;
      const value = this.clone(object[key]);
      if (key === '__proto__') {
        Object.defineProperty(clone, key, { value, writable: true, enumerable: true, configurable: true });
      } else {
        clone[key] = value;
      }
    }
    return clone;
  }

  #cloneError(error) {
    const { name } = error;
    const Class = Object.hasOwn(errorClasses, name) ? errorClasses[name] : Error;
    const made = this.#keep(error, Object.setPrototypeOf(new Error(), Class.prototype));
    delete made.message;
    const own = (key) => Object.getOwnPropertyDescriptor(error, key);
    const define = (key, value) => Object.defineProperty(made, key, {
      value, writable: true, enumerable: false, configurable: true,
    });
    const { stack } = error;
    if (typeof stack === 'string') define('stack', stack);
    else delete made.stack;
    const message = own('message');
    if (message !== undefined && 'value' in message) define('message', `${message.value}`);
    const cause = own('cause');
    if (cause !== undefined && 'value' in cause) define('cause', this.clone(cause.value));
    return made;
  }

  #cloneView(view, Class) {
    const { byteOffset } = view;
    const length = Class === DataView ? view.byteLength : view.length;
    const tracks = isTracking(view);
    const buffer = this.clone(view.buffer);
    return this.#keep(view, tracks ? new Class(buffer, byteOffset) : new Class(buffer, byteOffset, length));
  }
}

function invalidArgument(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_TYPE';
  native('errors').showCodeInStack(error);
  return error;
}

/** The objects of an option `transfer`. */
function transferListOf(options, where) {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw invalidArgument(`${where}: Options cannot be converted to a dictionary`);
  }
  const { transfer } = options;
  if (transfer === undefined) return [];
  const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');
  if (!isObject(transfer) || typeof transfer[Symbol.iterator] !== 'function') {
    throw invalidArgument(`${where}: transfer in Options cannot be converted to sequence.`);
  }
  const list = [...transfer];
  list.forEach((object, index) => {
    if (!isObject(object)) throw invalidArgument(`${where}: transfer in Options[${index}] is not an object.`);
  });
  return list;
}

/** A clone of a value, and what has taken the place of what was transferred. */
function cloneWithTransfer(value, transferList) {
  const cloner = new Cloner(transferList);
  const clone = cloner.clone(value);
  return { clone, transferred: cloner.finish() };
}

/** https://nodejs.org/api/globals.html#structuredclonevalue-options */
function structuredClone(value, options) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('The value argument must be specified');
  const transferList = transferListOf(options, "Failed to execute 'structuredClone'");
  return cloneWithTransfer(value, transferList).clone;
}

module.exports = {
  cloneWithTransfer,
  dataCloneError,
  invalidArgument,
  kClone,
  kTransfer,
  structuredClone,
  transferListOf,
  uncloneable,
  untransferable,
};
