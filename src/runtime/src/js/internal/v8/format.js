'use strict';

// The format in which V8 writes values, version 15: what both sides of it have to agree on.
// https://nodejs.org/api/v8.html#serialization-api

const VERSION = 15;

/** The letters that values begin with. */
const tags = {
  version: 0xff,
  padding: 0,
  undefined: '_'.charCodeAt(),
  null: '0'.charCodeAt(),
  true: 'T'.charCodeAt(),
  false: 'F'.charCodeAt(),
  int32: 'I'.charCodeAt(),
  uint32: 'U'.charCodeAt(),
  double: 'N'.charCodeAt(),
  bigint: 'Z'.charCodeAt(),
  utf8: 'S'.charCodeAt(),
  oneByte: '"'.charCodeAt(),
  twoByte: 'c'.charCodeAt(),
  reference: '^'.charCodeAt(),
  object: 'o'.charCodeAt(),
  endObject: '{'.charCodeAt(),
  sparseArray: 'a'.charCodeAt(),
  endSparseArray: '@'.charCodeAt(),
  denseArray: 'A'.charCodeAt(),
  endDenseArray: '$'.charCodeAt(),
  hole: '-'.charCodeAt(),
  date: 'D'.charCodeAt(),
  trueObject: 'y'.charCodeAt(),
  falseObject: 'x'.charCodeAt(),
  numberObject: 'n'.charCodeAt(),
  bigintObject: 'z'.charCodeAt(),
  stringObject: 's'.charCodeAt(),
  regexp: 'R'.charCodeAt(),
  map: ';'.charCodeAt(),
  endMap: ':'.charCodeAt(),
  set: "'".charCodeAt(),
  endSet: ','.charCodeAt(),
  arrayBuffer: 'B'.charCodeAt(),
  resizableArrayBuffer: '~'.charCodeAt(),
  arrayBufferTransfer: 't'.charCodeAt(),
  view: 'V'.charCodeAt(),
  sharedArrayBuffer: 'u'.charCodeAt(),
  hostObject: '\\'.charCodeAt(),
  error: 'r'.charCodeAt(),
};

/** The letters of views on buffers, by the name of their class. */
const viewTags = {
  Int8Array: 'b', Uint8Array: 'B', Uint8ClampedArray: 'C', Int16Array: 'w', Uint16Array: 'W', Int32Array: 'd',
  Uint32Array: 'D', Float16Array: 'h', Float32Array: 'f', Float64Array: 'F', DataView: '?', BigInt64Array: 'q',
  BigUint64Array: 'Q',
};

/** Those of the classes of errors; `Error` itself has none. */
const errorTags = {
  EvalError: 'E', RangeError: 'R', ReferenceError: 'F', SyntaxError: 'S', TypeError: 'T', URIError: 'U',
};

/** The flags of regular expressions, from the lowest bit on. */
const REGEXP_FLAGS = ['g', 'i', 'm', 'y', 'u', 's', undefined, 'd', 'v'];

/** Views as `DefaultSerializer` writes them, by their index. */
const VIEW_CLASSES = [
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'Float32Array', 'Float64Array', 'DataView', 'Buffer', 'BigInt64Array', 'BigUint64Array', 'Float16Array',
];

function classNameOf(view) {
  return view instanceof DataView ? 'DataView' :
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get.call(view);
}

module.exports = { classNameOf, errorTags, REGEXP_FLAGS, tags, VERSION, VIEW_CLASSES, viewTags };
