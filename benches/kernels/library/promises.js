// Promises chained and combined.
let total = 0;
const later = (value) => Promise.resolve(value).then((v) => v + 1);
async function run() {
  for (let round = 0; round < 120; round++) {
    const list = Array.from({ length: 200 }, (_, i) => later(i));
    total += (await Promise.all(list)).reduce((a, b) => a + b);
    const settled = await Promise.allSettled([later(1), Promise.reject(new RangeError('no')), 3]);
    total += settled.filter((s) => s.status === 'fulfilled').length;
    total += await Promise.race([later(round), later(round + 1)]);
    let chain = Promise.resolve(0);
    for (let i = 0; i < 200; i++) chain = chain.then((v) => v + i);
    total += await chain.finally(() => {});
  }
}
run().then(() => check(total, 4807500));
