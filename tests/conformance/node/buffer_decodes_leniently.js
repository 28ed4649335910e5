const base64 = ['YQ==YQ==', 'YQ=YQ', 'Y', 'Y Q = =', 'YW-_', 'YW+/', '*YWJj', 'YW\u0101Jj', '=YWJj', 'YWJjZ', 'YWJjZGU', 'YR==', 'YWJj\n\nYWJj', 'YWJ€jZA=='];
for (const text of base64) {
  console.log(JSON.stringify(text), Buffer.from(text, 'base64').toString('hex'),
              Buffer.byteLength(text, 'base64'), Buffer.alloc(3).write(text, 'base64url'));
}
for (const text of ['abxx12', 'abc', 'ab€1', 'zz', 'ABcd', 'a\u0162b1']) {
  console.log(JSON.stringify(text), Buffer.from(text, 'hex').toString('hex'), Buffer.byteLength(text, 'hex'));
}
console.log(Buffer.from('a\ud800b\udc00\ud83d\ude00').toString('hex'));
console.log(Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x41, 0xf0, 0x9f, 0x98]).toString());
console.log(Buffer.alloc(5).write('\ud83d\ude00\ud83d\ude00'), Buffer.alloc(4).write('abcé'), Buffer.alloc(3).write('abc', 'ucs2'));
