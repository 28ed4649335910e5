a;
let a = 1;
a;
