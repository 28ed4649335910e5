for (let; ;) break; for (let in {}); for (let = 1; ;) break; for (let.x in y); for (let a of b); for (let [c] = d; ;) break; for (let of, e; ;) break; for (let of of []);
