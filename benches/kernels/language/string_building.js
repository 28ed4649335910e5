// Strings put together of small ones.
let length = 0;
for (let round = 0; round < 60; round++) {
  let text = '';
  for (let i = 0; i < 20000; i++) {
    text += i % 7 === 0 ? `<${i}>` : 'x';
  }
  length += text.length;
}
check(length, 2133540);
