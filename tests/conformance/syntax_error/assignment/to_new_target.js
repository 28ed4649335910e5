function f() {
  new.target = 1;
}
