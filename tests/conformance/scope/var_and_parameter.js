function f(a) {
  var a;
  var b;
  return a + b;
}
