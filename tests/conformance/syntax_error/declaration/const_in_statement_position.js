while (a) const b = 1;
