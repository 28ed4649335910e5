// Text as dates: the standard's form, that of mails, what V8 reads beyond, and what it refuses.

const two = (number) => String(number).padStart(2, '0');
const MONTHS = ['Jan', 'February', 'Mar', 'apr', 'MAY', 'June', 'Jul', 'August', 'Sept', 'Oct', 'november', 'Dec', 'Foo', 'Ma'];
const DAYS = ['Mon', 'Tuesday', 'wed', 'Thu', 'Fri,', 'Sat', 'Sunday', 'x'];
const ZONES = ['GMT', 'UTC', 'UT', 'Z', 'z', 'EST', 'EDT', 'CST', 'CDT', 'MST', 'MDT', 'PST', 'PDT', 'CET', 'gmt', 'A'];
const offset = () => pick(['+', '-', '−']) + pick([two(random(26)) + two(random(62)), two(random(26)) + ':' + two(random(62)), random(15), two(random(15)), '1', '123', '12345', '']);

const zone = () => pick([() => '', () => '', () => 'Z', offset, () => pick(ZONES), () => pick(['GMT', 'UTC', 'EST']) + offset(), () => ' (Some Place)', () => '[UTC]'])();
const year = () => pick([1970 + random(80), 1 + random(9999), random(100), random(1000), '0000', '0' + random(999), random(300000), '']);
const isoYear = () => pick([String(random(10000)).padStart(4, '0'), '+' + String(random(300000)).padStart(6, '0'), '-' + String(random(300000)).padStart(6, '0'), '-000000', '2024', '1969']);
const month = () => (once(8) ? random(16) : 1 + random(12));
const day = () => (once(8) ? random(40) : 1 + random(28));
const hour = () => (once(8) ? random(27) : random(24));
const sixty = () => (once(10) ? random(70) : random(60));

const time = () => pick([
  () => `${two(hour())}:${two(sixty())}`, () => `${two(hour())}:${two(sixty())}:${two(sixty())}`, () => `${hour()}:${sixty()}`,
  () => `${two(hour())}:${two(sixty())}:${two(sixty())}.${random(pick([10, 100, 1000, 100000, 1e10]))}`, () => `${random(14)}:${two(sixty())} ${pick(['AM', 'PM', 'am', 'p.m.', 'P'])}`,
  () => `${hour()}`, () => '24:00', () => '24:00:00', () => '24:00:01', () => `${two(hour())}::${two(sixty())}`, () => `${two(hour())}:${two(sixty())}:`, () => `${two(hour())}.${two(sixty())}`,
])();

function iso() {
  const parts = [isoYear(), two(month()), two(day())].slice(0, 1 + random(3)).join('-');
  return parts + (once(3) ? '' : pick(['T', 't', ' ', 'T', '  ', 'T ', '_']) + time() + zone());
}

const mail = () => `${pick(DAYS)}${once(2) ? ',' : ''} ${day()} ${pick(MONTHS)} ${year()} ${time()} ${zone()}`;
const native = () => `${pick(DAYS)} ${pick(MONTHS)} ${two(day())} ${year()} ${time()} ${zone()}${once(3) ? ' (Central European Time)' : ''}`;
const slashes = () => [month(), day(), year()].join(pick(['/', '-', '.', ' ', ', ', ' - '])) + (once(2) ? ' ' + time() + (once(2) ? ' ' : '') + zone() : '');
const yearFirst = () => [year(), month(), day()].join(pick(['/', '-', '.', ' '])) + (once(2) ? ' ' + time() + zone() : '');
const words = () => some(6, () => pick([() => pick(MONTHS), day, year, time, zone, () => pick(DAYS), () => pick(['(', ')', ',', '-', '+', '/', '.', 'at', 'of', 'T', '((x))', ':', 'é', '1st']), () => month()])()).join(pick([' ', ' ', '', '-', ',']));

/** A text with a character exchanged, left out, or put in. */
function spoilt(text) {
  const at = random(text.length + 1);
  return text.slice(0, at) + pick(['', ...' -+:.,/()Tz0a']) + text.slice(at + random(2));
}

family(() => {
  let text = pick([iso, iso, iso, mail, native, slashes, yearFirst, words])();
  if (once(5)) text = spoilt(text);
  if (once(20)) text = pick([' ', '\n', 'x ', 'x']) + text + pick(['', ' ', ' x']);
  return `Date.parse(${ofString(text)})`;
});
