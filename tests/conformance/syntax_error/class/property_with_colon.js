class A {
  a: 1
}
