// Reading and writing properties of objects of one shape.
const point = { x: 1, y: 2, z: 3, w: 4 };
let steps = 0;
for (let i = 0; i < 2000000; i++) {
  point.x = point.y + 1;
  point.y = point.z - 1;
  point.z = point.w & 255;
  point.w = point.x + i;
  steps++;
}
check(steps + point.x * 0, 2000000);
