/a/gx;
