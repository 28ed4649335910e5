{ a } { b; c } function f() { return 1 } if (x) { y }
