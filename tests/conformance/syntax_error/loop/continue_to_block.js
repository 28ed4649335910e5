a: {
  while (b) continue a;
}
