// UTF-8 encoded and decoded by hand, and bytes read through a view.
const text = 'Grüße aus Köln — 你好, world! 😀 '.repeat(100);
function encode(text, bytes) {
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i);
    if (code < 0x80) bytes[at++] = code;
    else if (code < 0x800) { bytes[at++] = 0xc0 | (code >> 6); bytes[at++] = 0x80 | (code & 63); }
    else if (code < 0x10000) { bytes[at++] = 0xe0 | (code >> 12); bytes[at++] = 0x80 | ((code >> 6) & 63); bytes[at++] = 0x80 | (code & 63); }
    else { i++; bytes[at++] = 0xf0 | (code >> 18); bytes[at++] = 0x80 | ((code >> 12) & 63); bytes[at++] = 0x80 | ((code >> 6) & 63); bytes[at++] = 0x80 | (code & 63); }
  }
  return at;
}
function decode(bytes, end) {
  let text = '';
  for (let at = 0; at < end; ) {
    const byte = bytes[at++];
    let code = byte;
    if (byte >= 0xf0) code = ((byte & 7) << 18) | ((bytes[at++] & 63) << 12) | ((bytes[at++] & 63) << 6) | (bytes[at++] & 63);
    else if (byte >= 0xe0) code = ((byte & 15) << 12) | ((bytes[at++] & 63) << 6) | (bytes[at++] & 63);
    else if (byte >= 0xc0) code = ((byte & 31) << 6) | (bytes[at++] & 63);
    text += String.fromCodePoint(code);
  }
  return text;
}
const bytes = new Uint8Array(10000), view = new DataView(bytes.buffer);
let total = 0;
for (let round = 0; round < 20; round++) {
  const end = encode(text, bytes);
  total += end + (decode(bytes, end) === text ? 1 : 0);
  for (let at = 0; at + 4 <= end; at += 4) total += view.getUint16(at) ^ view.getInt32(at, true);
}
check(total, 2664643978020);
