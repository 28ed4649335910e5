(a, b,) c;
