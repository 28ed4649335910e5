// Dates in a local time zone: fields, arithmetic, gaps and overlaps, text.

const TIMES = [
  // When clocks are changed somewhere, in UTC.
  1711846800000, 1729990800000, 1710054000000, 1730610000000, 1712415600000, 1728142200000, 1301752800000, 1325203200000, 1325289600000,
  -2177452800000, -1693706400000, 68169600000, 2140045200000, 4102444800000, 0, -1,
];

function time() {
  switch (random(6)) {
    case 0: return pick([8.64e15, -8.64e15, 8.64e15 - random(1e9), -8.64e15 + random(1e9), NaN, -62135596800000, -62167219200000]);
    case 1: return Math.round((random(2000001) - 1000000) * 1e9 * random(1000) / 1000);
    case 2: return pick(TIMES) + (random(241) - 120) * 60000;
    case 3: return pick(TIMES) + random(7200001) - 3600000;
    default: return (random(4000000) - 1000000) * 1000000 + random(1000000);
  }
}

const GETTERS = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
const SETTERS = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
const FORMS = ['toString', 'toDateString', 'toTimeString', 'toISOString', 'toUTCString', 'toJSON', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'getTimezoneOffset', 'getYear', 'valueOf'];

const field = () => (once(6) ? pick(['NaN', '1.9', '-0.5', "'3'", 'undefined', 'null', '1e9', '-1e21', '{}']) : once(3) ? random(200) - 100 : random(31));

/** Fields of a local time, often near a change of clocks. */
function fields() {
  const months = [[2024, 2, 31], [2024, 9, 27], [2024, 2, 10], [2024, 10, 3], [2024, 3, 7], [2024, 9, 6], [2011, 11, 30], [1916, 3, 30], [2038, 9, 31]];
  const [year, month, day] = once(3) ? [random(400) + 1800, random(14), random(33)] : pick(months);
  return [year, month, day, random(5), random(60), random(60), random(1000)].slice(0, 2 + random(6)).join(', ');
}

family(() => {
  switch (random(8)) {
    case 0: return `new Date(${time()}).get${pick(['', 'UTC'])}${pick(GETTERS)}()`;
    case 1: case 2: return `new Date(${time()}).${pick(FORMS)}()`;
    case 3: return `new Date(${time()}).set${pick(['', 'UTC'])}${pick(SETTERS)}(${some(3, field).join(', ')})`;
    case 4: case 5: return `new Date(${fields()}).getTime()`;
    case 6: return `Date.UTC(${once(2) ? some(7, field).join(', ') : fields()})`;
    default: return pick([
      () => `String(new Date(${fields()}))`, () => `new Date(${time()}) - new Date(${time()})`, () => `new Date(${time()}) + 1`, () => `\`\${new Date(${time()})}\``,
      () => `new Date(new Date(${time()}).toString()).getTime()`, () => `new Date(new Date(${time()}).toLocaleString()).getTime()`, () => `new Date(${time()}).setTime(${field()})`,
      () => `new Date(${time()}).setYear(${field()})`, () => `new Date(${some(7, field).join(', ')}0).getTime()`, () => `Date.parse('${2000 + random(40)}-03-${10 + random(20)}T0${random(4)}:30')`,
    ])();
  }
});
