function f() {
  a = 1;
  if (a) {
    var a;
  }
}
