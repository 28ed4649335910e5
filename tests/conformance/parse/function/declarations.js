function a() {}
function b(x, y) { return x + y; }
function* c() {}
async function d() {}
async function* e() {}
