const r = /ab+c;
f();
