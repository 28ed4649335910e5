const s = `a
b;
