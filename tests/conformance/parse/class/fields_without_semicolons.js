class A {
  get
  a() {}
  set
  b(v) {}
  static
  c
  async
  d() {}
  get
  *e() {}
  x = 1
  y
}
