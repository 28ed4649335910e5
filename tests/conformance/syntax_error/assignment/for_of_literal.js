for (1 of a) {}
