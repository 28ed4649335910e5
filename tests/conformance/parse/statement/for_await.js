async function f() { for await (a of b); for await (const [c] of d) {} for await (async of e); for await (var x of (y, z)); }
