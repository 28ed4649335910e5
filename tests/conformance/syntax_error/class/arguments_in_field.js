class A {
  a = arguments;
}
