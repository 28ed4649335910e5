// Text as numbers: `Number`, `parseFloat`, `parseInt`, literals.

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Digits of a radix. */
function digits(radix, most) {
  let text = '';
  for (let count = 1 + random(most); count > 0; count--) text += DIGITS[random(radix)];
  return once(4) ? text.toUpperCase() : text;
}

const exponent = () => pick(['e', 'E']) + pick(['', '+', '-']) + digits(10, once(4) ? 4 : 2);

/** A decimal, also ones half-way between two numbers. */
function decimal() {
  switch (random(8)) {
    case 0: return digits(10, 25) + '.' + digits(10, 25);
    case 1: return digits(10, 20) + exponent();
    case 2: return '.' + digits(10, 20) + (once(2) ? exponent() : '');
    case 3: return digits(10, 5) + '.' + (once(2) ? exponent() : '');
    case 4: {
      // The middle between a number and the next, and a little beside it.
      const number = 2 ** 53 + (bits() * 2 ** random(30)) * 2;
      const [whole, next] = [number, neighbour(number, 1)].map(BigInt);
      return String((whole + next) / 2n) + pick(['', '.0', '.00000000000000000000001', '.5']);
    }
    case 5: return ofNumber(anyNumber());
    case 6: return '0'.repeat(random(30)) + digits(10, 3) + '.' + '0'.repeat(random(300)) + digits(10, 4);
    default: return digits(10, 400) + (once(2) ? 'e-' + random(400) : '');
  }
}

const separators = () => pick(['_', '__', '']);

/** Something like a literal. */
function literal() {
  switch (random(9)) {
    case 0: return pick(['0x', '0X']) + digits(16, 20);
    case 1: return pick(['0b', '0B']) + digits(2, 70);
    case 2: return pick(['0o', '0O']) + digits(8, 24);
    case 3: return '0' + digits(8, 10);
    case 4: return '0' + digits(10, 6) + pick(['', '.5', 'e1']);
    case 5: return digits(10, 4) + separators() + digits(10, 4) + pick(['', 'n', '_', '.5_0', 'e1_0']);
    case 6: return digits(10, 6) + pick(['a', 'x', '..', 'n', 'e', 'e+', '.e1', '.5.5']);
    case 7: return pick(['0x', '0b', '0o']) + digits(36, 4) + pick(['', 'n', '_1']);
    default: return decimal();
  }
}

const space = () => (once(4) ? pick([' ', '\t', '\n', '\u00a0', '\ufeff', '\u2028', '\u180e', '\u200b', '  ']) : '');
const sign = () => (once(3) ? pick(['+', '-', '--', '+-']) : '');
const rest = () => (once(4) ? pick(['x', 'n', '_', 'px', '.', 'e', '\u0000', 'Infinity', '٣']) : '');
const word = () => pick(['Infinity', 'infinity', 'NaN', 'Infinit', 'INFINITY', '', 'null', 'true', 'nan', 'inf']);

function text() {
  const body = once(12) ? word() : once(3) ? literal() : decimal();
  return ofString(space() + sign() + body + rest() + space());
}

const radix = () => pick([random(40) - 2, random(35) + 2, 10, 16, 0, NaN, 4294967298, -4294967280, 2.9, "'16'", undefined]);

family(() => {
  switch (random(7)) {
    case 0: return `Number(${text()})`;
    case 1: return `parseFloat(${text()})`;
    case 2: return `parseInt(${text()})`;
    case 3: return `parseInt(${text()}, ${radix()})`;
    case 4: {
      const base = 2 + random(35);
      return `parseInt('${sign()}${digits(base, once(2) ? 80 : 15)}${rest()}', ${base})`;
    }
    case 5: return `+${text()}`;
    default: return literal();
  }
});
