for (;;) {
  a;
  let a;
  a;
}
