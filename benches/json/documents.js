// `JSON.parse` and `JSON.stringify` on documents as programs meet them, in MB/s of text:
//
//     axil benches/json/documents.js [DOCUMENT...]
//
// The documents are made by a generator with a fixed seed, so every engine gets the same.
'use strict';

let seed = 20;
function random(below) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor(seed / 4294967296 * below);
}
function pick(list) {
  return list[random(list.length)];
}
function word(length) {
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode(97 + random(26));
  return text;
}
function times(count, make) {
  return Array.from({ length: count }, (_, index) => make(index));
}
function version() {
  return random(20) + '.' + random(40) + '.' + random(30);
}
function hash() {
  return 'sha512-' + times(10, () => word(8)).join('') + '==';
}
function dependencies(most) {
  return Object.fromEntries(times(random(most), () => [word(4 + random(9)), '^' + version()]));
}

const documents = {
  /** What npm writes beside package.json: one map with many keys, that are long. */
  lockfile() {
    const packages = {};
    for (let i = 0; i < 1500; i++) {
      const name = word(4 + random(12)), at = version();
      const entry = { version: at, resolved: `https://registry.npmjs.org/${name}/-/${name}-${at}.tgz`, integrity: hash() };
      if (random(2)) entry.dev = true;
      entry.license = pick(['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause']);
      if (random(3)) entry.dependencies = dependencies(6);
      if (random(3) === 0) entry.engines = { node: '>=' + random(20) };
      packages['node_modules/' + name] = entry;
    }
    return { name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  },
  /** Rows of a table. */
  records() {
    return times(10000, (id) => ({
      id, name: 'user ' + word(8), email: word(6) + '@example.com', active: random(2) === 0, score: random(1000) / 10,
      role: pick(['admin', 'editor', 'reader']), address: { street: word(12), city: word(7), zip: 10000 + random(89999) },
    }));
  },
  /** Small objects inside each other, as a syntax tree has them. */
  nested() {
    const kinds = ['Binary', 'Call', 'Member', 'Identifier', 'Literal', 'Conditional'];
    const node = (depth) => {
      const start = random(100000);
      if (depth === 0) return { type: 'Identifier', start, end: start + 5, name: word(5) };
      return { type: pick(kinds), start, end: start + random(50), left: node(depth - 1), right: random(4) ? node(depth - 1) : null };
    };
    return node(14);
  },
  /** Coordinates. */
  numbers() {
    const point = () => [(random(360000000) - 180000000) / 1000000, (random(180000000) - 90000000) / 1000000];
    return { type: 'FeatureCollection', features: times(300, (id) => ({ type: 'Feature', id, geometry: { type: 'LineString', coordinates: times(60, point) } })) };
  },
  /** Small integers. */
  integers() {
    return times(400, () => times(100, () => random(2000) - 1000));
  },
  /** Texts with quotes, new lines and letters that are not Latin. */
  strings() {
    const bits = ['plain words of a sentence ', '"quoted" ', 'line\nline\t', 'C:\\path\\file ', 'žluťoučký kůň ', '日本語の文 ', '😀 ', 'naïve café '];
    return times(4000, () => times(1 + random(8), () => pick(bits)).join(''));
  },
  /** Long texts in which nothing has to be escaped. */
  prose() {
    return times(400, () => times(120, () => word(2 + random(8))).join(' '));
  },
  /** What the registry of npm says of a package. */
  registry() {
    const versions = {};
    for (let i = 0; i < 120; i++) {
      const at = `${i >> 4}.${i & 15}.0`;
      versions[at] = {
        name: 'package', version: at, description: 'A package that does ' + word(9), main: 'index.js', type: 'module',
        scripts: { test: 'node --test', build: 'tsc -p .' }, keywords: times(5, () => word(6)), author: { name: 'A. U. Thor', email: 'a@example.com' },
        license: 'MIT', dependencies: dependencies(8), devDependencies: dependencies(12), _id: 'package@' + at, _nodeVersion: '20.0.0', _npmVersion: '10.0.0',
        dist: { integrity: hash(), shasum: word(40), tarball: `https://registry.npmjs.org/package/-/package-${at}.tgz`, fileCount: random(90), unpackedSize: random(900000), signatures: [{ keyid: 'SHA256:' + word(40), sig: word(96) }] },
        maintainers: [{ name: word(5), email: word(5) + '@example.com' }], directories: {}, _hasShrinkwrap: false,
      };
    }
    return { _id: 'package', _rev: '1-' + word(32), name: 'package', 'dist-tags': { latest: '7.7.0' }, versions, time: Object.fromEntries(Object.keys(versions).map((at) => [at, '2024-01-01T00:00:00.000Z'])) };
  },
  /** One message, small, again and again. */
  message() {
    return { jsonrpc: '2.0', id: 17, method: 'textDocument/hover', params: { textDocument: { uri: 'file:///a.ts' }, position: { line: 12, character: 4 } } };
  },
};

const clock = globalThis.performance ?? Date;

/** The most MB/s of some rounds. */
function measure(length, run) {
  let best = Infinity, calls = 1;
  for (let round = 0; round < 8; round++) {
    const begin = clock.now();
    for (let call = 0; call < calls; call++) run();
    const time = clock.now() - begin;
    if (time < 25) { calls *= 2; round--; continue; }
    best = Math.min(best, time / calls);
  }
  return length / best / 1000;
}

const wanted = globalThis.process?.argv.slice(2) ?? [];
console.log('document'.padEnd(12), 'units'.padStart(9), 'parse'.padStart(8), 'stringify'.padStart(10), 'indented'.padStart(9));
for (const [name, make] of Object.entries(documents)) {
  const value = make();
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const text = JSON.stringify(value), indented = JSON.stringify(value, null, 2);
  const parsed = JSON.parse(text);
  if (JSON.stringify(parsed) !== text) throw new Error(`${name} comes back changed`);
  const speeds = [
    measure(text.length, () => JSON.parse(text)),
    measure(text.length, () => JSON.stringify(parsed)),
    measure(indented.length, () => JSON.stringify(parsed, null, 2)),
  ];
  console.log(name.padEnd(12), String(text.length).padStart(9), speeds[0].toFixed(0).padStart(8), speeds[1].toFixed(0).padStart(10), speeds[2].toFixed(0).padStart(9));
}
