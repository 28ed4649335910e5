// Objects that live for a moment.
function midpoint(a, b) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
let at = { x: 0, y: 0 };
for (let i = 0; i < 1000000; i++) {
  at = midpoint(at, { x: i & 1, y: 1 });
}
check(at.x > 0.3 && at.y > 0.99, true);
