do {
  a;
}
b;
