// One place that sees objects of many shapes.
const objects = [];
for (let i = 0; i < 40; i++) {
  const object = {};
  object['before' + i] = i;
  object.value = i;
  object['after' + i] = i;
  objects.push(object);
}
let total = 0;
for (let round = 0; round < 100000; round++) {
  for (let i = 0; i < objects.length; i++) total += objects[i].value;
}
check(total, 78000000);
