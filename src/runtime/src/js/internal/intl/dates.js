'use strict';

// https://tc39.es/ecma402/#datetimeformat-objects
//
// How a date is written is `Date.prototype.toLocaleString`'s affair.

const { finish, resolveLocale, textOption, withName } = require('internal/intl/common');
const { NotImplementedError } = require('internal/errors');

const { toLocaleString, toLocaleDateString } = Date.prototype;
const MINE = 'Intl.DateTimeFormat';

const TEXT = ['narrow', 'short', 'long'];
const NUMBER = ['2-digit', 'numeric'];
/** Fields, what they may be, in the order in which `resolvedOptions` has them. */
const FIELDS = {
  weekday: TEXT,
  era: TEXT,
  year: NUMBER,
  month: [...NUMBER, ...TEXT],
  day: NUMBER,
  dayPeriod: TEXT,
  hour: NUMBER,
  minute: NUMBER,
  second: NUMBER,
  fractionalSecondDigits: undefined,
  timeZoneName: ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'],
};
const STYLES = ['full', 'long', 'medium', 'short'];

const slots = new WeakMap();

function slotsOf(format, method) {
  const found = slots.get(format);
  if (found === undefined) {
    throw new TypeError(`Method Intl.DateTimeFormat.prototype.${method} called on incompatible receiver ${String(format)}`);
  }
  return found;
}

function DateTimeFormat(locales = undefined, options = undefined) {
  const self = new.target === undefined ? Object.create(DateTimeFormat.prototype) : this;
  const locale = resolveLocale(locales);
  const given = options === undefined ? Object.create(null) : Object(options);
  const fields = {};
  for (const name of Object.keys(FIELDS)) {
    const value = textOption(given, name, FIELDS[name], undefined, MINE);
    if (value !== undefined) fields[name] = name === 'fractionalSecondDigits' ? Number(value) : value;
  }
  if (fields.dayPeriod !== undefined) throw new NotImplementedError('Intl.DateTimeFormat: dayPeriod');
  const calendar = textOption(given, 'calendar', undefined, 'gregory', MINE);
  if (calendar !== 'gregory') throw new NotImplementedError(`Intl.DateTimeFormat: the calendar ${calendar}`);
  const styles = {};
  for (const name of ['dateStyle', 'timeStyle']) {
    const value = textOption(given, name, STYLES, undefined, MINE);
    if (value === undefined) continue;
    if (Object.keys(fields).length > 0) throw new TypeError('Invalid option : option');
    styles[name] = value;
  }
  const hasStyle = Object.keys(styles).length > 0;
  const isUsual = !hasStyle && Object.keys(fields).every((name) => name === 'era' || name === 'timeZoneName');
  const timeZone = zoneOf(given.timeZone);
  const shown = { ...fields, ...styles, timeZone };
  const hour12 = given.hour12 === undefined ? undefined : Boolean(given.hour12);
  const hourCycle = textOption(given, 'hourCycle', ['h11', 'h12', 'h23', 'h24'], undefined, MINE);
  if (hour12 !== undefined) shown.hour12 = hour12;
  else if (hourCycle !== undefined) shown.hourCycle = hourCycle;
  if (isUsual) Object.assign(fields, { year: 'numeric', month: 'numeric', day: 'numeric' });
  const method = isUsual ? toLocaleDateString : toLocaleString;
  const write = (date) => Reflect.apply(method, date, ['en-US', shown]);
  withName(/Date\.prototype\.\w+/, MINE, () => write(new Date(0)));
  slots.set(self, { locale, fields, styles, timeZone, hour12, hourCycle, write, format: undefined });
  return self;
}

/** The zone's name as it is in the tables; universal time has one name of many. */
function zoneOf(zone) {
  let name;
  try {
    name = zone === undefined ? Temporal.Now.timeZoneId() :
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(`${zone}`).timeZoneId;
  } catch {
    throw new RangeError(`Invalid time zone specified: ${zone}`);
  }
  return /^(Etc\/)?(UTC|GMT|UCT|Zulu|Universal)$/.test(name) ? 'UTC' : name;
}

/** A date that is given as such, or as a number; nothing is the present. */
function dateOf(value) {
  if (value === undefined) return new Date();
  const date = value instanceof Date ? value : new Date(Number(value));
  if (Number.isNaN(date.getTime())) throw new RangeError('Invalid time value');
  return date;
}

/** What is shown, and how the text of each looks, in the order of the text. */
function shownParts({ fields, styles }) {
  const { dateStyle, timeStyle } = styles;
  const isShown = (name) => fields[name] !== undefined;
  const isTextual = dateStyle === undefined ? TEXT.includes(fields.month) : dateStyle !== 'short';
  const word = /\p{L}+/gu;
  const number = /-?\d+/g;
  const hasDate = dateStyle !== undefined;
  const hasTime = timeStyle !== undefined;
  return [
    [dateStyle === 'full' || isShown('weekday'), 'weekday', word],
    [hasDate || isShown('month'), 'month', isTextual ? word : number],
    [hasDate || isShown('day'), 'day', number],
    [hasDate || isShown('year'), 'year', number],
    [isShown('era'), 'era', /\p{L}+( \p{L}+)*/gu],
    [hasTime || isShown('hour'), 'hour', number],
    [hasTime || isShown('minute'), 'minute', number],
    [hasTime && timeStyle !== 'short' || isShown('second'), 'second', number],
    [isShown('fractionalSecondDigits'), 'fractionalSecond', number],
    [hasTime || isShown('hour'), 'dayPeriod', /[AP]M/g],
    [timeStyle === 'full' || timeStyle === 'long' || isShown('timeZoneName'), 'timeZoneName', /\p{L}.*/gu],
  ].filter(([is]) => is);
}

function partsOf(slot, text) {
  const parts = [];
  let at = 0;
  for (const [, type, pattern] of shownParts(slot)) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) continue;
    if (found.index > at) parts.push({ type: 'literal', value: text.slice(at, found.index) });
    parts.push({ type, value: found[0] });
    at = pattern.lastIndex;
  }
  if (at < text.length) parts.push({ type: 'literal', value: text.slice(at) });
  return parts;
}

Object.defineProperty(DateTimeFormat.prototype, 'format', {
  configurable: true,
  get() {
    const slot = slotsOf(this, 'format');
    slot.format ??= Object.defineProperty((date) => slot.write(dateOf(date)), 'name', { value: '' });
    return slot.format;
  },
});

const methods = {
  formatToParts(date) {
    const slot = slotsOf(this, 'formatToParts');
    const { fields } = slot;
    if (fields.weekday !== undefined && fields.day === undefined && fields.month !== undefined) {
      throw new NotImplementedError('Intl.DateTimeFormat: parts of a weekday without a day');
    }
    return partsOf(slot, slot.write(dateOf(date)));
  },
  formatRange() {
    throw new NotImplementedError('Intl.DateTimeFormat.prototype.formatRange');
  },
  formatRangeToParts() {
    throw new NotImplementedError('Intl.DateTimeFormat.prototype.formatRangeToParts');
  },
  resolvedOptions() {
    const { locale, fields, styles, timeZone, hour12, hourCycle } = slotsOf(this, 'resolvedOptions');
    const resolved = { locale, calendar: 'gregory', numberingSystem: 'latn', timeZone };
    if (fields.hour !== undefined || styles.timeStyle !== undefined) {
      const cycle = hour12 === undefined ? hourCycle ?? 'h12' : hour12 ? 'h12' : 'h23';
      resolved.hourCycle = cycle;
      resolved.hour12 = cycle === 'h11' || cycle === 'h12';
    }
    for (const name of Object.keys(FIELDS)) {
      if (fields[name] === undefined) continue;
      resolved[name] = fields[name];
      // Minutes and seconds behind others have two digits, and so have hours of a whole day.
      if (name === 'minute' && fields.hour !== undefined || name === 'second' && fields.minute !== undefined ||
          name === 'hour' && resolved.hour12 === false) {
        resolved[name] = '2-digit';
      }
    }
    return Object.assign(resolved, styles);
  },
};
for (const name of Object.keys(methods)) {
  Object.defineProperty(DateTimeFormat.prototype, name, { configurable: true, writable: true, value: methods[name] });
}

exports.DateTimeFormat = finish(DateTimeFormat, 'DateTimeFormat');
