async function f() { await a; await (b, c); await await d; -await e; (await f) ** 2; for await (x of y); }
