class A extends B {
  constructor() {
    () => super();
  }
  m() {
    return () => super.m();
  }
}
