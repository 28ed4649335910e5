// Arguments out of arrays, and arrays out of arguments.
function sum(...numbers) {
  let total = 0;
  for (let i = 0; i < numbers.length; i++) total += numbers[i];
  return total;
}
const some = [1, 2, 3, 4];
let total = 0;
for (let i = 0; i < 200000; i++) total += sum(...some, i & 1) + [...some, i].length;
check(total, 3100000);
