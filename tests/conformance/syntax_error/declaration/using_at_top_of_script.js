using a = b;
