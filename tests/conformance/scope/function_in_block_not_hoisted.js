{
  let f;
  {
    function f() {}
  }
}
function g(h) {
  {
    function h() {}
  }
}
