if (a {
  b;
}
