// Array.prototype.sort on strings, in the order of their units.
let seed = 7;
const random = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
const words = [];
for (let i = 0; i < 30000; i++) {
  let word = '';
  for (let length = 3 + random(8); length > 0; length--) word += String.fromCharCode(97 + random(26));
  words.push(word);
}
let out = '';
for (let round = 0; round < 3; round++) {
  const sorted = words.slice().sort();
  out = sorted[0] + sorted[15000] + sorted[29999];
}
check(out, 'aaammwzow');
