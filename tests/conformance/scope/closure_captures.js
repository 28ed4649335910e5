function outer() {
  let captured = 1;
  let own = 2;
  return function inner() {
    return captured;
  };
}
