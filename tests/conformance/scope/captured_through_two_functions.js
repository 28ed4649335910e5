function f(a) {
  return function () {
    return function () {
      return a;
    };
  };
}
