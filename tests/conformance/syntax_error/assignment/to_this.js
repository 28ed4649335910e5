this = a;
