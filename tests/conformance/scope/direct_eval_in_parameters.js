function f(a = eval('1')) {
  var b;
}
