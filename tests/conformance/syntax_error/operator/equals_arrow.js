a = = b;
