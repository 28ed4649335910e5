var f;
function f() {}
function f() {
  return 2;
}
