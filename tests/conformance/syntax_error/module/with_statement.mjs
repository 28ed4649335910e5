with (a) b;
