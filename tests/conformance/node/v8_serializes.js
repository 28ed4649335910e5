'use strict';

// Values as V8 writes them, and read back.
const v8 = require('v8');
const { inspect } = require('util');

const circle = { name: 'circle' };
circle.self = circle;
const values = [
  undefined, null, true, -0, 1, -70_000, 2 ** 40, 1.5, -(2n ** 70n), 'latin é', 'wide 日', [1, , 'x'],
  Object.assign([1], { extra: true }), { a: { b: [] }, 7: 1 }, circle, new Date(0), /x+/giu, Object('boxed'),
  new Map([[{}, new Set([1])]]), new Uint8Array([1, 2]), Buffer.from('hi'), new Float64Array([0.5]).buffer,
];
for (const value of values) {
  const bytes = v8.serialize(value);
  console.log(bytes.toString('hex'), inspect(v8.deserialize(bytes)));
}
const error = v8.deserialize(v8.serialize(new RangeError('far', { cause: 'near' })));
console.log(error instanceof RangeError, error.message, error.cause);
for (const wrong of [() => v8.serialize(() => {}), () => v8.serialize(Symbol('s')), () => v8.deserialize(Buffer.from([1]))]) {
  try {
    wrong();
  } catch ({ message }) {
    console.log(message);
  }
}
