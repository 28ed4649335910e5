var 1st;
