function f(o, a) {
  with (o) {
    a;
    let b;
    (() => a + b);
  }
  a;
}
