// Array methods on lists with holes and on what only looks like a list.

const value = () => pick([() => ofNumber(random(10)), () => ofNumber(random(10)), () => ofString(anyString(2)), () => pick(['undefined', 'null', 'NaN', '-0', '[1, [2, [3]]]', '{}', '1n', 'true'])])();
const index = () => pick([random(8), random(8), -random(8), 'NaN', 'Infinity', '-Infinity', '1.9', 'undefined', "'1'", '2 ** 32', '-(2 ** 31)', '{}']);
const callback = () => pick(['(x) => x', '(x, i) => i % 2 === 0', '(x, i, a) => [x, i, a.length]', '(x) => [x, [x]]', '(x) => typeof x', 'null', '{}', '3', '() => { throw new Error("stop"); }', 'function (x) { return this === undefined ? 1 : typeof this; }', 'undefined']);
const list = () => `[${some(7, () => (once(5) ? '' : value())).join(', ')}]`;

const RECEIVERS = [
  list, list, list, () => `Object.assign(${list()}, { ${20 + random(3000)}: ${value()} })`, () => `{ length: ${pick([3, "'2'", -1, 'NaN', 2.9])}, ${some(4, () => `${random(4)}: ${value()}`).join(', ')} }`, () => ofString(anyString(5)),
  () => `new Proxy(${list()}, {})`, () => `Object.freeze(${list()})`, () => `Object.seal(${list()})`, () => `(function () { return arguments; })(${some(3, value).join(', ')})`, () => `Object.create(${list()})`,
  () => pick(['null', 'undefined', '5', 'true', '{}', 'new Uint8Array([3, 1, 2])', 'new Uint8Array(2)', '{ length: 2 ** 53 - 1 }', 'function (a, b) {}']), () => `Object.defineProperty(${list()}, 'length', { writable: false })`, () => `Object.preventExtensions(${list()})`,
  () => `(class extends Array {}).from(${list()})`,
];

const METHODS = [
  () => `at(${index()})`, () => `concat(${some(3, () => pick([list, value])()).join(', ')})`, () => `copyWithin(${index()}, ${index()}, ${index()})`, () => `fill(${value()}, ${index()}, ${index()})`, () => `flat(${pick(['', '0', '1', 'Infinity', "'2'", '-1'])})`,
  () => `${pick(['map', 'filter', 'forEach', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap'])}(${callback()})`, () => `${pick(['reduce', 'reduceRight'])}(${pick(["(a, b) => a + '|' + String(b)", '(a, b) => b', 'null'])}${once(2) ? `, ${value()}` : ''})`,
  () => `${pick(['includes', 'indexOf', 'lastIndexOf'])}(${value()}${once(2) ? `, ${index()}` : ''})`, () => `join(${pick(['', "''", "'--'", 'undefined', 'null', '1'])})`, () => `${pick(['pop', 'shift', 'reverse', 'toReversed', 'toString', 'toLocaleString', 'sort', 'toSorted'])}()`,
  () => `${pick(['push', 'unshift'])}(${some(3, value).join(', ')})`, () => `slice(${index()}, ${index()})`, () => `${pick(['splice', 'toSpliced'])}(${[index(), index(), value(), value()].slice(0, random(5)).join(', ')})`, () => `with(${index()}, ${value()})`,
];

/** A method on a receiver: what it gives, and what becomes of the receiver. */
function program() {
  const method = pick(METHODS)();
  const name = method.slice(0, method.indexOf('('));
  const given = method.slice(method.indexOf('(') + 1, -1);
  const receiver = pick(RECEIVERS)();
  const slow = /2 \*\* 53/.test(receiver) && !/^(at|push|pop|with|slice|concat|unshift|splice)$/.test(name);
  const target = slow ? list() : receiver;
  return `(() => { const it = ${target}; let got; try { got = Array.prototype.${name}.call(${['it', given].filter(Boolean).join(', ')}); } catch (error) { got = error; } return [got === it ? 'itself' : got, typeof it === 'object' ? it : 0]; })()`;
}

family(() => {
  switch (random(8)) {
    case 0: return pick([
      () => `Array.from(${pick(RECEIVERS)()}${once(2) ? `, ${callback()}` : ''})`.replace('2 ** 53 - 1', '3'), () => `Array.of(${some(4, value).join(', ')})`, () => `Array.isArray(${pick(RECEIVERS)()})`, () => `Array(${once(2) ? some(3, value).join(', ') : index()})`, () => `new Array(${index()})`,
      () => `Object.groupBy(${list()}, ${callback()})`, () => `Map.groupBy(${list()}, ${callback()})`,
    ])();
    case 1: return `(() => { const it = ${list()}; it.length = ${pick([index(), index(), '-1', '1.5', "'x'", '2 ** 32'])}; return it; })()`;
    case 2: return `(() => { 'use strict'; const it = ${pick(RECEIVERS.slice(0, 4))()}; ${some(4, () => pick([`it[${index()}] = ${value()}`, `delete it[${random(7)}]`, `it.length = ${random(7)}`, `it.push(${value()})`, 'it.shift()', `it.splice(${index()}, ${random(3)})`, 'Object.freeze(it)'])).join('; ')}; return [it, Object.keys(it)]; })()`;
    case 3: return `[...${pick(RECEIVERS.slice(0, 8))()}${pick(['', '.entries()', '.keys()', '.values()'])}]`;
    default: return program();
  }
});
