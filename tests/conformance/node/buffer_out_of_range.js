const buffer = Buffer.alloc(8);
const attempts = [
  () => Buffer.alloc(3).readUInt32LE(0), () => buffer.readUInt32LE(5), () => buffer.readUInt32LE('5'),
  () => buffer.readUInt32LE(1.5), () => buffer.readUInt32LE(-1), () => buffer.readUIntLE(0, 7),
  () => buffer.readUIntLE(undefined, 3), () => buffer.writeUInt32LE(2 ** 32), () => buffer.writeUIntLE(2 ** 48, 0, 6),
  () => buffer.writeIntLE(2 ** 48, 0, 6), () => buffer.writeBigInt64LE(2n ** 70n), () => buffer.writeInt8(200),
  () => buffer.writeInt32LE('xyz'), () => Buffer.prototype.readUInt16LE.call([1, 2]), () => buffer.utf8Slice(3, 99),
  () => buffer.utf8Write('abc', 9), () => buffer.write('abc', 9), () => buffer.write('abc', 1, 2, 'zz'),
  () => buffer.fill('zz', 'hex'), () => buffer.fill('a', 0, 9), () => buffer.toString('nope'),
  () => Buffer.from(5), () => Buffer.from('a', 'zz'), () => Buffer.from(new ArrayBuffer(4), 5),
  () => Buffer.alloc(-1), () => Buffer.concat([1]), () => buffer.copy(Buffer.alloc(3), 0, 9), () => Buffer.alloc(3).swap16(),
];
for (const attempt of attempts) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
