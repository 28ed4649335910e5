class A { a = 1 in x; b = y => y in x; }
