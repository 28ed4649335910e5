// Numbers read and written.
let total = 0;
for (let i = 0; i < 20000; i++) {
  const x = i * 1.37 + 0.001;
  total += Number(String(x)) - x + parseFloat(x + 'px') - x + parseInt('0x' + i.toString(16), 16) - i;
  total += x.toFixed(2).length + i.toString(36).length + x.toPrecision(5).length;
  total += +('1e' + (i % 20)) > 5 ? 1 : 0;
}
check(total, 336860);
