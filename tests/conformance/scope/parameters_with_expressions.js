function f(a, b = () => a) {
  var a;
  return a;
}
