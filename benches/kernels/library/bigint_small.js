// BigInts of a word or two.
let a = 0n, b = 1n, hash = 0xcbf29ce484222325n;
for (let i = 0; i < 60000; i++) {
  hash = BigInt.asUintN(64, (hash ^ BigInt(i & 255)) * 0x100000001b3n);
  a = (a + b) % 1000000007n;
  b = b * 31n + 7n & 0xffffffn;
  if (a > b) a -= b;
}
check(`${a} ${b} ${hash}`, '30795841 900609 2204033649893103365');
