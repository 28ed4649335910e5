if (a) function f() {} if (a) function g() {} else function h() {}
