// BigInt: operators, text, conversions, comparisons.

function digits(radix, most) {
  let text = '';
  for (let count = 1 + random(most); count > 0; count--) text += random(radix).toString(radix);
  return text;
}

const EDGES_OF_WORDS = [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n, 2n ** 128n, 10n ** 30n];

/** A BigInt, by source. */
function big(most = 60) {
  let text;
  switch (random(5)) {
    case 0: text = String(random(20)); break;
    case 1: text = String(pick(EDGES_OF_WORDS) + BigInt(random(3))); break;
    case 2: text = '0x' + digits(16, most); break;
    case 3: text = '0b' + digits(2, most); break;
    default: text = BigInt(digits(10, most)).toString();
  }
  return once(3) ? `(-${text}n)` : `${text}n`;
}

const OPERATORS = ['+', '-', '*', '/', '%', '&', '|', '^'];
const COMPARISONS = ['<', '<=', '>', '>=', '==', '===', '!='];

const other = () => pick([
  () => ofNumber(anyNumber()), () => big(), () => `'${digits(10, 30)}'`, () => `'${pick(['', ' ', '0x1f', '-1', '1n', '1.5', 'x'])}'`,
  () => pick(['true', 'null', 'undefined', '{}', "Symbol('s')", '[1]']), () => ofNumber(Math.round(anyNumber())),
])();

family(() => {
  switch (random(14)) {
    case 0: case 1: return `${big()} ${pick(OPERATORS)} ${big(once(2) ? 60 : 8)}`;
    case 2: return `${big(200)} ${pick(OPERATORS)} ${big(100)}`;
    case 3: return `${pick(['-', '~', '!', 'typeof ', '+', '++', ''])}${big()}`;
    case 4: return `${big()} ${pick(['<<', '>>'])} ${once(3) ? `-${random(200)}n` : `${random(200)}n`}`;
    case 5: return `${big(8)} ** ${random(20) - 1}n`;
    case 6: return `${big(80)}.toString(${2 + random(35)})`;
    case 7: return `BigInt.as${pick(['Int', 'Uint'])}N(${random(140)}, ${big()})`;
    case 8: return `BigInt(${once(2) ? other() : ofString(pick(['', ' ', '-', '+']) + pick(['', '0x', '0b', '0o', '0X']) + digits(pick([2, 8, 10, 16]), 40) + pick(['', ' ', 'n', '_']))})`;
    case 9: return `${big()} ${pick(COMPARISONS)} ${other()}`;
    case 10: return `${other()} ${pick(COMPARISONS)} ${big()}`;
    case 11: return `Number(${big(once(2) ? 30 : 320)})`;
    case 12: return `${big()} ${pick([...OPERATORS, '**', '<<', '>>', '>>>'])} ${other().replace(/^-(.*)$/, '(-$1)')}`;
    default: return pick([
      () => `BigInt.asIntN(${other()}, ${other()})`, () => `${big()}.toString(${other()})`, () => `${big(100)}.toLocaleString()`,
      () => `parseInt(${big()})`, () => `isNaN(${big()})`, () => `Math.max(${big()})`, () => `[${big()}, ${big()}, ${ofNumber(anyNumber())}, ${big()}].sort()`,
      () => `JSON.stringify(${big()})`, () => `Object(${big()}) ${pick(COMPARISONS)} ${other()}`, () => `new BigInt(1)`, () => `BigInt(${other()})`,
    ])();
  }
});
