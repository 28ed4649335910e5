(function f() {
  var f;
  return f;
});
