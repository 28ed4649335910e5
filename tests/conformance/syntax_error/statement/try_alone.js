try {
  a;
}
b;
