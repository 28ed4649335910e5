// Functions that are suspended and go on.
function* range(from, to) {
  for (let i = from; i < to; i++) yield i;
}
function* pairs(n) {
  for (let i = 0; i < n; i++) yield* range(i, i + 3);
}
let total = 0;
for (let round = 0; round < 20; round++) {
  for (const n of pairs(5000)) total += n & 1;
}
check(total, 150000);
