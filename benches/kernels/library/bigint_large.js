// BigInts of thousands of digits.
let factorial = 1n;
for (let i = 2n; i <= 3000n; i++) factorial *= i;
let a = 0n, b = 1n;
for (let i = 0; i < 20000; i++) [a, b] = [b, a + b];
function power(base, exponent, modulus) {
  let result = 1n;
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = result * base % modulus;
    base = base * base % modulus;
  }
  return result;
}
const prime = 2n ** 1279n - 1n;
const text = factorial.toString();
check(text.length, 9131);
check(BigInt(text) === factorial, true);
check(a.toString(16).length, 3471);
check((b ** 3n) / (b ** 2n) === b, true);
check(power(3n, prime - 1n, prime), 1n);
