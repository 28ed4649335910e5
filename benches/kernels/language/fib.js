// Calls that do little else.
function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
check(fib(32), 2178309);
