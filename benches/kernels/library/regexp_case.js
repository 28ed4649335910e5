// Words whatever their case, and words of many languages.
const text = 'Straße, ΣΊΣΥΦΟΣ, naïve café; The THE the tHe — привет мир, 日本語 テスト 123. '.repeat(200);
let total = 0;
for (let round = 0; round < 60; round++) {
  total += text.match(/the|café|мир/gi).length;
  total += text.match(/\p{L}+/gu).length + text.match(/\p{Lu}\p{Ll}*/gu).length;
  total += text.replace(/[^\p{L}\p{N}]+/gu, '-').length;
}
check(total, 1152000);
