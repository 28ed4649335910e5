for (a in b); for (var c in d); for (let e in f, g); for (const [h] in i); for (j.k in l); for ({ m } in n); for (var o = 1 in p); for ((q) in r); for (a in b in c);
