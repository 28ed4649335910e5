// Maps and sets, with keys of several types.
const map = new Map();
for (let i = 0; i < 60000; i++) {
  map.set(i, i);
  map.set('key' + (i % 5000), i);
}
let total = 0;
for (let round = 0; round < 4; round++) {
  for (let i = 0; i < 60000; i++) total += map.get(i) & 1;
  for (let i = 0; i < 60000; i++) if (map.has('key' + (i % 7000))) total++;
}
const set = new Set(map.keys());
check(total, 120000 + 176000);
check(set.size, 65000);
