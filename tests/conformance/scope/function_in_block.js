{
  function f() {}
}
f();
