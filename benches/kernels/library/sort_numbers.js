// Array.prototype.sort on numbers, with and without a comparator.
let seed = 42;
const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
const numbers = Array.from({ length: 60000 }, random);
let total = 0;
for (let round = 0; round < 2; round++) {
  const up = numbers.slice().sort((a, b) => a - b);
  const down = numbers.toSorted((a, b) => b - a);
  total += up[100] + down[down.length - 101] - up[200];
  total += new Float64Array(numbers).sort()[200];
}
check(total, 12247296);
