function* g() { yield /a/g; yield
/b/g; }
function f() { yield /a/g; }
