function f(a, a) {
  return a;
}
