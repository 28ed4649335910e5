'use strict';

// What is compressed is the same, byte for byte: who compares hashes of it sees no difference.

const { createHash } = require('node:crypto');
const zlib = require('node:zlib');

const hash = (bytes) => createHash('sha1').update(bytes).digest('hex').slice(0, 16);

/** Numbers that are the same in every run. */
let state = 1;
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return (state >>> 8) % below;
}

const words = Array.from({ length: 200 }, () => String.fromCharCode(...Array.from({ length: 1 + random(9) }, () => 97 + random(26))));
const inputs = {
  nothing: Buffer.alloc(0),
  byte: Buffer.from('x'),
  zeros: Buffer.alloc(70_000),
  noise: Buffer.from(Array.from({ length: 70_000 }, () => random(256))),
  words: Buffer.from(Array.from({ length: 40_000 }, () => words[random(words.length)]).join(' ')),
  records: Buffer.from(JSON.stringify(Array.from({ length: 2000 }, (_, id) => ({ id, name: words[id % 7], value: random(1000) })))),
};

for (const [name, input] of Object.entries(inputs)) {
  for (let level = 0; level <= 9; level++) {
    console.log(name, level, hash(zlib.deflateSync(input, { level })), hash(zlib.gzipSync(input, { level, memLevel: 1 + random(9), windowBits: 9 + random(7) })));
  }
  for (let strategy = 0; strategy <= 4; strategy++) console.log(name, 'strategy', strategy, hash(zlib.deflateRawSync(input, { strategy, chunkSize: 100 })));
  console.log(name, 'dictionary', hash(zlib.deflateSync(input, { dictionary: inputs.words.subarray(0, 5000) })));
}

(async () => {
  for (const flush of ['Z_PARTIAL_FLUSH', 'Z_SYNC_FLUSH', 'Z_FULL_FLUSH', 'Z_BLOCK']) {
    const stream = zlib.createGzip();
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    for (let at = 0; at < 60_000; at += 7000) {
      stream.write(inputs.words.subarray(at, at + 7000));
      await new Promise((resolve) => { stream.flush(zlib.constants[flush], resolve); });
    }
    stream.end();
    await new Promise((resolve) => { stream.on('end', resolve); });
    console.log(flush, hash(Buffer.concat(chunks)));
  }
})();
