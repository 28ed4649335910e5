function* g() { class A extends (yield) { [yield 1]() {} [yield 2] = 3; static [yield 4] } }
