{
  using a = b;
  await using c = a;
}
