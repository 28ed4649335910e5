// The sieve of Eratosthenes: elements read and written by index.
let primes = 0;
for (let round = 0; round < 5; round++) {
  const composite = [];
  for (let i = 0; i < 200000; i++) composite.push(false);
  primes = 0;
  for (let i = 2; i < composite.length; i++) {
    if (composite[i]) continue;
    primes++;
    for (let j = i + i; j < composite.length; j += i) composite[j] = true;
  }
}
check(primes, 17984);
