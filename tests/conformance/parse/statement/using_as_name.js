using; using = 1; using.x; using(); using[a] = b; using
a; for (using of b); for (using in c); for (using.x of y); using in a; var using; using ? 1 : 2;
