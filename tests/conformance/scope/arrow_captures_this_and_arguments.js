function f() {
  return () => [this, arguments, new.target];
}
