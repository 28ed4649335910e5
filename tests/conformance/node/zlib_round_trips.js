// What is compressed comes back, at once, by callbacks and by streams; what is broken is told.
const zlib = require('zlib');
const data = Buffer.alloc(300000, 'hello world ');
const pairs = [
  ['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw'], ['brotliCompress', 'brotliDecompress'],
  ['gzip', 'unzip'],
];
(async () => {
  for (const [there, back] of pairs) {
    const packed = await new Promise((resolve) => { zlib[there](data, (error, result) => resolve(result)); });
    console.log(there, back, packed.length < 3000, zlib[`${back}Sync`](packed).equals(data));
  }
  console.log(zlib.gzipSync('aaaa').toString('hex'), zlib.crc32('hello'));
  const dictionary = Buffer.from('hello world');
  console.log(String(zlib.inflateSync(zlib.deflateSync('hello', { dictionary }), { dictionary })));
  for (const attempt of [
    () => zlib.inflateSync(Buffer.from('abc')),
    () => zlib.inflateSync(zlib.deflateSync('hello').subarray(0, 5)),
    () => zlib.inflateSync(zlib.deflateSync('abc', { dictionary })),
    () => zlib.gunzipSync(zlib.gzipSync('hello'), { maxOutputLength: 2 }),
    () => zlib.deflateSync('a', { level: 10 }),
    () => zlib.brotliCompressSync('a', { params: { 99: 1 } }),
    () => zlib.deflateSync(),
  ]) {
    try { attempt(); } catch (error) { console.log(error.name, error.code, error.errno, error.message); }
  }
  const gzip = zlib.createGzip();
  const gunzip = gzip.pipe(zlib.createGunzip());
  let total = 0;
  gunzip.on('data', (chunk) => { total += chunk.length; }).on('end', () => console.log(total));
  gzip.write(data);
  gzip.flush(() => gzip.end('x'));
})();
