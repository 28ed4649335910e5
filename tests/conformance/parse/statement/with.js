with (a) b; with (a) { c } with (a) with (b) c;
