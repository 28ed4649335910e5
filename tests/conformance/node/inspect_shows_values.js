'use strict';
const { inspect, format, formatWithOptions } = require('util');

class Point {
  constructor() { this.x = 1; }
  get length() { return 5; }
  [inspect.custom](depth, options, own) {
    return `Point<${depth}, ${own === inspect}, ${options.stylize('text', 'number')}>`;
  }
}
console.log(inspect({ point: new Point() }), inspect(new Point(), { customInspect: false }));

const circle = { list: [1, , 3], map: new Map([[{ a: 1 }, new Set(['b'])]]) };
circle.self = circle;
console.log(circle);
console.log(inspect(circle, { compact: false, depth: 0 }));
console.log(inspect({ b: 1, a: [{ z: 1, c: 2 }] }, { sorted: true, compact: true }));
console.log(inspect({ get a() { return 1; }, set b(value) {} }, { getters: true }));
console.log(inspect('x'.repeat(20), { maxStringLength: 3 }), inspect([1, 2, 3], { maxArrayLength: 1 }));
console.log(inspect(123456789.125, { numericSeparator: true }));
console.log(JSON.stringify(inspect([1, 'a', null, undefined, Symbol('s'), /a(b)/g], { colors: true })));
console.log(inspect(new Proxy({ a: 1 }, {}), { showProxy: true }), new Proxy([1], {}));
console.log(Object.create(null), Object.create({}, { [Symbol.toStringTag]: { value: 'Tag' } }), new (class Foo extends Map {})());
console.log([function named() {}, class A {}, class B extends Array {}, async () => {}, function* () {}]);
console.log(new Uint8Array(3), new ArrayBuffer(2), new Date(0), Object(1), new WeakSet(), Promise.resolve(4));

const error = new Error('outer', { cause: 'inner' });
error.stack = 'Error: outer\n    at somewhere';
error.code = 'CODE';
console.log({ error });

console.log(format('%s %d %i %f %j %o %O %c%%', 'a', '42', 42.9, '1.5', { a: 1 }, [1], { b: {} }, 'css', 'rest'));
console.log(format('%s', { toString() { return 'own'; } }), format('%s', new Date(0)), format('%s', () => 1));
console.log(formatWithOptions({ compact: false }, { a: 1 }));
