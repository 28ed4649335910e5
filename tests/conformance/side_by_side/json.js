// JSON: texts that are valid and texts that are not, values with all that `stringify` asks.

const blank = () => (once(5) ? pick([' ', '\n', '\t', '\r\n', '  ']) : '');
const character = () => (once(6) ? pick(['\\n', '\\"', '\\\\', '\\/', '\\u0041', '\\ud83d', '\\ude00', '\\b', '\\f', 'é', '😀', '\u2028', '\u007f']) : pick(LETTERS));
const string = () => `"${some(5, character).join('')}"`;
const number = () => pick([() => random(100), () => -random(100), () => ofNumber(Math.abs(anyNumber())).replace(/NaN|Infinity/, '1'), () => '1e5', () => '1E-5', () => '0.10', () => '-0', () => '12345678901234567890'])();

/** A text in JSON. */
function json(depth) {
  const inner = () => blank() + json(depth - 1) + blank();
  switch (random(depth > 0 ? 8 : 5)) {
    case 0: return string();
    case 1: case 2: return String(number());
    case 3: case 4: return pick(['true', 'false', 'null']);
    case 5: return `[${some(4, inner).join(',')}]`;
    default: return `{${some(4, () => `${blank()}${pick([string(), '"a"', '"b"', '"0"', '"__proto__"'])}${blank()}:${inner()}`).join(',')}}`;
  }
}

const SPOILS = ['', ',', ':', '"', '{', '}', '[', ']', '\\', '\\u12', '01', '.', '-', 'e', 'x', "'", '\n', '\u0000', 'tru', 'undefined', 'NaN', '/', '+1', ' 1', 'é', '\ud800', '\u00a0', '1.', '\\x'];

/** A text that is no longer JSON, mostly. */
function spoilt() {
  const text = json(3).padEnd(once(4) ? 80 : 0);
  const at = random(text.length + 1);
  return once(4) ? text.slice(0, at) : text.slice(0, at) + pick(SPOILS) + text.slice(at + random(3));
}

const key = () => pick(['a', 'b', 'c', '0', "'x y'", '10', "'é'", "'\\ud800'", 'length', 'toString', "'__proto__x'"]);

/** The source of a value to be written. */
function value(depth) {
  const inner = () => value(depth - 1);
  switch (random(depth > 0 ? 12 : 6)) {
    case 0: return ofString(anyString(5));
    case 1: return ofNumber(anyNumber());
    case 2: return pick(['true', 'null', 'undefined', 'NaN', "Symbol('s')", '() => 1', 'new Date(0)', 'new Date(NaN)', '/x/g', 'new Error("e")']);
    case 3: return pick(['Object(1)', "Object('s')", 'Object(true)', 'new Map([[1, 2]])', 'new Set([1])', 'new Uint8Array([1, 2])', 'Object(Symbol())', '1n', 'Object(2n)', 'class A {}']).replace(/^.*\bn?$/, (text) => (/2?n\b/.test(text) && !once(6) ? '1' : text));
    case 4: return `(${random(100)})`;
    case 5: return "'x'";
    case 6: case 7: return `[${some(4, () => (once(8) ? '' : inner())).join(', ')}]`;
    case 8: return `{ ${some(3, () => `${key()}: ${inner()}`).join(', ')}, toJSON${pick(["(k) { return k + '!'; }", '() { return this.a; }', ': 3', '() { throw new Error("no"); }', '() { return undefined; }'])} }`.replace('{ ,', '{');
    case 9: return `{ ${some(3, () => `get ${key()}() { return ${inner()}; }`).join(', ')} }`;
    default: return `{ ${some(4, () => `${key()}: ${inner()}`).join(', ')} }`;
  }
}

const REPLACERS = [
  'null', 'undefined', '(k, v) => v', "(k, v) => (typeof v === 'number' ? String(v) : v)", "['a', 'b']", "['b', 'a', 'a', 0, Object('c')]", '(k, v) => (k === "a" ? undefined : v)', '[]',
  '(k, v) => (k === "" ? v : 1)', "function (k, v) { return Array.isArray(this) ? [k] .join() : v; }", '[1, 10, {}]', "(k, v) => (typeof v === 'bigint' ? v + 'n' : v)",
];
const INDENTS = ['0', '1', '2', '4', '10', '11', "'\\t'", "'--'", "'0123456789abc'", '-1', 'NaN', 'Object(3)', "Object('*')", '1.9', 'true', "''"];

const REVIVERS = ['(k, v) => v', '(k, v) => (k === "a" ? undefined : v)', '(k, v) => (typeof v === "number" ? v + 1 : v)', '(k, v, c) => (c && c.source !== undefined ? c.source : v)', 'function (k, v) { return Array.isArray(this) ? k : v; }', '(k, v) => [k, v]'];

const CYCLES = [
  'const a = {}; a.a = a; return a', 'const a = { b: {} }; a.b.c = a; return a', 'const a = []; a.push(a); return a', 'const a = { b: [1, {}] }; a.b[1].x = a.b; return a', 'class Tree { left = { up: this } } return new Tree()',
  'const a = Object.create(null); a.x = { y: { z: a } }; return { a }', 'class A {} class B { a = new A() } const b = new B(); b.a.list = [0, [b.a]]; return b', "const a = { 'x y': {} }; a['x y'].z = a; return a", 'const a = { b: { c: { d: {} } } }; a.b.c.d.e = a; return a',
];

family(() => {
  switch (random(9)) {
    case 0: return `JSON.parse(${ofString(json(4))})`;
    case 1: case 2: case 3: return `JSON.parse(${ofString(spoilt())})`;
    case 4: return `JSON.parse(${ofString(json(3))}, ${pick(REVIVERS)})`;
    case 5: case 6: return `JSON.stringify(${value(3)})`;
    case 7: return `JSON.stringify(${value(4)}, ${pick(REPLACERS)}, ${pick(INDENTS)})`;
    default: return once(3) ? `JSON.stringify((() => { ${pick(CYCLES)}; })()${once(2) ? '' : `, null, ${pick(INDENTS)}`})`
      : pick([() => `JSON.parse(${value(1)})`, () => `JSON.rawJSON(${once(2) ? ofString(json(0)) : ofString(spoilt())})`, () => `JSON.stringify({ a: JSON.rawJSON(${ofString(String(number()))}) })`, () => `JSON.isRawJSON(${value(1)})`])();
  }
});
