// Arrays looked through.
const numbers = Array.from({ length: 3000 }, (_, i) => i * 3);
const words = numbers.map((n) => 'word' + n);
let total = 0;
for (let round = 0; round < 120; round++) {
  total += numbers.indexOf(round * 60) + numbers.lastIndexOf(round * 9) + (numbers.includes(round) ? 1 : 0);
  total += words.indexOf('word' + round * 30) + numbers.findIndex((n) => n > round * 30);
  total += numbers.findLast((n) => n % 7 === 0) + (numbers.some((n) => n < 0) ? 1 : 0);
  total += numbers.every((n) => n >= 0) ? 1 : 0;
}
check(total, 1385860);
