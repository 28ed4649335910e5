// Units of strings, and parts of them.
const text = 'the quick brown fox jumps over the lazy dog '.repeat(50);
let hash = 0, words = 0;
for (let round = 0; round < 600; round++) {
  for (let i = 0; i < text.length; i++) {
    hash = (hash * 31 + text.charCodeAt(i)) | 0;
    if (text[i] === ' ') words++;
  }
  if (text.slice(round, round + 9).indexOf('fox') >= 0) words++;
}
check(words, 270098);
check(hash, -1487300752);
