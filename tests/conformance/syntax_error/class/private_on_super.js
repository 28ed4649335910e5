class A extends B {
  #a;
  m() {
    super.#a;
  }
}
