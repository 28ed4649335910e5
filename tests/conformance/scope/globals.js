a;
b = 1;
typeof c;
delete d;
