// What stands before the program of each family. SEED and COUNT are set above.
//
// A family calls `run` with the source text of COUNT expressions. Each is evaluated, and
// printed with what became of it: a line `• SOURCE`, and lines with the value.

/** The state of a xorshift generator: what it gives hangs on the seed alone. */
let state = Math.imul(SEED, 2654435761) >>> 0 || 1;

/** A whole number from 0 up to, and without, `limit`. */
function random(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return Math.floor(((state >>> 0) / 4294967296) * limit);
}

/** One of a list. */
const pick = (list) => list[random(list.length)];

/** True once in so many times. */
const once = (times) => random(times) === 0;

/** So many results of a function, at most. */
const some = (most, make) => Array.from({ length: random(most + 1) }, () => make());

/** 32 random bits. */
const bits = () => random(65536) * 65536 + random(65536);

const view = new DataView(new ArrayBuffer(8));

/** Any double, by its bits. */
function anyDouble() {
  view.setUint32(0, bits());
  view.setUint32(4, bits());
  return view.getFloat64(0);
}

/** The double beside another one. */
function neighbour(number, steps) {
  view.setFloat64(0, number);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(steps));
  return view.getFloat64(0);
}

const EDGES = [
  0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -1.5, 0.1, 0.2, 0.3, 1e21, 1e20, 123456789012345680000, 1e-6,
  1e-7, 1.25, 1.005, 1.45, 8.345, 0.000001234, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 53, 2 ** 53 - 1,
  2 ** 63, -(2 ** 63), 2 ** 64, 255, 256, 65535, 65536, Infinity, -Infinity, NaN, Number.MAX_VALUE,
  Number.MIN_VALUE, Number.EPSILON, 2.2250738585072014e-308, Math.PI, Math.E, 1000, 999999.5, 99.95,
];

/** A number of one of many kinds. */
function anyNumber() {
  switch (random(9)) {
    case 0: return pick(EDGES);
    case 1: return anyDouble();
    case 2: return random(2000) - 1000;
    case 3: return (random(200001) - 100000) / 100;
    case 4: return (random(20001) - 10000) / 2 ** random(12);
    case 5: return bits() * (once(2) ? 1 : -1);
    case 6: return bits() * 2 ** (random(80) - 40);
    case 7: return Number(`${random(1000)}e${random(60) - 30}`);
    default: return neighbour(pick(EDGES), random(7) - 3);
  }
}

/** The source text of a number. */
function ofNumber(number) {
  return Object.is(number, -0) ? '-0' : String(number);
}

const LETTERS = ['a', 'b', 'c', 'A', 'B', 'z', 'k', 's', '0', '1', '9', '_', ' ', '-', ',', '.', '$'];
const STRANGE = [
  'é', 'É', 'ß', 'ẞ', 'ſ', '\u212a', 'µ', 'μ', 'σ', 'ς', 'Σ', 'İ', 'ı', 'i̇', 'ŉ', 'ǰ', 'ﬁ', 'ﬃ', '日', '本',
  '😀', '\u{10400}', '\u{10428}', '\ud83d', '\ude00', '\n', '\t', '\u2028', '\u00a0', '\ufeff', '\u0301',
  '\u0323', '\u0307', 'e\u0301', '가', '\u1100', '\u1161', '\u11a8', 'Å', '\u212b', 'ﷺ', '½', '①', '\u0000',
  'ά', 'ᾳ', 'ᾼ', 'Ω', '\u2126', 'ǆ', 'ǅ', 'Ǆ', 'ა', 'Ა', 'ꭰ', 'Ꭰ', '\u0345', 'ö', 'ü', 'ñ', '\u200d', '\u180e',
];

/** A character, of two units or half a pair too. */
const anyCharacter = () => (once(3) ? pick(STRANGE) : pick(LETTERS));

/** A string of so many characters at most. */
function anyString(most) {
  let text = '';
  for (let count = random(most + 1); count > 0; count--) text += anyCharacter();
  return text;
}

/** A string with all that is not printable ASCII escaped. */
function escaped(text) {
  let result = '';
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 32 && unit < 127) result += text[index];
    else result += '\\u' + (65536 + unit).toString(16).slice(1);
  }
  return result;
}

/** The source text of a string. */
function ofString(text) {
  let result = '';
  for (let index = 0; index < text.length; index++) {
    result += text[index] === "'" || text[index] === '\\' ? '\\' + text[index] : text[index];
  }
  return "'" + escaped(result) + "'";
}

/** A value in a form of our own, so that nothing of what is tested writes it. */
function show(value, depth = 0) {
  switch (typeof value) {
    case 'string': return ofString(value);
    case 'number': return ofNumber(value);
    case 'bigint': return `${value}n`;
    case 'symbol': return escaped(String(value));
    case 'function': return `function ${value.name}`;
    case 'object': return value === null ? 'null' : depth > 6 ? '…' : showObject(value, depth + 1);
    default: return String(value);
  }
}

function showObject(object, depth) {
  const tag = Object.prototype.toString.call(object).slice(8, -1);
  const inner = (value) => show(value, depth);
  if (tag === 'Error') return `${object.name}: ${escaped(String(object.message))}`;
  if (tag === 'Date') return `Date ${ofNumber(object.getTime())}`;
  if (tag === 'ArrayBuffer') return `ArrayBuffer [${new Uint8Array(object).join()}]`;
  if (object instanceof Map) return `Map ${inner([...object])}`;
  if (object instanceof Set) return `Set ${inner([...object])}`;
  const parts = [];
  const isList = Array.isArray(object) || ArrayBuffer.isView(object);
  if (isList) {
    for (let index = 0; index < object.length && index < 200; index++) {
      parts.push(index in object ? inner(object[index]) : '<hole>');
    }
  }
  for (const key of Reflect.ownKeys(object)) {
    const isIndex = typeof key === 'string' && /^\d+$/.test(key);
    if (isList && (key === 'length' || isIndex)) continue;
    const { value, get } = Object.getOwnPropertyDescriptor(object, key);
    parts.push(`${escaped(String(key))}: ${get ? '<getter>' : inner(value)}`);
  }
  const name = tag === 'Object' || tag === 'Array' ? '' : tag + ' ';
  return isList ? `${name}[${parts.join(', ')}]` : `${name}{${parts.join(', ')}}`;
}

const output = [];

/** Evaluates a text, and prints it with its value or the error it ends in. */
function run(source) {
  output.push(`• ${escaped(source)}`);
  let result;
  try {
    result = show((0, eval)(source));
  } catch (error) {
    result = error instanceof Error ? `throws ${show(error)}` : `throws the value ${show(error)}`;
  }
  output.push(result);
  if (output.length >= 1000) flush();
}

/** Prints what is still to be printed. */
function flush() {
  if (output.length > 0) console.log(output.join('\n'));
  output.length = 0;
}

/** Runs what a function makes, COUNT times. */
function family(make) {
  for (let number = 0; number < COUNT; number++) run(make());
  flush();
}

