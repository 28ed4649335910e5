switch (a) {
  b;
}
