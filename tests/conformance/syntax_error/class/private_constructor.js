class A {
  #constructor;
}
