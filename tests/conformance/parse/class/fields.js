class A { a; b = 1; 'c' = 2; [d] = 3; 4 = 5; e
f
g = () => this
}
