const {} = a, { b } = c, { d: e } = f, { g = 1 } = h, { i: j = 2 } = k, { [l]: m } = n, { ...o } = p, { q: { r: [s] } } = t, { 'u': v, 1: w, } = x;
