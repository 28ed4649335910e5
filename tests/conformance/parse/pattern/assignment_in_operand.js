x = [a, b] = c; f([a] = b, { c } = d); a ? [b] = c : { d } = e;
