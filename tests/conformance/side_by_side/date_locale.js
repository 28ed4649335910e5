// Dates as text for people, with options.

const time = () => (once(8) ? pick([0, -1, NaN, 8.64e15, -8.64e15, -62135596800000, -62198755200000]) : (random(4000000) - 1000000) * 1000000 + random(1000000));

const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Tokyo', 'Australia/Lord_Howe', 'America/Los_Angeles', 'Europe/London', 'GMT', 'utc', '+05:30', '-03:00'];
const STYLES = ['full', 'long', 'medium', 'short'];
const NAMES = ['long', 'short', 'narrow'];
const DIGITS = ['numeric', '2-digit'];

const WIDTHS = { weekday: NAMES, year: DIGITS, month: [...DIGITS, ...NAMES], day: DIGITS, hour: DIGITS, minute: DIGITS, second: DIGITS };

// Fields that people write together.
const DATES = ['weekday', 'year', 'month', 'day', 'month day', 'year month', 'year month day', 'weekday month day', 'weekday year month day', 'weekday day', ''];
const TIMES = ['hour', 'hour minute', 'hour minute second', 'minute second', 'minute', 'second', '', ''];

const USUAL = [
  {}, { dateStyle: 'full', timeStyle: 'long' }, { year: 'numeric', month: 'long', day: 'numeric' }, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  { year: 'numeric', month: '2-digit', day: '2-digit' }, { hour: '2-digit', minute: '2-digit' }, { hour: 'numeric', minute: '2-digit', hour12: true },
  { month: 'short', day: 'numeric' }, { month: 'long', year: 'numeric' }, { weekday: 'short' }, { hour12: false }, { timeZone: 'UTC' }, { hour: 'numeric' },
  { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }, { month: 'long' }, { year: 'numeric' },
  { weekday: 'short', month: 'short', day: 'numeric' }, { timeZoneName: 'short' }, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
];

function options() {
  let bag = {};
  if (once(3)) {
    bag = { ...pick(USUAL) };
  } else if (once(2)) {
    if (!once(4)) bag.dateStyle = pick(STYLES);
    if (!once(3)) bag.timeStyle = pick(STYLES);
  } else {
    const names = `${pick(DATES)} ${pick(TIMES)}`.split(' ').filter(Boolean);
    for (const name of names) bag[name] = pick(WIDTHS[name]);
    if (bag.second && bag.minute && once(4)) bag.fractionalSecondDigits = 1 + random(3);
    if (bag.hour && once(4)) bag.timeZoneName = pick(['short', 'long', 'shortOffset', 'longOffset']);
    if (bag.year && bag.month && once(12)) bag.era = pick(NAMES);
  }
  if (once(3)) bag.timeZone = pick(ZONES);
  if (once(6)) bag.hour12 = once(2);
  if (once(12)) bag.hourCycle = pick(['h12', 'h23']);
  if (once(40)) Object.assign(bag, pick([{ timeZone: 'Nowhere/Land' }, { month: 'x' }, { dateStyle: 'tiny' }, { dateStyle: 'full', year: 'numeric' }, { hour: 1 }, { fractionalSecondDigits: 4 }]));
  return JSON.stringify(bag);
}

family(() => `new Date(${time()}).${pick(['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'])}(${pick(["'en-US'", "'en-US'", 'undefined', "'en'", '[]'])}, ${options()})`);
