// Functions given to methods of arrays.
const numbers = Array.from({ length: 1000 }, (_, i) => i);
let total = 0;
for (let round = 0; round < 3000; round++) {
  total += numbers.map((n) => n * 2).filter((n) => n % 3 === 0).reduce((a, b) => a + b, 0);
}
check(total, 1000998000);
