async(a); async(a, ...b); async(a)(b); async (a) => b; async({ a: 1 }); async({ a }) ; async({ a = 1 }) => 1;
