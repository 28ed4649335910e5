// Helpers of iterators.
function* numbers(n) {
  for (let i = 0; i < n; i++) yield i;
}
const map = new Map(Array.from({ length: 5000 }, (_, i) => [i, 'v' + i]));
let total = 0;
for (let round = 0; round < 24; round++) {
  total += numbers(8000).filter((n) => n % 3 === 0).map((n) => n * 2).drop(10).take(2000).reduce((a, b) => a + b);
  total += map.keys().filter((k) => k & 1).toArray().length;
  total += [...map.values().take(100)].length + numbers(50).flatMap((n) => [n, n]).toArray().length;
  for (const [index, value] of ['a', 'b', 'c'].entries()) total += index + value.length;
  total += Iterator.from(map).some(([k]) => k === 4000) ? 1 : 0;
}
check(total, 290800968);
