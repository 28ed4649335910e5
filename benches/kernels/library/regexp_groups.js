// Log lines taken apart with named groups.
const lines = Array.from({ length: 2000 }, (_, i) =>
  `10.0.${i % 256}.7 - - [23/Nov/2026:10:${10 + (i % 50)}:00 +0000] "GET /page/${i}?q=x HTTP/1.1" ${i % 9 ? 200 : 404} ${i * 7}`);
const form = /^(?<ip>\S+) \S+ \S+ \[(?<date>[^\]]+)\] "(?<method>[A-Z]+) (?<path>[^" ]+)[^"]*" (?<status>\d{3}) (?<size>\d+|-)$/;
let total = 0, missing = 0;
for (let round = 0; round < 24; round++) {
  for (const line of lines) {
    const { groups } = form.exec(line);
    if (groups.status === '404') missing++;
    total += Number(groups.size) + groups.path.length;
    if (/^\/page\/\d+[05]\?/.test(groups.path)) total++;
  }
}
check(total + missing, 336492264);
