// Sorting, with comparators that agree with themselves and ones that do not.

const value = () => pick([
  () => ofNumber(random(20)), () => ofNumber(anyNumber()), () => ofString(anyString(3)), () => pick(['null', 'undefined', 'true', 'NaN', '-0']), () => `[${random(5)}]`,
  () => `${random(50)}n`, () => `{ toString: () => '${random(9)}' }`, () => '',
])();
const kinds = () => pick([() => ofNumber(random(30)), () => ofNumber(anyNumber()), () => ofString(anyString(3)), value, value]);

function list(most) {
  const kind = kinds();
  return `[${some(most, kind).join(', ')}]`;
}

const COMPARATORS = [
  '(a, b) => a - b', '(a, b) => b - a', '(a, b) => (a < b ? -1 : a > b ? 1 : 0)', '(a, b) => a > b', '(a, b) => a < b', '() => 0', '() => 1', '() => -1', '() => NaN',
  '(a, b) => (String(a) < String(b) ? -1 : 1)', "(a, b) => (a % 3) - (b % 3)", '(a, b) => (a * 7 + b * 3) % 5 - 2', "() => '1'", 'undefined', '() => ({ valueOf: () => -1 })',
  '(() => { let n = 0; return () => (n = (n * 5 + 3) % 16) - 8; })()', '() => undefined', '(a, b) => { if (a === 3) throw new Error("three"); return a - b; }',
];

const TYPES = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array'];

/** What a comparator is asked, in order, and the result. */
const traced = (list, method, comparator) => `(() => { const asked = []; const compare = ${comparator}; const sorted = ${list}.${method}((a, b) => { asked.push([a, b]); return compare(a, b); }); return [sorted, asked.length, asked.slice(0, 30)]; })()`;

family(() => {
  switch (random(8)) {
    case 0: return `${list(12)}.sort()`;
    case 1: return `${list(60)}.sort(${pick(COMPARATORS)})`;
    case 2: return `${list(40)}.toSorted(${pick(COMPARATORS)})`;
    case 3: return traced(list(once(4) ? 100 : 12), pick(['sort', 'toSorted']), pick(COMPARATORS.filter((text) => text !== 'undefined')));
    case 4: return `new ${pick(TYPES)}([${some(40, () => ofNumber(anyNumber())).join(', ')}]).${pick(['sort', 'toSorted'])}(${once(2) ? '' : pick(COMPARATORS)})`;
    case 5: return `Array.from({ length: ${random(300)} }, (_, index) => ({ key: (index * ${random(100)}) % 7, index })).sort((a, b) => a.key - b.key).map(({ index }) => index).join()`;
    case 6: return `Array.prototype.sort.call({ ${some(8, () => `${random(10)}: ${random(50)}`).join(', ')}, length: ${random(12)} })`;
    default: return `(() => { const list = ${list(20)}; try { list.sort(${pick([...COMPARATORS, 'null', '3', '{}'])}); } catch (error) { return [error, list]; } return list; })()`;
  }
});
