// Union, intersection and the like.
const all = new Set(Array.from({ length: 20000 }, (_, i) => i));
const even = new Set(Array.from({ length: 10000 }, (_, i) => i * 2));
const words = new Set(Array.from({ length: 8000 }, (_, i) => 'w' + i));
let total = 0;
for (let round = 0; round < 4; round++) {
  total += all.intersection(even).size + all.difference(even).size;
  total += even.union(words).size + all.symmetricDifference(words).size;
  total += even.isSubsetOf(all) + words.isDisjointFrom(all);
}
check(total, 264008);
