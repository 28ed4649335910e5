a: for (;;) {
  break a;
}
