throw a; throw new Error('b'); throw (c, d);
