class A {
  #a;
  #a() {}
}
