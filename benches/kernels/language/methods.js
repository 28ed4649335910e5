// Methods found on prototypes.
class Shape { area() { return 0; } twice() { return this.area() * 2; } }
class Square extends Shape {
  constructor(side) { super(); this.side = side; }
  area() { return this.side * this.side; }
}
const square = new Square(3);
let total = 0;
for (let i = 0; i < 1500000; i++) total += square.twice();
check(total, 27000000);
