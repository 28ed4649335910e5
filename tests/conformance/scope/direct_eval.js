function f(a) {
  let b;
  eval('a');
  return function () {
    let c;
  };
}
