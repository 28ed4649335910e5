class A {
  static a = A;
  [A.x]() {}
}
const B = class C {
  m() {
    return C;
  }
};
