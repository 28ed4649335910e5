for (a of b, c) {}
