// Functions that share variables with those around them.
function counter() {
  let count = 0;
  return { add: (n) => { count += n; }, get: () => count };
}
const compose = (f, g) => (x) => f(g(x));
let total = 0;
for (let round = 0; round < 1000; round++) {
  const one = counter();
  let f = (x) => x;
  for (let i = 0; i < 5; i++) f = compose(f, (x) => x + i);
  for (let i = 0; i < 400; i++) {
    one.add(f(i) & 7);
  }
  total += one.get();
}
check(total, 1400000);
