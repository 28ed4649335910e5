// Typed arrays, DataView, and buffers that can be resized.

const NUMBERS = ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float16', 'Float32', 'Float64'];
const BIGINTS = ['BigInt64', 'BigUint64'];
const number = () => ofNumber(anyNumber());
const half = () => ofNumber(pick([() => anyNumber(), () => random(2 ** 20) / 2 ** 10, () => random(4096) * 2 ** -26, () => 65519 + random(4) / 2, () => neighbour(random(2049) + 0.5, random(3) - 1), () => neighbour(1 + random(1024) / 2048, random(3) - 1)])());
const big = () => `${pick(['', '-'])}${bits()}${once(2) ? String(bits()) : ''}n`;
const wrong = () => pick(['undefined', 'null', "'3'", "'x'", '{}', "Symbol('s')", '[7]', 'true', '1n', '1']);
const index = () => pick([random(6), random(6), -random(6), 'Infinity', '-Infinity', 'NaN', '1.5', 'undefined', "'2'", 2 ** 40]);
const values = (most) => some(most, number).join(', ');

function array(most = 6) {
  return once(6) ? `new ${pick(BIGINTS)}Array([${some(most, big).join(', ')}])` : `new ${pick(NUMBERS)}Array([${some(most, number).join(', ')}])`;
}

const CALLBACKS = ['(x) => x > 1', '(x) => x', '(x, i) => i % 2', '(x, i, a) => a.length', '() => undefined'];

const METHODS = [
  () => `subarray(${index()}, ${index()})`, () => `slice(${index()}, ${index()})`, () => `copyWithin(${index()}, ${index()}, ${index()})`, () => `fill(${once(4) ? wrong() : number()}, ${index()}, ${index()})`,
  () => `set([${values(3)}], ${index()})`, () => `set(${array(3)}, ${index()})`, () => `with(${index()}, ${number()})`, () => `at(${index()})`, () => `indexOf(${number()}, ${index()})`, () => `includes(${number()})`,
  () => `lastIndexOf(${number()})`, () => 'reverse()', () => 'toReversed()', () => `join(${pick(['', "'-'", 'undefined', 'null'])})`, () => `map(${pick(CALLBACKS)})`, () => `filter(${pick(CALLBACKS)})`,
  () => `${pick(['find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every'])}(${pick(CALLBACKS)})`, () => `${pick(['reduce', 'reduceRight'])}((a, b) => a + b)`, () => 'sort()', () => 'toSorted()', () => 'toString()', () => 'toLocaleString()', () => `map(${wrong()})`,
  () => `${pick(['length', 'byteLength', 'byteOffset', 'BYTES_PER_ELEMENT'])}`, () => `${pick(['keys', 'values', 'entries'])}().next()`,
];

/** A program that changes a buffer's length under its views. */
function resizing() {
  const type = pick([...NUMBERS, ...BIGINTS]);
  const view = pick([`new ${type}Array(buffer)`, `new ${type}Array(buffer, 8)`, `new ${type}Array(buffer, 8, 1)`, 'new DataView(buffer, 4)', 'new DataView(buffer, 4, 8)']);
  const step = () => pick([
    () => `buffer.resize(${random(40)})`, () => 'note(view.length)', () => 'note(view.byteLength)', () => 'note(view.byteOffset)', () => 'note(buffer.byteLength)', () => `note(view.at(${random(4) - 2}))`, () => 'note([...view])',
    () => `note(view.fill(${BIGINTS.includes(type) ? '3n' : '3'}))`, () => 'note(buffer.transfer().byteLength)', () => 'note(view[0])', () => `note(view.getInt8(${random(10)}))`, () => 'note(view.slice(1).length)', () => 'note(Object.keys(view))', () => 'note(1 in view)',
  ])();
  const steps = Array.from({ length: 6 }, () => `try { ${step()}; } catch (error) { note(error); }`).join(' ');
  return `(() => { const log = []; const note = (value) => log.push(value); const buffer = new ArrayBuffer(${8 * random(5)}, { maxByteLength: 32 }); const view = ${view}; ${steps} return log; })()`;
}

family(() => {
  switch (random(9)) {
    case 0: return `new ${pick(NUMBERS)}Array([${values(6)}])`;
    case 1: return `new Float16Array([${some(6, half).join(', ')}])`;
    case 2: return `new ${pick(BIGINTS)}Array([${some(3, () => (once(6) ? wrong() : big())).join(', ')}])`;
    case 3: case 4: return `${array()}.${pick(METHODS)()}`;
    case 5: {
      const type = pick([...NUMBERS.filter((name) => name !== 'Uint8Clamped'), ...BIGINTS]);
      const value = once(8) ? wrong() : type.startsWith('Big') ? big() : type === 'Float16' ? half() : number();
      return `(() => { const view = new DataView(new ArrayBuffer(12)); view.set${type}(${random(6)}, ${value}, ${pick(['true', 'false', ''])}); return [view.buffer, view.get${pick([...NUMBERS.filter((name) => name !== 'Uint8Clamped'), type])}(${random(5)}, ${once(2)})]; })()`;
    }
    case 6: return resizing();
    case 7: return `new ${pick([...NUMBERS, ...BIGINTS])}Array(${pick([() => `new ArrayBuffer(${random(20)}), ${random(12)}, ${index()}`, () => wrong(), () => index(), () => `new ArrayBuffer(${random(20)}), ${index()}`, () => `{ length: ${random(4)}, 0: ${number()}, 1: '7' }`, () => array(3), () => `new Set([${values(3)}])`])()})`;
    default: return pick([
      () => `${pick(NUMBERS)}Array.from([${values(4)}], ${pick(CALLBACKS)})`, () => `${pick(NUMBERS)}Array.of(${values(4)})`, () => `new DataView(new ArrayBuffer(8), ${index()}, ${index()})`, () => `new ArrayBuffer(${pick([index(), `8, { maxByteLength: ${index()} }`])})`,
      () => `new ArrayBuffer(8).${pick(['slice', 'resize', 'transfer', 'transferToFixedLength'])}(${index()}, ${index()})`, () => `new DataView(new ArrayBuffer(8)).get${pick(NUMBERS)}(${index()})`, () => `Object.getOwnPropertyDescriptor(${array()}, ${random(7)})`, () => `Reflect.set(${array()}, '${pick(['-0', '1.5', '9', '0', 'x', '1e3'])}', ${number()})`,
      () => `Object.defineProperty(${array()}, ${random(4)}, { value: ${random(9)}${once(2) ? ', writable: false' : ''} })`, () => `Object.freeze(${array(2)})`, () => `delete ${array()}[${random(6)}]`, () => `${pick(NUMBERS)}Array(${random(4)})`, () => `Math.${pick(['fround', 'f16round'])}(${half()})`,
    ])();
  }
});
