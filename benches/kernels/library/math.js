// Functions of Math.
let total = 0;
for (let i = 1; i < 60000; i++) {
  total += Math.floor(i / 3) + Math.max(i, 5, total & 7) - Math.min(i, 9) + Math.abs(-i);
  total += Math.round(Math.sqrt(i)) + Math.trunc(Math.log(i)) + Math.sign(i) + Math.imul(i, 3) % 5;
  total += Math.round(Math.sin(i) * 10 + Math.cos(i) * 10 + Math.atan2(i, 3)) + Math.clz32(i);
  total += Math.round(Math.pow(i, 0.5)) + Math.ceil(Math.hypot(3, i % 4)) + i ** 2 % 3;
}
check(total, 4221111118);
