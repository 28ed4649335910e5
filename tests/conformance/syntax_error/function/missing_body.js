function f()
g();
