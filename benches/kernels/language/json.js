// JSON, there and back.
const records = [];
for (let i = 0; i < 300; i++) {
  records.push({ id: i, name: 'record ' + i, tags: ['a', 'b', null], nested: { ok: i % 2 === 0, value: i / 3 } });
}
let length = 0;
for (let round = 0; round < 150; round++) {
  const text = JSON.stringify(records);
  length += JSON.parse(text).length + text.length * 0;
}
check(length, 45000);
