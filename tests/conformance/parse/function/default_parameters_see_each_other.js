function f(a, b = a, c = () => a + b) { var a; }
