function f() {
  super();
}
