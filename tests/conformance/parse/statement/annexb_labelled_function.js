a: function f() {} b: c: function g() {}
