// JSON of numbers: coordinates, as maps have them, and small integers.
const points = [];
for (let i = 0; i < 2000; i++) points.push([(i * 7919 % 36000 - 18000) / 100, i * 104729 % 180 - 90, i / 7]);
let sum = 0;
for (let round = 0; round < 60; round++) {
  const text = JSON.stringify({ type: 'LineString', points });
  const back = JSON.parse(text).points;
  sum += back[round][0] + back.length + text.length;
}
check(sum.toFixed(2), '3574986.30');
