let a = a;
const { b = c, c } = d;
