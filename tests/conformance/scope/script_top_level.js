var a;
let b;
const c = 1;
class D {}
function e() {}
