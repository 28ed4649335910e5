class A {
  #a;
  get #b() {}
  set #b(v) {}
  static #c() {}
  m() {
    return class {
      #d;
      n(o) {
        return o.#a + this.#d;
      }
    };
  }
}
