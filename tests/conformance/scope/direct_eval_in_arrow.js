function f() {
  return () => eval('this');
}
