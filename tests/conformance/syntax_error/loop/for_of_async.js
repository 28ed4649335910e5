for (async of a) {}
