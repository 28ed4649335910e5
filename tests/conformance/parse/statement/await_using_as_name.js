async function f() { await using; await using.x; await using[a]; await using
b; await using(c); }
