[a,] = b; ({ a, } = b); let [c,] = d, { e, } = f;
