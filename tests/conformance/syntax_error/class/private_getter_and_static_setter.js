class A {
  get #a() {}
  static set #a(v) {}
}
