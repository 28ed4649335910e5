// Words of a text, counted.
const text = 'It was the best of times, it was the worst of times; it was the age of wisdom,\n'.repeat(400);
let total = 0;
for (let round = 0; round < 24; round++) {
  const counts = new Map();
  for (const word of text.toLowerCase().split(/[\s,.;]+/)) counts.set(word, (counts.get(word) ?? 0) + 1);
  total += counts.get('times') + text.split(/\s+/).length + text.match(/\b\w/g).length;
}
check(total, 364824);
