'use strict';

// https://nodejs.org/api/v8.html#class-v8deserializer

const { Buffer } = require('buffer');
const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { invalidBytes } = require('internal/v8/serializer');
const { errorTags, REGEXP_FLAGS, tags, VERSION, VIEW_CLASSES, viewTags } = require('internal/v8/format');

const invert = (table) => Object.fromEntries(Object.entries(table).map(([name, tag]) => [tag.charCodeAt(), name]));
const viewNames = invert(viewTags);
const errorNames = invert(errorTags);

const letter = (text) => text.charCodeAt();

class Deserializer {
  #bytes;
  #at = 0;
  #version = 0;
  #objects = [];
  #transferred = new Map();

  constructor(buffer) {
    if (!ArrayBuffer.isView(buffer)) {
      throw invalidBytes('buffer');
    }
    this.buffer = buffer;
    this.#bytes = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  // -------------------------------------------------------------------------
  // Bytes
  // -------------------------------------------------------------------------

  #fail(message = 'Unable to deserialize cloned data.') {
    throw new Error(message);
  }

  #byte() {
    if (this.#at >= this.#bytes.length) this.#fail();
    return this.#bytes[this.#at++];
  }

  #varint() {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
      if (factor > 2 ** 53) this.#fail();
    }
  }

  #zigzag() {
    const value = this.#varint() >>> 0;
    return value >>> 1 ^ -(value & 1);
  }

  #take(length) {
    if (length > this.#bytes.length - this.#at) this.#fail();
    const at = this.#at;
    this.#at += length;
    return this.#bytes.subarray(at, at + length);
  }

  readHeader() {
    if (this.#bytes[this.#at] !== tags.version) throw new Error('Unable to deserialize cloned data due to invalid or unsupported version.');
    this.#at++;
    this.#version = this.#varint();
    if (this.#version > VERSION) throw new Error('Unable to deserialize cloned data due to invalid or unsupported version.');
    return true;
  }

  getWireFormatVersion() {
    return this.#version;
  }

  readUint32() {
    try {
      return this.#varint() >>> 0;
    } catch {
      throw new Error('ReadUint32() failed');
    }
  }

  readUint64() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (this.#at >= this.#bytes.length || shift > 63n) throw new Error('ReadUint64() failed');
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return [Number(value >> 32n & 0xffffffffn), Number(value & 0xffffffffn)];
  }

  readDouble() {
    if (this.#bytes.length - this.#at < 8) throw new Error('ReadDouble() failed');
    return this.#take(8).readDoubleLE(0);
  }

  /** Where raw bytes are in the buffer. */
  _readRawBytes(length) {
    if (length > this.#bytes.length - this.#at) throw new Error('ReadRawBytes() failed');
    const at = this.#at;
    this.#at += length;
    return at;
  }

  readRawBytes(length) {
    const at = this._readRawBytes(length);
    return Buffer.from(this.buffer.buffer, this.buffer.byteOffset + at, length);
  }

  transferArrayBuffer(id, arrayBuffer) {
    this.#transferred.set(id, arrayBuffer);
  }

  // -------------------------------------------------------------------------
  // Values
  // -------------------------------------------------------------------------

  readValue() {
    const value = this.#value();
    // A view stands behind its buffer.
    if (value instanceof ArrayBuffer && this.#bytes[this.#at] === tags.view) {
      this.#at++;
      return this.#view(value);
    }
    return value;
  }

  #tag() {
    let tag;
    do tag = this.#byte(); while (tag === tags.padding);
    return tag;
  }

  #keep(value) {
    this.#objects.push(value);
    return value;
  }

  #value() {
    const tag = this.#tag();
    switch (tag) {
      case tags.undefined: return undefined;
      case tags.null: return null;
      case tags.true: return true;
      case tags.false: return false;
      case tags.int32: return this.#zigzag();
      case tags.uint32: return this.#varint();
      case tags.double: return this.#take(8).readDoubleLE(0);
      case tags.bigint: return this.#bigint();
      case tags.oneByte: return this.#take(this.#varint()).toString('latin1');
      case tags.twoByte: return this.#take(this.#varint()).toString('utf16le');
      case tags.utf8: return this.#take(this.#varint()).toString('utf8');
      case tags.reference: return this.#reference();
      case tags.object: return this.#plain();
      case tags.sparseArray: return this.#sparse();
      case tags.denseArray: return this.#dense();
      case tags.date: return this.#keep(new Date(this.#take(8).readDoubleLE(0)));
      case tags.trueObject: return this.#keep(Object(true));
      case tags.falseObject: return this.#keep(Object(false));
      case tags.numberObject: return this.#keep(Object(this.#take(8).readDoubleLE(0)));
      case tags.bigintObject: return this.#keep(Object(this.#bigint()));
      case tags.stringObject: return this.#string();
      case tags.regexp: return this.#regexp();
      case tags.map: return this.#map();
      case tags.set: return this.#set();
      case tags.arrayBuffer: {
        const bytes = this.#take(this.#varint());
        return this.#keep(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      }
      case tags.resizableArrayBuffer: return this.#resizable();
      case tags.arrayBufferTransfer: {
        const buffer = this.#transferred.get(this.#varint());
        return this.#keep(buffer ?? this.#fail());
      }
      case tags.error: return this.#error();
      case tags.hostObject: {
        const id = this.#objects.push(undefined) - 1;
        if (typeof this._readHostObject !== 'function') throw new ERR_METHOD_NOT_IMPLEMENTED('_readHostObject()');
        return (this.#objects[id] = this._readHostObject());
      }
      default: return this.#fail();
    }
  }

  #reference() {
    const id = this.#varint();
    if (id >= this.#objects.length) this.#fail();
    const value = this.#objects[id];
    return value;
  }

  #bigint() {
    const bits = this.#varint();
    const bytes = this.#take(bits >>> 1);
    let value = 0n;
    for (let i = bytes.length - 1; i >= 0; i--) value = value << 8n | BigInt(bytes[i]);
    return bits & 1 ? -value : value;
  }

  #properties(object, end) {
    let count = 0;
    for (;;) {
      if (this.#bytes[this.#at] === end) {
        this.#at++;
        if (this.#varint() !== count) this.#fail();
        return;
      }
      const key = this.readValue();
      if (typeof key !== 'string' && typeof key !== 'number') this.#fail();
      Object.defineProperty(object, key, {
        value: this.readValue(), writable: true, enumerable: true, configurable: true,
      });
      count++;
    }
  }

  #plain() {
    const object = this.#keep({});
    this.#properties(object, tags.endObject);
    return object;
  }

  #dense() {
    const length = this.#varint();
    if (length > this.#bytes.length - this.#at) this.#fail();
    const array = this.#keep([]);
    array.length = length;
    for (let i = 0; i < length; i++) {
      if (this.#bytes[this.#at] === tags.hole) this.#at++;
      else array[i] = this.readValue();
    }
    this.#properties(array, tags.endDenseArray);
    this.#varint();
    return array;
  }

  #sparse() {
    const length = this.#varint();
    const array = this.#keep([]);
    array.length = length;
    this.#properties(array, tags.endSparseArray);
    this.#varint();
    return array;
  }

  #string() {
    const id = this.#objects.push(undefined) - 1;
    return (this.#objects[id] = Object(this.#value()));
  }

  #regexp() {
    const id = this.#objects.push(undefined) - 1;
    const source = this.#value();
    const bits = this.#varint();
    const flags = REGEXP_FLAGS.filter((flag, bit) => flag !== undefined && bits & 1 << bit);
    return (this.#objects[id] = new RegExp(source, flags.join('')));
  }

  #map() {
    const map = this.#keep(new Map());
    let count = 0;
    while (this.#bytes[this.#at] !== tags.endMap) {
      const key = this.readValue();
      map.set(key, this.readValue());
      count += 2;
    }
    this.#at++;
    if (this.#varint() !== count) this.#fail();
    return map;
  }

  #set() {
    const set = this.#keep(new Set());
    let count = 0;
    while (this.#bytes[this.#at] !== tags.endSet) {
      set.add(this.readValue());
      count++;
    }
    this.#at++;
    if (this.#varint() !== count) this.#fail();
    return set;
  }

  #resizable() {
    const length = this.#varint();
    const maxByteLength = this.#varint();
    const bytes = this.#take(length);
    if (maxByteLength < length) this.#fail();
    const buffer = new ArrayBuffer(length, { maxByteLength });
    new Uint8Array(buffer).set(bytes);
    return this.#keep(buffer);
  }

  #view(buffer) {
    const name = viewNames[this.#byte()];
    const offset = this.#varint();
    const length = this.#varint();
    if (this.#version >= 14) this.#varint();
    if (name === undefined || offset + length > buffer.byteLength) this.#fail();
    const View = globalThis[name];
    return this.#keep(new View(buffer, offset, length / (View.BYTES_PER_ELEMENT ?? 1)));
  }

  #error() {
    const id = this.#objects.push(undefined) - 1;
    let Class = Error;
    let message;
    let stack;
    const options = {};
    for (;;) {
      const tag = this.#byte();
      if (errorNames[tag] !== undefined) Class = globalThis[errorNames[tag]];
      else if (tag === letter('m')) message = this.#value();
      else if (tag === letter('c')) options.cause = this.readValue();
      else if (tag === letter('s')) stack = this.#value();
      else if (tag === letter('.')) break;
      else this.#fail();
    }
    const error = new Class(message, options);
    Object.defineProperty(error, 'stack', { value: stack, writable: true, enumerable: false, configurable: true });
    return (this.#objects[id] = error);
  }
}

/** The one of `v8.deserialize`. */
class DefaultDeserializer extends Deserializer {
  _readHostObject() {
    const name = VIEW_CLASSES[this.readUint32()];
    const length = this.readUint32();
    const at = this._readRawBytes(length);
    const offset = this.buffer.byteOffset + at;
    if (name === 'Buffer') return Buffer.from(this.buffer.buffer, offset, length);
    const View = globalThis[name];
    const size = View.BYTES_PER_ELEMENT ?? 1;
    if (offset % size === 0) return new View(this.buffer.buffer, offset, length / size);
    // Elements stand aligned.
    const copy = Buffer.allocUnsafeSlow(length);
    copy.set(new Uint8Array(this.buffer.buffer, offset, length));
    return new View(copy.buffer, copy.byteOffset, length / size);
  }
}

function deserialize(buffer) {
  const isView = ArrayBuffer.isView(buffer);
  if (!isView && !require('util/types').isAnyArrayBuffer(buffer)) {
    throw invalidBytes('buffer');
  }
  const deserializer = new DefaultDeserializer(isView ? buffer : Buffer.from(buffer));
  deserializer.readHeader();
  return deserializer.readValue();
}

module.exports = { DefaultDeserializer, deserialize, Deserializer };
