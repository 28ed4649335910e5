// Names in the order of a language.
let seed = 3;
const random = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
const parts = ['anna', 'bert', 'claire', 'dora', 'emile', 'zoe', 'alvaro', 'oneil', 'vandyk', 'smith'];
const names = [];
for (let i = 0; i < 4000; i++) names.push(parts[random(10)] + parts[random(10)] + random(50));
names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
let ahead = 0;
for (let round = 0; round < 12; round++) {
  for (let i = 1; i < names.length; i++) {
    if (names[i - 1].localeCompare(names[i]) <= 0) ahead++;
    if ('item' + (i % 9) < 'item' + (round + 1)) ahead++;
  }
}
check(ahead, 70656);
