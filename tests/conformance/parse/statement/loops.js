while (a) b; do a; while (b); do {} while (a) b; for (;;) break; for (a; b; c) continue; for (var i = 0, j; i < 1; i++) {}
