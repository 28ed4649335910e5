// Dates made, read, written and parsed.
let total = 0;
const start = Date.UTC(2026, 10, 23, 10, 20, 30);
for (let i = 0; i < 8000; i++) {
  const date = new Date(start + i * 86400017);
  total += date.getUTCDay() + date.getUTCMonth() + date.getUTCFullYear();
  const text = date.toISOString();
  total += Date.parse(text) - date.getTime() + text.length;
  total += new Date(2026, i % 12, i % 28, i % 24).getDate();
  date.setUTCDate(date.getUTCDate() + 1);
  total += date > start ? 1 : 0;
  if (i % 8 === 0) total += date.toUTCString().length + new Date(date.toUTCString()).getUTCMinutes();
}
check(total, 16733612);
