class A {
  a = this;
  b = () => this.a;
  [c] = d;
}
