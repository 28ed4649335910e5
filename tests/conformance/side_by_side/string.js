// Strings: all methods, on text of all kinds and halves of surrogate pairs.

const text = (most = 8) => ofString(anyString(most));
const index = () => pick([random(10), random(10), -random(5), NaN, Infinity, -Infinity, 1.5, "'1'", undefined, '{}', 2 ** 32]);
const part = () => (once(3) ? text(2) : ofString(anyCharacter()));
const template = () => ofString(some(4, () => pick(['$', '$$', '$&', '$`', "$'", '$1', '$<a>', anyCharacter()])).join(''));

/** A string and something that is likely to be in it. */
function pair() {
  const whole = anyString(10);
  const from = random(whole.length + 1);
  return [ofString(whole), ofString(whole.slice(from, from + random(4)))];
}

const SIMPLE = [
  'toLowerCase', 'toUpperCase', 'toLocaleLowerCase', 'toLocaleUpperCase', 'trim', 'trimStart', 'trimEnd', 'isWellFormed', 'toWellFormed', 'normalize', 'toString', 'valueOf',
];
const INDEXED = ['at', 'charAt', 'charCodeAt', 'codePointAt', 'slice', 'substring', 'substr'];
const SEARCHING = ['includes', 'indexOf', 'lastIndexOf', 'startsWith', 'endsWith'];

family(() => {
  const [whole, inside] = pair();
  switch (random(15)) {
    case 0: case 1: return `${whole}.${pick(SIMPLE)}()`;
    case 2: return `${whole}.normalize('${pick(['NFC', 'NFD', 'NFKC', 'NFKD', 'nfc'])}')`;
    case 3: case 4: return `${whole}.${pick(INDEXED)}(${some(2, index).join(', ')})`;
    case 5: return `${whole}.${pick(SEARCHING)}(${inside}${once(3) ? `, ${index()}` : ''})`;
    case 6: return `${whole}.split(${pick([inside, inside, "''", '', part()])}${once(4) ? `, ${index()}` : ''})`.replace('(,', '(undefined,');
    case 7: return `${whole}.${pick(['replace', 'replaceAll'])}(${inside}, ${once(4) ? "(...all) => '<' + all.slice(0, 2).join() + '>'" : template()})`;
    case 8: return `${whole}.${pick(['padStart', 'padEnd'])}(${random(16)}${once(2) ? '' : `, ${part()}`})`;
    case 9: return `${text(4)}.repeat(${once(8) ? pick([-1, Infinity, '2 ** 30', NaN, 1.9]) : random(5)})`;
    case 10: return `${whole}.localeCompare(${once(2) ? text() : inside})`;
    case 11: return `[${some(8, () => text(3)).join(', ')}].sort((a, b) => a.localeCompare(b))`;
    case 12: return `${whole} ${pick(['<', '>', '==', '<=', '+'])} ${inside}`;
    case 13: return pick([
      () => `[...${whole}]`, () => `${whole}.length`, () => `${whole}[${index()}]`, () => `Object.keys(Object(${whole}))`, () => `${whole}.concat(${some(3, part).join(', ')})`,
      () => `String.fromCharCode(${some(4, () => bits() - 1000).join(', ')})`, () => `String.fromCodePoint(${some(3, () => (once(10) ? pick([-1, 1.5, NaN, 1114112, "'x'"]) : random(1114112))).join(', ')})`,
      () => `String.raw({ raw: [${some(3, part).join(', ')}] }, ${text(2)}, ${index()})`, () => `JSON.stringify(${whole})`, () => `Array.from(${whole}, (c) => c.codePointAt(0))`,
    ])();
    default: return pick([
      () => `${whole}.${pick(['anchor', 'big', 'bold', 'link', 'fontcolor', 'sub'])}(${part()})`, () => `${whole}.includes(/x/)`, () => `${whole}.startsWith(/x/)`,
      () => `${whole}.replaceAll(/x/, '')`, () => `${whole}.matchAll(/x/)`, () => `${whole}.localeCompare()`, () => `String.prototype.${pick(SIMPLE)}.call(${pick(['null', 'undefined', '12', 'true'])})`,
      () => `${whole}.search(${part().replace(/[()[\]{}*+?\\]/g, '.')})`, () => `${whole}.split(/${pick(['', '.', '\\s', '(b)|a', '[ac]', '(?:)'])}/${pick(['', 'u', 'i'])})`, () => `${whole}.replace(/${pick(['.', '(.)', '\\s', '\\w', ''])}/${pick(['', 'g', 'gu', 'y'])}, ${template()})`,
    ])();
  }
});
