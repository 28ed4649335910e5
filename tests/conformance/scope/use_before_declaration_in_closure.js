function f() {
  return a;
}
let a = 1;
f();
