// Regular expressions: random patterns with all flags on random subjects.

const CASED = ['a', 'b', 'c', 'A', 'B', 'k', 's', '0', '1', '_', ' ', '-'];
const OTHERS = ['é', 'É', 'ß', 'ſ', '\u212a', 'µ', 'μ', 'σ', 'ς', '日', '😀', '\u{10400}', '\u{10428}', '\ud83d', '\ude00', '\n', '\u2028'];
let wide, unicode, sets, names, groups;

const character = () => (once(wide ? 3 : 12) ? pick(OTHERS) : pick(CASED.slice(0, once(2) ? 4 : 12)));

const ESCAPES = ['\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '.', '\\n', '\\t', '\\cA'];
const UNICODE = ['\\p{L}', '\\P{Lu}', '\\p{Ll}', '\\u{1F600}', '\\p{Script=Greek}', '\\p{ASCII}', '\\p{Lu}', '\\ud83d\\ude00', '\\p{Emoji}', '\\p{scx=Latn}'];
const LEGACY = ['\\101', '\\x41', '\\u0061', '\\c', '\\8', '\\0', '\\a', '\\_'];
const escape = () => pick([...ESCAPES, ...(unicode ? UNICODE : LEGACY)]);

function classItem() {
  if (once(4)) return escape().replace(/^\.$/, 'x').replace(/^\\c$/, 'q').replace('\\8', '8').replace('\\0', '0');
  if (once(3)) return [pick(CASED.slice(0, 9)), pick(CASED.slice(0, 9))].sort().join('-');
  const found = character();
  return sets && /[()[\]{}/\-\\|]/.test(found) ? '\\' + found : found === '-' ? (unicode ? '\\-' : '-') : found;
}

function characterClass(depth) {
  const not = once(4) ? '^' : '';
  if (sets && depth > 0 && once(3)) {
    const operand = () => (once(2) ? characterClass(depth - 1) : pick(['\\w', '\\d', '\\p{L}', 'a', 'é', ...(not ? [] : ['\\q{ab||}', '\\q{AB|cb}'])]));
    return `[${not}${operand()}${pick(['&&', '--'])}${operand()}]`;
  }
  let text = '';
  for (let count = random(4); count >= 0; count--) text += sets && depth > 0 && once(5) ? characterClass(depth - 1) : classItem();
  if (sets && !not && once(4)) text += `\\q{${pick(['ab', 'abc|ab', 'Ab|', 'k1'])}}`;
  return `[${not}${text}]`;
}

function atom(depth) {
  const inner = () => disjunction(depth - 1);
  switch (random(depth > 0 ? 14 : 6)) {
    case 0: return escape();
    case 1: return characterClass(2);
    case 6: case 7: groups++; return `(${inner()})`;
    case 8: groups++; return `(?<n${names++}>${inner()})`;
    case 9: return `(?:${inner()})`;
    case 10: return `(?${pick(['i', 'm', 's', '-i', '-m', 'i-s', 'ims'])}:${inner()})`;
    case 11: return groups ? `\\${1 + random(groups)}` : 'a';
    case 12: return names ? `\\k<n${random(names)}>` : 'b';
    case 13: return `(?:${inner()})`;
    default: return character().replace(/[()[\]{}|\\*+?.^$/]/, '\\$&');
  }
}

function term(depth) {
  const kind = random(18);
  if (kind === 0) return pick(['^', '$', '\\b', unicode ? '\\b' : '\\B']);
  if (kind === 1 && depth > 0) return `${pick(['(?=', '(?!', '(?<=', '(?<!'])}${disjunction(depth - 1)})`;
  const isQuantified = once(depth > 1 ? 6 : 3);
  return atom(depth) + (isQuantified ? pick(['*', '+', '?', '{2}', '{1,2}', '{0,3}', '{2,}', '{0}', '{1,}']) + (once(3) ? '?' : '') : '');
}

function alternative(depth) {
  let text = '';
  for (let count = random(4); count >= 0; count--) text += term(depth);
  return text;
}

function disjunction(depth) {
  let text = once(12) ? '' : alternative(depth);
  for (let count = random(5) - 2; count > 0; count--) text += `|${alternative(depth)}`;
  return text;
}

function subject() {
  let text = '';
  for (let count = random(once(4) ? 14 : 8); count > 0; count--) text += character();
  return text;
}

const SPOILS = ['(', ')', '[', ']', '{', '}', '*', '+', '?', '\\', '(?', '(?<', '(?<a', '(?<a>', '\\k', '\\k<', '\\k<z>', '\\u', '\\u{', '\\u{110000}', '\\x', '\\p', '\\p{', '\\p{Foo}', '\\p{L', '[b-a]', '[\\d-a]', '{2,1}', '**', '??', '(?<=a)*', '(?=a)*', '\\1', '\\9', '--', '&&', '(?i-i:', '(?x:', '^*', '|', '\\c', '\\q{a}', '[^\\q{ab}]', '{1', '(?:', '(?<a>)(?<a>)', '(?<1>)', '\\-', '\n', '/'];

function spoilt(pattern) {
  const at = random(pattern.length + 1);
  return pattern.slice(0, at) + pick(SPOILS) + pattern.slice(at + random(2));
}

const TEMPLATES = ["'[$&]'", "'$1|$2'", "'$`-$\\''", "'$<n0>'", "'$$'", "'$0$01$10'", "'$'", "(...all) => '<' + all.map(String).join() + '>'"];

const METHODS = [
  (it, text) => `(() => { const it = ${it}; it.lastIndex = ${random(4)}; return [it.exec(${text}), it.lastIndex]; })()`, (it, text) => `${it}.exec(${text})`, (it, text) => `${it}.exec(${text})`,
  (it, text) => `${text}.match(${it})`, (it, text) => `[...${text}.matchAll(${it})]`, (it, text) => `${text}.replace(${it}, ${pick(TEMPLATES)})`, (it, text) => `${text}.replaceAll(${it}, ${pick(TEMPLATES)})`,
  (it, text) => `${text}.split(${it}${once(3) ? `, ${random(4)}` : ''})`, (it, text) => `${text}.search(${it})`, (it, text) => `${it}.test(${text})`, (it) => `String(${it})`, (it) => `${it}.flags`,
];

family(() => {
  unicode = once(2);
  sets = unicode && once(2);
  wide = once(3);
  names = 0;
  groups = 0;
  let flags = sets ? 'v' : unicode ? 'u' : '';
  for (const flag of 'gimsyd') if (once(flag === 'i' ? 2 : 4)) flags += flag;
  if (once(60)) flags += pick(['g', 'x', 'uv', 'G', 'ii']);
  const pattern = disjunction(2);
  const made = `new RegExp(${ofString(once(6) ? spoilt(pattern) : pattern)}, '${flags}')`;
  return pick(METHODS)(made, ofString(subject()));
});
