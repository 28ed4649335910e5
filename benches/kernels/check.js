// What every kernel begins with.
function check(actual, expected) {
  if (actual !== expected) throw new Error(`${actual} is not ${expected}`);
}
