// Constructors.
function Node(value, next) {
  this.value = value;
  this.next = next;
}
let total = 0;
for (let round = 0; round < 300; round++) {
  let list = null;
  for (let i = 0; i < 8000; i++) list = new Node(i, list);
  for (let node = list; node; node = node.next) total += node.value & 1;
}
check(total, 1200000);
