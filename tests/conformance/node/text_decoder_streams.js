const show = (fn) => {
  try {
    console.log(JSON.stringify(fn()));
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
};
const bytes = (...list) => new Uint8Array(list);
for (const label of ['utf8', 'latin1', 'utf-16le', 'gbk', 'big5', 'shift_jis', 'koi8-r', 'iso-8859-2', 'nope']) {
  show(() => {
    const decoder = new TextDecoder(label);
    return [decoder.encoding, decoder.decode(bytes(0x61, 0xe9, 0x41))];
  });
}
const decoder = new TextDecoder();
show(() => [decoder.decode(bytes(0xe2, 0x82), { stream: true }), decoder.decode(bytes(0xac), { stream: true }), decoder.decode()]);
show(() => [decoder.decode(bytes(0xe2, 0x82), { stream: true }), decoder.decode()]);
show(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes(0xff)));
show(() => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes(0xef, 0xbb, 0xbf, 0x41)).length);
show(() => new TextEncoder().encodeInto('é€😀x', new Uint8Array(6)));
