// Regular expressions.
const log = '2026-11-23 GET /index.html 200 17ms\n'.repeat(2000);
let total = 0;
for (let round = 0; round < 15; round++) {
  for (const match of log.matchAll(/^(\d+)-(\d+)-\d+ (GET|POST) (\S+) (\d{3}) (\d+)ms$/gm)) {
    total += Number(match[6]);
  }
  total += log.replace(/[aeiou]/g, '').length;
}
check(total, 1530000);
