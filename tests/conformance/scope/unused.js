function f(a) {
  var b;
  let c;
  function d() {}
}
