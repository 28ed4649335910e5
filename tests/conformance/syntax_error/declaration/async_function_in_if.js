if (a) async function f() {}
