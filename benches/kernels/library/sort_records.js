// Records by two keys, as tables in programs are sorted.
let seed = 99;
const random = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
const records = [];
for (let i = 0; i < 20000; i++) records.push({ id: i, age: random(90), name: 'n' + random(1000) });
let total = 0;
for (let round = 0; round < 2; round++) {
  const sorted = [...records].sort(
    (a, b) => a.age - b.age || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
  for (let i = 0; i < sorted.length; i += 100) total += sorted[i].id;
}
check(total, 4085372);
