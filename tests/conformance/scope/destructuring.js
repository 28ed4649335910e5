function f({ a, b: [c = a, ...d] }, ...e) {
  return () => d;
}
