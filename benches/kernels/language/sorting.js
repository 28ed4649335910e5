// Quicksort, written out, of numbers from a simple generator.
let seed = 42;
const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
function sort(list, low, high) {
  while (low < high) {
    const pivot = list[(low + high) >> 1];
    let i = low, j = high;
    while (i <= j) {
      while (list[i] < pivot) i++;
      while (list[j] > pivot) j--;
      if (i <= j) {
        const other = list[i];
        list[i++] = list[j];
        list[j--] = other;
      }
    }
    sort(list, low, j);
    low = i;
  }
}
const list = [];
for (let i = 0; i < 150000; i++) list.push(random());
sort(list, 0, list.length - 1);
let inOrder = true;
for (let i = 1; i < list.length; i++) inOrder = inOrder && list[i - 1] <= list[i];
check(inOrder, true);
