// Numbers as text: `toString`, `toFixed`, `toExponential`, `toPrecision`, `toLocaleString`.

const receiver = () => `(${ofNumber(anyNumber())})`;

const OPTIONS = [
  () => `minimumFractionDigits: ${random(6)}`,
  () => `maximumFractionDigits: ${random(8)}`,
  () => `useGrouping: ${pick(['true', 'false', "'always'", "'min2'", "'auto'"])}`,
  () => `minimumIntegerDigits: ${1 + random(5)}`,
  () => `maximumSignificantDigits: ${1 + random(8)}`,
  () => `minimumSignificantDigits: ${1 + random(5)}`,
  () => `style: 'percent'`,
  () => `style: 'currency', currency: '${pick(['USD', 'EUR', 'JPY', 'GBP', 'CHF', 'KWD', 'usd', 'XOF', 'CAD'])}'`,
];

family(() => {
  switch (random(8)) {
    case 0: return `${receiver()}.toString()`;
    case 1: return `${receiver()}.toString(${2 + random(35)})`;
    case 2: return `${receiver()}.toFixed(${random(101)})`;
    case 3: return `${receiver()}.toFixed(${random(6)})`;
    case 4: return `${receiver()}.toExponential(${once(6) ? '' : random(once(3) ? 102 : 20)})`;
    case 5: return `${receiver()}.toPrecision(${once(6) ? '' : random(once(3) ? 103 : 20)})`;
    case 6: return `${receiver()}.toLocaleString(${pick(['', "'en-US'", 'undefined', "'en'"])})`;
    default: return `${receiver()}.toLocaleString('en-US', { ${some(2, () => pick(OPTIONS)()).join(', ')} })`;
  }
});
