function f(a) {
  (0, eval)('a');
  eval?.('a');
  globalThis.eval('a');
}
