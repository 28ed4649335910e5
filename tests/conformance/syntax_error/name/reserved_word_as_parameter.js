function f(new) {}
