{ using a = b, c = d; } for (using x of y) {} for (using z = w; ;) break; async () => { await using e = f; for await (using g of h); for (await using i of j); };
await using top_level = a; using b = c;
