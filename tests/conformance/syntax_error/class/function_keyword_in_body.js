class A {
  function m() {}
}
