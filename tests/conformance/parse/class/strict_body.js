class A extends (function () { return 1; }) { m() { let x; } }
