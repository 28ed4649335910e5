// Patterns, defaults and rests.
function swap([a, b]) { return [b, a]; }
function area({ width = 1, height = 2, ...rest }) { return width * height + (rest.extra ?? 0); }
let pair = [1, 2], total = 0;
for (let i = 0; i < 150000; i++) {
  pair = swap(pair);
  const [first] = pair;
  total += first + area({ width: i & 3 }) + area({ height: 3, extra: 1 });
}
check(total, 1275000);
