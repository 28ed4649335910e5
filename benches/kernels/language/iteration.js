// for-of over arrays and strings.
const numbers = [];
for (let i = 0; i < 1000; i++) numbers.push(i);
let total = 0;
for (let round = 0; round < 5000; round++) {
  for (const number of numbers) total += number & 3;
  for (const character of 'for each of these') if (character === 'e') total++;
}
check(total, 7515000);
