class A {
  #a;
  m(o) {
    return #a + o;
  }
}
