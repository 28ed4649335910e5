({ m() { super.a; super[b]; super.c(); } });
