// Math: all functions, bit for bit; but for `sumPrecise`, which V8 does not have yet.

const ONE = [
  'abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'cbrt', 'ceil', 'clz32', 'cos', 'cosh', 'exp', 'expm1', 'floor',
  'fround', 'f16round', 'log', 'log1p', 'log10', 'log2', 'round', 'sign', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc',
];

/** A number where functions are steep, flat, or change their way of computing. */
function argument() {
  switch (random(8)) {
    case 0: return ofNumber(neighbour((random(33) - 16) * (Math.PI / 4), random(5) - 2));
    case 1: return ofNumber((random(2000001) - 1000000) / 1000000);
    case 2: return ofNumber((random(2000001) - 1000000) / 1000);
    case 3: return ofNumber(bits() * 2 ** (random(2000) - 1000));
    case 4: return ofNumber(bits() / 2 ** (30 + random(20)) * (once(2) ? 1 : -1));
    case 5: return ofNumber(neighbour(pick([1, -1, 0, 22, 0.5, 2 ** -28, 709.78, -745.13, 0.34657, 1.0397]), random(9) - 4));
    default: return ofNumber(anyNumber());
  }
}

const small = () => (once(3) ? argument() : ofNumber((random(4001) - 2000) / pick([1, 10, 100, 3, 7, 64])));

family(() => {
  switch (random(8)) {
    case 0: case 1: case 2: case 3: return `Math.${pick(ONE)}(${argument()})`;
    case 4: return `Math.pow(${small()}, ${small()})`;
    case 5: return once(2) ? `Math.atan2(${argument()}, ${argument()})` : `(${small()}) ** (${small()})`;
    case 6: return `Math.${pick(['hypot', 'max', 'min'])}(${some(4, small).join(', ')})`;
    default: return `Math.imul(${argument()}, ${argument()})`;
  }
});
