// Permutations: small arrays turned over and over.
function fannkuch(n) {
  const start = [], count = [];
  for (let i = 0; i < n; i++) { start.push(i); count.push(0); }
  let most = 0, r = n;
  for (;;) {
    for (; r !== 1; r--) count[r - 1] = r;
    const perm = [];
    for (let i = 0; i < n; i++) perm.push(start[i]);
    let flips = 0;
    for (let k = perm[0]; k !== 0; k = perm[0]) {
      for (let i = 0, j = k; i < j; i++, j--) {
        const other = perm[i];
        perm[i] = perm[j];
        perm[j] = other;
      }
      flips++;
    }
    if (flips > most) most = flips;
    for (;;) {
      if (r === n) return most;
      const first = start[0];
      for (let i = 0; i < r; i++) start[i] = start[i + 1];
      start[r] = first;
      if (--count[r] > 0) break;
      r++;
    }
  }
}
check(fannkuch(8), 22);
check(fannkuch(9), 30);
