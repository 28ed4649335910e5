// The Mandelbrot set: arithmetic of numbers that are no integers.
function depth(cx, cy) {
  let x = 0, y = 0, n = 0;
  while (n < 200 && x * x + y * y < 4) {
    const next = x * x - y * y + cx;
    y = 2 * x * y + cy;
    x = next;
    n++;
  }
  return n;
}
let total = 0;
for (let row = 0; row < 200; row++) {
  for (let column = 0; column < 200; column++) {
    total += depth(column / 80 - 2, row / 100 - 1);
  }
}
check(total, 2662598);
