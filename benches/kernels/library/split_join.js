// Lines and fields: taken apart and put together.
const text = Array.from({ length: 4000 }, (_, i) => `${i};name ${i % 17};${i * 3.5};;end`).join('\n');
let total = 0;
for (let round = 0; round < 6; round++) {
  const rows = text.split('\n').map((line) => line.split(';'));
  for (const row of rows) total += row.length + row[1].length;
  total += rows.map((row) => row.join(',')).join('\r\n').length;
  total += text.split('').length & 7;
}
check(total, 858048);
