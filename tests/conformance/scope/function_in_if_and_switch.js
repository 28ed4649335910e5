if (a) function f() {}
switch (b) {
  case 1:
    function g() {}
}
