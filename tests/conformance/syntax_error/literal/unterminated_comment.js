a;
/* b
c
