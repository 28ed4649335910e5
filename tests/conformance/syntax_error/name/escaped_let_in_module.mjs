l\u0065t a;
