// Trees of short lives beside one that stays: work for the collector.
function tree(depth) {
  return depth === 0 ? { left: null, right: null } : { left: tree(depth - 1), right: tree(depth - 1) };
}
function count(node) {
  return node.left === null ? 1 : 1 + count(node.left) + count(node.right);
}
const kept = tree(14);
let total = 0;
for (let i = 0; i < 1000; i++) total += count(tree(10));
check(total + count(kept), 1000 * 2047 + 32767);
