function f() {
  super.a;
}
