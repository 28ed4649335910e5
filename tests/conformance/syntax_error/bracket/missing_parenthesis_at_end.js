f(a, g(b)
