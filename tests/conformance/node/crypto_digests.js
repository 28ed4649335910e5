// Digests and message codes, at once and as streams.
const crypto = require('crypto');
for (const name of ['md5', 'sha1', 'sha256', 'SHA512', 'sha3-256', 'blake2b512', 'ripemd160', 'RSA-SHA256']) {
  console.log(name, crypto.createHash(name).update('hé').update(Buffer.from('llo')).digest('hex'));
  console.log(crypto.createHmac(name, 'key').update('text').digest('base64'));
}
console.log(crypto.createHash('shake256', { outputLength: 5 }).digest('hex'), crypto.hash('sha1', 'abc'));
const hash = crypto.createHash('md5').update('a');
const copy = hash.copy();
console.log(hash.update('b').digest('hex'), copy.digest('hex'));
for (const attempt of [
  () => hash.digest(),
  () => crypto.createHash('nothing'),
  () => crypto.createHmac('nothing', 'k'),
  () => crypto.createHash('sha1').update(1),
  () => crypto.randomInt(5, 1),
  () => crypto.timingSafeEqual(Buffer.alloc(1), Buffer.alloc(2)),
  () => crypto.randomFillSync(Buffer.alloc(4), 5),
]) {
  try { attempt(); } catch (error) { console.log(error.name, error.code, error.message); }
}
const stream = crypto.createHash('sha256');
stream.on('data', (digest) => console.log(digest.toString('hex')));
stream.write('abc');
stream.end('def');
