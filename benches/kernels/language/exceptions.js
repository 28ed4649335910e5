// Exceptions that are thrown and caught.
function odd(n) {
  if (n & 1) throw n;
  return n;
}
let caught = 0, finished = 0;
for (let i = 0; i < 2000000; i++) {
  try {
    odd(i);
  } catch (error) {
    caught += error & 3;
  } finally {
    finished++;
  }
}
check(caught + finished, 4000000);
