// What `console.log` prints of values of all kinds.

const key = () => pick(['a', 'b', 'name', "'with space'", "'a-b'", '0', '17', "''", "'é'", "[Symbol('s')]", '[Symbol.toStringTag]', 'constructor', 'length', "'it\\'s'", '$', '_x']).replace('constructor', 'constructer');
const leaf = () => pick([
  () => ofNumber(anyNumber()), () => ofNumber(random(100)), () => ofString(anyString(8)), () => ofString(pick(["it's", '"', '`', "'\"", "'\"`", 'a\nb', '\t', 'x'.repeat(random(120)), 'back\\slash'])),
  () => pick(['undefined', 'null', 'true', '1n', '-12345678901234567890n', 'Symbol()', "Symbol('d')", 'Symbol.iterator', "Symbol('a b')"]), () => pick(['() => 1', 'function f() {}', 'class A {}', 'class B extends Map {}', 'async () => {}', 'function* g() {}', 'async function* h() {}', 'Math.max', '(class {})', 'Object']),
  () => pick(['new Date(0)', 'new Date(NaN)', '/a\\/b/gi', 'new RegExp("")', 'Object(1)', "Object('boxed')", 'Object(true)', 'Object(1n)', "Object(Symbol('x'))", 'new Number(-0)', 'Object.create(null)', 'new (class Foo {})()', 'globalThis.JSON', 'Math', 'Reflect']),
  () => pick(['new WeakMap()', 'new WeakSet()', 'Promise.resolve(4)', 'new Promise(() => {})', '(function () { return arguments; })(1, 2)', '[][Symbol.iterator]()', 'new Map([[1, 2]]).entries()', 'new Set([5]).values()', '(function* () {})()', 'new ArrayBuffer(4)', 'new DataView(new ArrayBuffer(2))', 'new SharedArrayBuffer(2)', 'new Proxy({ a: 1 }, {})', 'new Proxy(function f() {}, {})', 'new WeakRef({})']),
])();

function object(depth) {
  const inner = () => value(depth - 1);
  const property = () => pick([() => `${key()}: ${inner()}`, () => `${key()}: ${inner()}`, () => `${key()}: ${inner()}`, () => `get ${key()}() { return 1; }`, () => `set ${key()}(v) {}`, () => `get g() { return 1; }, set g(v) {}`, () => `${key()}() {}`])();
  return `{ ${some(once(6) ? 30 : 5, property).join(', ')} }`;
}

function value(depth) {
  if (depth <= 0) return leaf();
  const inner = () => value(depth - 1);
  switch (random(16)) {
    case 0: case 1: case 2: return object(depth);
    case 3: case 4: return `[${some(once(5) ? 12 : 4, () => (once(10) ? '' : inner())).join(', ')}]`;
    case 5: return `Array.from({ length: ${random(130)} }, (_, i) => ${pick(['i', "'x' + i", 'i * 1.5', 'i % 3 ? i : null', '{ i }', '-i * 1000', "'é'.repeat(i % 9)"])})`;
    case 6: return `new Map([${some(4, () => `[${inner()}, ${inner()}]`).join(', ')}])`;
    case 7: return `new Set([${some(4, inner).join(', ')}])`;
    case 8: return `new ${pick(['Uint8', 'Int16', 'Float32', 'Float64', 'Uint8Clamped', 'Float16'])}Array([${some(8, () => ofNumber(anyNumber())).join(', ')}])`;
    case 9: return `new (class ${pick(['Foo', 'Bar', 'Foo extends Array', 'Foo extends Map', 'Foo extends Set', 'Foo extends null_', ''])} { x = ${inner()}; #y = 1; get z() { return 1; } })()`.replace(' extends null_', '');
    case 10: return `Object.assign(${pick(['() => 1', 'function f() {}', 'class A {}', '[1, 2]', 'new Date(0)', '/x/', "Object('ab')", 'new Map()', 'Object(3)', 'new Uint8Array(2)'])}, ${object(depth - 1)})`;
    case 11: return `(() => { const it = ${object(depth - 1)}; it.${pick(['self', 'me'])} = ${pick(['it', '[it]', '{ it }', 'new Map([[it, it]])', 'new Set([it])'])}; return it; })()`;
    case 12: return `Object.create(${pick(['null', '{}', '{ constructor: { name: "X" } }', 'Array.prototype', 'Map.prototype', 'new (class P {})()', 'Object.create(null)'])}, { a: { value: ${inner()}, enumerable: ${once(2)} } })`;
    case 13: return `(() => { const error = new ${pick(['Error', 'TypeError', 'RangeError'])}(${pick(["'message'", "''", "'two\\nlines'"])}${once(3) ? `, { cause: ${inner()} }` : ''}); error.stack = ${pick(["'Error: message\\n    at here'", "'stack'", "error.name + ': ' + error.message", "''"])}; ${once(3) ? `error.extra = ${inner()};` : ''} return error; })()`;
    case 14: return `(() => { let it = ${inner()}; for (let i = 0; i < ${random(6)}; i++) it = ${pick(['[it]', '{ it }', 'new Map([[i, it]])', '{ a: { b: it } }'])}; return it; })()`;
    default: return leaf();
  }
}

// Not `%o`, which shows hidden properties: not all of them are known.
const FORMATS = ['%s', '%d', '%i', '%f', '%j', '%O', '%c', '%%', '%x', '%', 'text'];

for (let number = 0; number < COUNT; number++) {
  const format = once(5) ? [ofString(some(4, () => pick(FORMATS)).join(' '))] : [];
  const source = [...format, ...some(3, () => value(format.length ? 2 : random(5)))].join(', ');
  console.log(`• ${escaped(source)}`);
  try {
    console.log(...(0, eval)(`[${source}]`));
  } catch (error) {
    console.log(error.name, error.message);
  }
}
