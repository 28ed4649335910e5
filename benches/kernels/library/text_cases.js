// Trimming, padding, changing case, parts.
const words = ['  Alpha ', 'beta\t', ' GAMMA', 'délta', 'ΕΨΙΛΟΝ', 'zeta9 '];
let total = 0;
for (let i = 0; i < 50000; i++) {
  const word = words[i % 6].trim();
  total += word.toUpperCase().length + word.toLowerCase().charCodeAt(0);
  total += word.padStart(12, '.').length + word.padEnd(9).indexOf(' ') + word.repeat(3).length;
  total += (word[0].toUpperCase() + word.slice(1)).substring(1, 3).length + word.at(-1).codePointAt(0);
  total += word.concat('-', i).length;
}
check(total, 25880004);
