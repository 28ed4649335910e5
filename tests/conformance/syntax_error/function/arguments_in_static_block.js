class A {
  static {
    arguments;
  }
}
