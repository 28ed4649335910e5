if (a) b; if (a) b; else c; if (a) {} else if (b) {} else {}; if (a) if (b) c; else d;
