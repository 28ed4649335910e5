const { StringDecoder } = require('string_decoder');
const bytes = Buffer.from('€ é 😀 x').subarray(0, -1);
for (const encoding of ['utf8', 'ucs2', 'base64', 'base64url', 'latin1', 'hex']) {
  const decoder = new StringDecoder(encoding);
  const parts = [];
  for (const byte of bytes) parts.push(decoder.write(Buffer.of(byte)), decoder.lastNeed, decoder.lastTotal);
  parts.push(decoder.end(Buffer.of(0xe2, 0x82)));
  console.log(decoder.encoding, JSON.stringify(parts));
}
