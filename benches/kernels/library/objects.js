// What Object's functions do with plain objects.
const rows = Array.from({ length: 500 }, (_, i) => ({ id: i, name: 'n' + i, active: i % 3 === 0, score: i / 2 }));
let total = 0;
for (let round = 0; round < 20; round++) {
  for (const row of rows) {
    total += Object.keys(row).length + Object.values(row)[3];
    for (const [key, value] of Object.entries(row)) if (value === true) total += key.length;
    const copy = Object.assign({}, row, { round });
    total += Object.fromEntries(Object.entries(copy)).round + (Object.hasOwn(copy, 'id') ? 1 : 0);
    const { id, ...rest } = copy;
    total += 'id' in rest ? 1 : 0;
  }
  const groups = Object.groupBy(rows, (row) => row.id % 10);
  total += Object.keys(groups).length + Object.freeze(groups)[3].length;
}
check(total, 1413740);
