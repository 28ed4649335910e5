while (a) break b;
