class A {
  static {
    return;
  }
}
