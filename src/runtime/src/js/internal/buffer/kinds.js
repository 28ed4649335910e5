'use strict';

// What kind of buffer or view a value is, whatever its prototypes say.

const typedArrayName = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const typedArrayTag = Function.prototype.call.bind(typedArrayName);

const isTypedArray = (value) => typedArrayTag(value) !== undefined;
const isUint8Array = (value) => typedArrayTag(value) === 'Uint8Array';

/** Whether native methods take it for an array of bytes. */
const isByteArray = (value) => {
  const tag = typedArrayTag(value);
  return tag === 'Uint8Array' || tag === 'Uint8ClampedArray';
};

const { isAnyArrayBuffer, isSharedArrayBuffer } = native('buffer');

module.exports = { isAnyArrayBuffer, isByteArray, isSharedArrayBuffer, isTypedArray, isUint8Array };
