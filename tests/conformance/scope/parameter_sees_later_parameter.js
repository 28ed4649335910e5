function f(a = b, b) {}
