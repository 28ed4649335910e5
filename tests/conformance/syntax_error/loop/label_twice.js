a: a: b;
