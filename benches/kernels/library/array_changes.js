// Arrays that grow, shrink, and are cut and joined.
let total = 0;
for (let round = 0; round < 6; round++) {
  const queue = [];
  for (let i = 0; i < 20000; i++) {
    queue.push(i, i + 1);
    if (i & 1) total += queue.shift();
    if (i % 5 === 0) total += queue.pop();
  }
  const list = queue.slice(0, 2000);
  for (let i = 0; i < 300; i++) {
    list.splice(i * 3, 2, i);
    list.unshift(i);
  }
  const joined = list.concat(queue, [1, [2, [3]]]);
  total += joined.flat(2).length + joined.reverse()[1] + joined.toSpliced(2, 1).length;
  total += joined.with(0, 5).at(0) + joined.copyWithin(0, 3, 9).length + list.fill(1, 5).lastIndexOf(1);
}
check(total, 407156730);
