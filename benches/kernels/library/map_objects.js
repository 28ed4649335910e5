// Maps and sets whose keys are objects, and their iteration.
const keys = Array.from({ length: 20000 }, (_, i) => ({ i }));
const map = new Map(), weak = new WeakMap();
let total = 0;
for (const key of keys) {
  map.set(key, key.i);
  weak.set(key, key.i * 2);
}
for (let round = 0; round < 6; round++) {
  for (const key of keys) total += map.get(key) + (weak.has(key) ? 1 : 0);
  for (const [key, value] of map) total += key.i - value;
  map.forEach((value) => { total += value & 1; });
}
for (const key of keys) if (key.i % 2) map.delete(key);
check(total + map.size, 1200130000);
