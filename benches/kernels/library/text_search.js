// Searching in long texts.
const text = 'the quick brown fox jumps over the lazy dog and runs away, '.repeat(3000) + 'needle in haystack';
let total = 0;
for (let round = 0; round < 150; round++) {
  total += text.indexOf('needle') + text.lastIndexOf('quick') + text.indexOf('z', round * 100);
  total += text.includes('haystick') ? 1 : 0;
  for (let at = text.indexOf('fox'); at >= 0; at = text.indexOf('fox', at + 1)) total++;
  total += text.startsWith('lazy', 35) + text.endsWith('haystack');
}
check(total, 54663939);
