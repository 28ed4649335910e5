'use strict';

// `process.env`: https://nodejs.org/api/process.html#processenv
//
// All values are strings, and `TZ` says what local time is.

const { codes } = require('internal/errors');
const { environment, setTimeZone } = native('process');

function assign(target, name, value) {
  if (typeof name === 'symbol' || typeof value === 'symbol') {
    throw new TypeError('Cannot convert a Symbol value to a string');
  }
  value = `${value}`;
  target[name] = value;
  if (name === 'TZ') setTimeZone(value);
  return true;
}

const handler = {
  set: (target, name, value) => assign(target, name, value),
  defineProperty(target, name, descriptor) {
    if ('get' in descriptor || 'set' in descriptor) {
      throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY(
        "'process.env' does not accept an accessor(getter/setter) descriptor");
    }
    if (!descriptor.configurable || !descriptor.writable || !descriptor.enumerable) {
      throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY(
        "'process.env' only accepts a configurable, writable, and enumerable data descriptor");
    }
    return assign(target, name, descriptor.value);
  },
  deleteProperty(target, name) {
    delete target[name];
    if (name === 'TZ') setTimeZone(undefined);
    return true;
  },
};

const variables = environment();
// What the parent says of the channel to it is for nobody else.
for (const name of ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE']) {
  if (name in variables) delete variables[name];
}

module.exports = new Proxy(variables, handler);
