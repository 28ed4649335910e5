function* g(a) {
  let b = yield a;
  return () => b;
}
