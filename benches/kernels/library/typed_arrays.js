// Loops over typed arrays, and their methods.
const size = 60000;
const floats = new Float64Array(size), bytes = new Uint8Array(size), words = new Uint32Array(size);
let total = 0;
for (let round = 0; round < 10; round++) {
  for (let i = 0; i < size; i++) {
    floats[i] = i * 0.5;
    bytes[i] = i * 7 + round;
    words[i] = (bytes[i] << 8) | round;
  }
  for (let i = 0; i < size; i++) total += floats[i] + bytes[i] - (words[i] >>> 8);
  total += bytes.subarray(10, 500).reduce((sum, byte) => sum + byte, 0);
  total += bytes.indexOf(255) + bytes.slice(100, 900).fill(3).length;
  total += floats.map((x) => x * 2)[9];
}
check(total, 9000483713);
