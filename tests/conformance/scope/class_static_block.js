class A {
  static {
    var a = 1;
    let b = () => a;
  }
}
