// Promises, and functions that wait for them.
async function add(a, b) { return (await a) + (await b); }
async function run() {
  let total = 0;
  for (let i = 0; i < 150000; i++) total = await add(total, Promise.resolve(1));
  return total;
}
run().then((total) => check(total, 150000));
