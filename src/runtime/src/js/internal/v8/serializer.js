'use strict';

// https://nodejs.org/api/v8.html#class-v8serializer

const { Buffer } = require('buffer');
const types = require('util/types');
const {
  classNameOf, errorTags, REGEXP_FLAGS, tags, VERSION, VIEW_CLASSES, viewTags,
} = require('internal/v8/format');

const INITIAL_SIZE = 64;
const MAX_SMALL_INTEGER = 2 ** 31;

class Serializer {
  #bytes = Buffer.alloc(INITIAL_SIZE);
  #length = 0;
  #ids = new Map();
  #transferred = new Map();
  #treatsViewsAsHost = false;

  // -------------------------------------------------------------------------
  // Bytes
  // -------------------------------------------------------------------------

  #reserve(count) {
    const needed = this.#length + count;
    if (needed > this.#bytes.length) {
      const bytes = Buffer.alloc(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(bytes, 0, 0, this.#length);
      this.#bytes = bytes;
    }
    const at = this.#length;
    this.#length = needed;
    return at;
  }

  #byte(byte) {
    const at = this.#reserve(1);
    this.#bytes[at] = byte;
  }

  #varint(value) {
    while (value >= 0x80) {
      this.#byte(value % 0x80 | 0x80);
      value = Math.floor(value / 0x80);
    }
    this.#byte(value);
  }

  #zigzag(value) {
    this.#varint((value << 1 ^ value >> 31) >>> 0);
  }

  writeHeader() {
    this.#byte(tags.version);
    this.#byte(VERSION);
  }

  writeUint32(value) {
    this.#varint(value >>> 0);
  }

  writeUint64(hi, lo) {
    let value = BigInt(hi >>> 0) << 32n | BigInt(lo >>> 0);
    while (value >= 0x80n) {
      this.#byte(Number(value & 0x7fn) | 0x80);
      value >>= 7n;
    }
    this.#byte(Number(value));
  }

  writeDouble(value) {
    const at = this.#reserve(8);
    this.#bytes.writeDoubleLE(value, at);
  }

  writeRawBytes(source) {
    const isView = ArrayBuffer.isView(source);
    if (!isView && !types.isAnyArrayBuffer(source)) {
      throw invalidBytes('source');
    }
    const bytes = isView ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

  releaseBuffer() {
    const bytes = Buffer.allocUnsafeSlow(this.#length);
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.#bytes = Buffer.alloc(INITIAL_SIZE);
    this.#length = 0;
    return bytes;
  }

  transferArrayBuffer(id, arrayBuffer) {
    this.#transferred.set(arrayBuffer, id);
  }

  _setTreatArrayBufferViewsAsHostObjects(flag) {
    this.#treatsViewsAsHost = Boolean(flag);
  }

  // -------------------------------------------------------------------------
  // Values
  // -------------------------------------------------------------------------

  writeValue(value) {
    switch (typeof value) {
      case 'undefined': this.#byte(tags.undefined); break;
      case 'boolean': this.#byte(value ? tags.true : tags.false); break;
      case 'number': this.#number(value); break;
      case 'bigint':
        this.#byte(tags.bigint);
        this.#bigint(value);
        break;
      case 'string': this.#string(value); break;
      case 'object':
        if (value === null) this.#byte(tags.null);
        else this.#object(value);
        break;
      default:
        this.#refuse(value);
    }
    return true;
  }

  #refuse(value) {
    const isObject = typeof value === 'object' && value !== null;
    const shown = isObject ? `#<${require('util/types').isProxy(value) ? 'Object' : value.constructor?.name ?? 'Object'}>` :
      String(value);
    const message = `${shown} could not be cloned.`;
    if (typeof this._getDataCloneError === 'function') throw new this._getDataCloneError(message);
    throw new Error(message);
  }

  #number(value) {
    if (Number.isInteger(value) && !Object.is(value, -0) && value >= -MAX_SMALL_INTEGER && value < MAX_SMALL_INTEGER) {
      this.#byte(tags.int32);
      this.#zigzag(value);
    } else {
      this.#byte(tags.double);
      this.writeDouble(value);
    }
  }

  #bigint(value) {
    const isNegative = value < 0n;
    let rest = isNegative ? -value : value;
    const bytes = [];
    while (rest > 0n) {
      bytes.push(Number(rest & 0xffn));
      rest >>= 8n;
    }
    // Digits have eight bytes.
    while (bytes.length % 8 !== 0) bytes.push(0);
    this.#varint(bytes.length * 2 + (isNegative ? 1 : 0));
    for (const byte of bytes) this.#byte(byte);
  }

  #string(text) {
    // eslint-disable-next-line no-control-regex
    if (/^[\x00-\xff]*$/.test(text)) {
      this.#byte(tags.oneByte);
      this.#varint(text.length);
      const at = this.#reserve(text.length);
      this.#bytes.write(text, at, 'latin1');
      return;
    }
    const length = text.length * 2;
    // The units are aligned.
    const size = varintSize(length);
    if ((this.#length + 1 + size) % 2 !== 0) this.#byte(tags.padding);
    this.#byte(tags.twoByte);
    this.#varint(length);
    const at = this.#reserve(length);
    this.#bytes.write(text, at, 'utf16le');
  }

  #object(value) {
    const known = this.#ids.get(value);
    if (known !== undefined) {
      this.#byte(tags.reference);
      this.#varint(known);
      return;
    }
    if (ArrayBuffer.isView(value) && !this.#treatsViewsAsHost) {
      // The buffer comes first.
      if (!this.#ids.has(value.buffer)) this.#object(value.buffer);
      this.#ids.set(value, this.#ids.size);
      this.#view(value);
      return;
    }
    this.#ids.set(value, this.#ids.size);
    if (Array.isArray(value)) this.#array(value);
    else if (types.isDate(value)) {
      this.#byte(tags.date);
      this.writeDouble(value.getTime());
    } else if (types.isBoxedPrimitive(value)) this.#boxed(value);
    else if (types.isRegExp(value)) this.#regexp(value);
    else if (types.isMap(value)) this.#map(value);
    else if (types.isSet(value)) this.#set(value);
    else if (types.isAnyArrayBuffer(value)) this.#arrayBuffer(value);
    else if (types.isNativeError(value)) this.#error(value);
    else if (ArrayBuffer.isView(value) || types.isExternal(value)) this.#host(value);
    else if (typeof value === 'function' || types.isProxy(value) || types.isPromise(value) || types.isWeakMap(value) ||
             types.isWeakSet(value)) this.#refuse(value);
    else this.#plain(value);
  }

  #host(value) {
    this.#byte(tags.hostObject);
    if (typeof this._writeHostObject !== 'function') {
      const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
      throw new ERR_METHOD_NOT_IMPLEMENTED('_writeHostObject()');
    }
    this._writeHostObject(value);
  }

  #properties(value, keys) {
    let count = 0;
    for (const key of keys) {
      if (!Object.hasOwn(value, key)) continue;
      this.#key(key);
      this.writeValue(value[key]);
      count++;
    }
    return count;
  }

  #key(key) {
    const index = Number(key);
    if (String(index >>> 0) === key && index < MAX_SMALL_INTEGER) this.#number(index);
    else this.#string(key);
  }

  #plain(value) {
    this.#byte(tags.object);
    const count = this.#properties(value, Object.keys(value));
    this.#byte(tags.endObject);
    this.#varint(count);
  }

  #array(value) {
    const { length } = value;
    const keys = Object.keys(value);
    const isDense = keys.length >= length && (length === 0 || keys[length - 1] === String(length - 1));
    if (isDense) {
      this.#byte(tags.denseArray);
      this.#varint(length);
      for (let i = 0; i < length; i++) {
        if (i in value) this.writeValue(value[i]);
        else this.#byte(tags.hole);
      }
      const others = keys.filter((key) => !(String(key >>> 0) === key && key >>> 0 < length));
      const count = this.#properties(value, others);
      this.#byte(tags.endDenseArray);
      this.#varint(count);
    } else {
      this.#byte(tags.sparseArray);
      this.#varint(length);
      const count = this.#properties(value, keys);
      this.#byte(tags.endSparseArray);
      this.#varint(count);
    }
    this.#varint(length);
  }

  #boxed(value) {
    const primitive = value.valueOf();
    switch (typeof primitive) {
      case 'boolean': this.#byte(primitive ? tags.trueObject : tags.falseObject); break;
      case 'number':
        this.#byte(tags.numberObject);
        this.writeDouble(primitive);
        break;
      case 'bigint':
        this.#byte(tags.bigintObject);
        this.#bigint(primitive);
        break;
      case 'string':
        this.#byte(tags.stringObject);
        this.#string(primitive);
        break;
      default: this.#refuse(value);
    }
  }

  #regexp(value) {
    this.#byte(tags.regexp);
    this.#string(value.source);
    let flags = 0;
    REGEXP_FLAGS.forEach((flag, bit) => {
      if (flag !== undefined && value.flags.includes(flag)) flags |= 1 << bit;
    });
    this.#varint(flags);
  }

  #map(value) {
    this.#byte(tags.map);
    const entries = [...Map.prototype.entries.call(value)];
    for (const [key, entry] of entries) {
      this.writeValue(key);
      this.writeValue(entry);
    }
    this.#byte(tags.endMap);
    this.#varint(entries.length * 2);
  }

  #set(value) {
    this.#byte(tags.set);
    const entries = [...Set.prototype.values.call(value)];
    for (const entry of entries) this.writeValue(entry);
    this.#byte(tags.endSet);
    this.#varint(entries.length);
  }

  #arrayBuffer(value) {
    const id = this.#transferred.get(value);
    if (types.isSharedArrayBuffer(value)) {
      if (typeof this._getSharedArrayBufferId !== 'function') {
        throw new Error('#<SharedArrayBuffer> could not be cloned.');
      }
      this.#byte(tags.sharedArrayBuffer);
      this.#varint(this._getSharedArrayBufferId(value) >>> 0);
    } else if (id !== undefined) {
      this.#byte(tags.arrayBufferTransfer);
      this.#varint(id);
    } else {
      this.#byte(value.resizable ? tags.resizableArrayBuffer : tags.arrayBuffer);
      this.#varint(value.byteLength);
      if (value.resizable) this.#varint(value.maxByteLength);
      this.writeRawBytes(value);
    }
  }

  #view(value) {
    this.#byte(tags.view);
    this.#byte(viewTags[classNameOf(value)].charCodeAt());
    this.#varint(value.byteOffset);
    this.#varint(value.byteLength);
    this.#varint(0);
  }

  #error(value) {
    this.#byte(tags.error);
    const tag = errorTags[value.name];
    if (tag !== undefined) this.#byte(tag.charCodeAt());
    const { message, stack } = value;
    if (Object.hasOwn(value, 'message')) {
      this.#byte('m'.charCodeAt());
      this.#string(String(message));
    }
    if (Object.hasOwn(value, 'cause')) {
      this.#byte('c'.charCodeAt());
      this.writeValue(value.cause);
    }
    if (typeof stack === 'string') {
      this.#byte('s'.charCodeAt());
      this.#string(stack);
    }
    this.#byte('.'.charCodeAt());
  }
}

function invalidBytes(name) {
  const error = new TypeError(`${name} must be a TypedArray or a DataView`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function varintSize(value) {
  let size = 1;
  while (value >= 0x80) {
    value = Math.floor(value / 0x80);
    size++;
  }
  return size;
}

Serializer.prototype._getDataCloneError = Error;

/** The one of `v8.serialize`: views keep their class, and buffers are buffers. */
class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view) {
    if (!ArrayBuffer.isView(view)) throw new Error('Unserializable host object');
    const name = Buffer.isBuffer(view) ? 'Buffer' : classNameOf(view);
    this.writeUint32(VIEW_CLASSES.indexOf(name));
    this.writeUint32(view.byteLength);
    this.writeRawBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }
}

function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

module.exports = { DefaultSerializer, invalidBytes, serialize, Serializer };
