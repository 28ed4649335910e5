'use strict';

// Where places of a generated text come from.

const { SourceMap } = require('module');

const payload = {
  version: 3, file: 'o.js', sources: ['a.ts', 'b.ts'], sourcesContent: ['x', 'y'],
  names: ['foo', 'bar'], mappings: 'AAAA,SAASA,GAAG,CAACC;;ACAZ,IAAI;AACJ',
};
const map = new SourceMap(payload, { lineLengths: [10, 20] });
console.log(map, map.payload, map.payload === payload, map.lineLengths);
for (const [line, column] of [[0, 0], [0, 9], [0, 100], [1, 0], [2, 4], [9, 9], [-1, 0]]) {
  console.log(map.findEntry(line, column), map.findOrigin(line + 1, column + 1));
}
const indexed = new SourceMap({
  version: 3,
  sections: [
    { offset: { line: 0, column: 0 }, map: payload },
    { offset: { line: 10, column: 5 }, map: { version: 3, sources: ['c.ts'], names: [], mappings: 'AAAA,IAAI;AACA' } },
  ],
});
console.log(indexed.findEntry(10, 9), indexed.findEntry(11, 0));
for (const wrong of [undefined, 1, '{}']) {
  try {
    new SourceMap(wrong);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
