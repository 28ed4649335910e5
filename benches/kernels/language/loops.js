// Integer arithmetic in nested loops.
let sum = 0;
for (let i = 0; i < 3000; i++) {
  for (let j = 0; j < 3000; j++) {
    sum = (sum + (i ^ j) * 3) | 0;
  }
}
check(sum, -1346599776);
