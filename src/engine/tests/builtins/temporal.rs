//! `Temporal`. The machine's clock here is UTC.

#![cfg(feature = "temporal")]

use crate::support::{check, thrown};

/// Programs whose value is compared as text: that of `toString`, for `valueOf` throws.
fn texts(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        check(&[(&format!("String({text})"), expected)]);
    }
}

#[test]
fn the_object_and_its_classes() {
    texts(&[
        (
            "Object.getOwnPropertyNames(Temporal).join()",
            "Now,PlainDate,PlainTime,PlainDateTime,ZonedDateTime,Duration,Instant,PlainYearMonth,PlainMonthDay",
        ),
        (
            "[Temporal, Temporal.Now].map(o => Object.prototype.toString.call(o)).join()",
            "[object Temporal],[object Temporal.Now]",
        ),
        (
            "Object.keys(Object.getOwnPropertyDescriptors(Temporal.PlainTime.prototype)).join()",
            "constructor,hour,minute,second,millisecond,microsecond,nanosecond,add,subtract,with,until,since,round,equals,toLocaleString,toString,toJSON,valueOf",
        ),
        (
            "Object.keys(Object.getOwnPropertyDescriptors(Temporal.ZonedDateTime.prototype)).join()",
            "constructor,timeZoneId,calendarId,era,eraYear,year,month,monthCode,day,hour,minute,second,millisecond,microsecond,nanosecond,epochMilliseconds,epochNanoseconds,dayOfWeek,dayOfYear,weekOfYear,yearOfWeek,hoursInDay,daysInWeek,daysInMonth,daysInYear,monthsInYear,inLeapYear,offsetNanoseconds,offset,with,withCalendar,withPlainTime,withTimeZone,add,subtract,until,since,round,equals,toLocaleString,toString,toJSON,valueOf,startOfDay,getTimeZoneTransition,toInstant,toPlainDate,toPlainTime,toPlainDateTime",
        ),
        (
            "['PlainDate', 'Instant'].map(c => Temporal[c].name + Temporal[c].length).join()",
            "PlainDate3,Instant1",
        ),
        (
            "Object.getOwnPropertyDescriptor(Temporal.Duration.prototype, 'blank').get.name",
            "get blank",
        ),
        ("new (class D extends Temporal.Duration {})(1).constructor.name", "D"),
        (
            "new (class D extends Temporal.Duration { twice() { return this.add(this) } })(0, 0, 0, 2).twice()",
            "P4D",
        ),
        (
            "Object.getPrototypeOf(Reflect.construct(Temporal.Instant, [1n], Date)) === Date.prototype",
            "true",
        ),
        (
            "[typeof Date.prototype.toTemporalInstant, new Date(1e12).toTemporalInstant()]",
            "function,2001-09-09T01:46:40Z",
        ),
    ]);
}

#[test]
fn instants() {
    texts(&[
        (
            "Temporal.Instant.from('2020-02-29T10:20:30.123456789+05:30')",
            "2020-02-29T04:50:30.123456789Z",
        ),
        (
            "new Temporal.Instant(-1n).toString({ fractionalSecondDigits: 3 }) + new Temporal.Instant(-1n).epochMilliseconds",
            "1969-12-31T23:59:59.999Z-1",
        ),
        ("new Temporal.Instant(8640000000000000000000n)", "+275760-09-13T00:00:00Z"),
        (
            "new Temporal.Instant(-8640000000000000000000n).epochNanoseconds",
            "-8640000000000000000000",
        ),
        (
            "new Temporal.Instant(0n).add({ hours: 1, nanoseconds: 1 })",
            "1970-01-01T01:00:00.000000001Z",
        ),
        (
            "new Temporal.Instant(0n).until(new Temporal.Instant(10n ** 18n), { largestUnit: 'hours', smallestUnit: 'minute', roundingMode: 'ceil' })",
            "PT277777H47M",
        ),
        (
            "new Temporal.Instant(1500000000n).round({ smallestUnit: 'second', roundingMode: 'halfEven' })",
            "1970-01-01T00:00:02Z",
        ),
        (
            "new Temporal.Instant(0n).toString({ timeZone: 'America/New_York', smallestUnit: 'minute' })",
            "1969-12-31T19:00-05:00",
        ),
        (
            "Temporal.Instant.compare('1970-01-01T00Z', '1970-01-01T00+01:00') + JSON.stringify({ i: new Temporal.Instant(0n) })",
            "1{\"i\":\"1970-01-01T00:00:00Z\"}",
        ),
        (
            "Temporal.Instant.from(new Temporal.Instant(5n).toZonedDateTimeISO('UTC')).equals(new Temporal.Instant(5n))",
            "true",
        ),
    ]);
}

#[test]
fn durations() {
    texts(&[
        (
            "Temporal.Duration.from({ years: 1, weeks: 2, days: 3, minutes: 4, milliseconds: 5, nanoseconds: 6 })",
            "P1Y2W3DT4M0.005000006S",
        ),
        (
            "new Temporal.Duration(0, 0, 0, 0, 0, 0, 0, 0, 0, Number.MAX_SAFE_INTEGER).round({ largestUnit: 'years', relativeTo: '2020-01-01' })",
            "P3M13DT5H59M59.254740991S",
        ),
        (
            "Temporal.Duration.from('-P1Y2M3W4DT5H6M7.008009010S').negated().with({ years: 0 }).abs()",
            "P2M3W4DT5H6M7.00800901S",
        ),
        (
            "[Temporal.Duration.from('PT130M').round({ largestUnit: 'hour' }), Temporal.Duration.from('PT130M').total('hours')]",
            "PT2H10M,2.1666666666666665",
        ),
        ("Temporal.Duration.from('P1M').total({ unit: 'days', relativeTo: '2024-02-01' })", "29"),
        (
            "Temporal.Duration.from('P1D').total({ unit: 'hours', relativeTo: '2024-03-31[Europe/Berlin]' })",
            "23",
        ),
        (
            "Temporal.Duration.compare({ months: 1 }, { days: 30 }, { relativeTo: '2023-02-01' })",
            "-1",
        ),
        (
            "[new Temporal.Duration().blank, new Temporal.Duration(0, -1).sign, new Temporal.Duration()]",
            "true,-1,PT0S",
        ),
        (
            "Temporal.Duration.from({ seconds: 2 ** 53 - 1 }).add({ nanoseconds: 1 }).seconds",
            "9007199254740991",
        ),
        (
            "Temporal.Duration.from('PT1.5S').toString({ smallestUnit: 'milliseconds' }) + Temporal.Duration.from('PT1.5S').toString({ fractionalSecondDigits: 0, roundingMode: 'expand' })",
            "PT1.500SPT2S",
        ),
    ]);
}

#[test]
fn plain_dates() {
    texts(&[
        (
            "[new Temporal.PlainDate(2020, 2, 29.9), Temporal.PlainDate.from({ year: 2021, month: 2, day: 31 })]",
            "2020-02-29,2021-02-28",
        ),
        (
            "Temporal.PlainDate.from('2020-02-29').add({ years: 1 }).subtract({ months: 1 })",
            "2021-01-28",
        ),
        (
            "Temporal.PlainDate.from('2020-01-31').until('2021-03-01', { largestUnit: 'years' })",
            "P1Y1M1D",
        ),
        (
            "Temporal.PlainDate.from('2020-01-31').since('2021-03-01', { smallestUnit: 'weeks', roundingMode: 'expand' })",
            "-P57W",
        ),
        (
            "(d => [d.dayOfWeek, d.dayOfYear, d.weekOfYear, d.yearOfWeek, d.daysInMonth, d.inLeapYear, d.era].join())(new Temporal.PlainDate(2021, 1, 3))",
            "7,3,53,2020,31,false,",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01').with({ monthCode: 'M12', day: 1e300 })",
            "2020-12-31",
        ),
        (
            "[Temporal.PlainDate.from('2020-01-01').toPlainDateTime('12:30'), Temporal.PlainDate.from('2020-01-01').toZonedDateTime({ timeZone: 'Asia/Kolkata', plainTime: '12' })]",
            "2020-01-01T12:30:00,2020-01-01T12:00:00+05:30[Asia/Kolkata]",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01').toString({ calendarName: 'always' })",
            "2020-01-01[u-ca=iso8601]",
        ),
        ("Temporal.PlainDate.compare('2020-01-01', { year: 2020, month: 1, day: 2 })", "-1"),
        (
            "[new Temporal.PlainDate(-271821, 4, 19), new Temporal.PlainDate(275760, 9, 13)]",
            "-271821-04-19,+275760-09-13",
        ),
    ]);
}

#[test]
fn plain_times_and_both() {
    texts(&[
        (
            "[new Temporal.PlainTime(1, 2, 3, 4, 5, 6).round('seconds'), Temporal.PlainTime.from({ hour: 100, minute: -1 })]",
            "01:02:03,23:00:00",
        ),
        (
            "Temporal.PlainTime.from('23:30').add('PT1H').until('12:00', { largestUnit: 'minutes' })",
            "PT690M",
        ),
        (
            "Temporal.PlainTime.from('12:00:00.5').with({ second: 59 }).toString({ smallestUnit: 'minute' })",
            "12:00",
        ),
        (
            "Temporal.PlainDateTime.from('2020-02-29T12:30').with({ year: 2021, hour: 0 })",
            "2021-02-28T00:30:00",
        ),
        (
            "Temporal.PlainDateTime.from('2020-01-01T23:59:59.9').round({ smallestUnit: 'second' })",
            "2020-01-02T00:00:00",
        ),
        (
            "new Temporal.PlainDateTime(2020, 1, 1, 1, 2, 3, 4, 5, 6).toZonedDateTime('Europe/Berlin')",
            "2020-01-01T01:02:03.004005006+01:00[Europe/Berlin]",
        ),
        (
            "Temporal.PlainDateTime.from('2024-03-31T02:30').toZonedDateTime('Europe/Berlin', { disambiguation: 'earlier' })",
            "2024-03-31T01:30:00+01:00[Europe/Berlin]",
        ),
        (
            "Temporal.PlainDateTime.from('2020-01-01').until('2021-02-03T04:05', { largestUnit: 'months' })",
            "P13M2DT4H5M",
        ),
        (
            "Temporal.PlainDateTime.from({ year: 2020, month: 1, day: 1, nanosecond: 7 }).withPlainTime('05')",
            "2020-01-01T05:00:00",
        ),
        (
            "Temporal.PlainTime.compare('01', '02') + Temporal.PlainDateTime.compare('2020-01-02', '2020-01-01')",
            "0",
        ),
    ]);
}

#[test]
fn months_and_days() {
    texts(&[
        (
            "[new Temporal.PlainYearMonth(2020, 2), Temporal.PlainYearMonth.from('2020-02').toPlainDate({ day: 31 })]",
            "2020-02,2020-02-29",
        ),
        (
            "[Temporal.PlainYearMonth.from('2020-01').until('2021-03'), Temporal.PlainYearMonth.from('2020-01').add({ months: 14 })]",
            "P1Y2M,2021-03",
        ),
        (
            "Temporal.PlainYearMonth.from({ year: 2020, monthCode: 'M02', calendar: 'gregory' })",
            "2020-02-01[u-ca=gregory]",
        ),
        (
            "[new Temporal.PlainMonthDay(2, 29).toPlainDate({ year: 2021 }), Temporal.PlainMonthDay.from({ month: 2, day: 30 })]",
            "2021-02-28,02-29",
        ),
        (
            "Temporal.PlainMonthDay.from('--12-25').with({ day: 31 }).monthCode + Temporal.PlainMonthDay.from('12-25').day",
            "M1225",
        ),
        (
            "new Temporal.PlainMonthDay(1, 1).equals('01-01') + '' + new Temporal.PlainYearMonth(2020, 1).equals('2020-01')",
            "truetrue",
        ),
    ]);
}

#[test]
fn zoned_times() {
    texts(&[
        (
            "Temporal.ZonedDateTime.from('2024-03-31T03:30[Europe/Berlin]').add({ hours: -1 })",
            "2024-03-31T01:30:00+01:00[Europe/Berlin]",
        ),
        (
            "(z => [z.hoursInDay, z.offset, z.offsetNanoseconds, z.timeZoneId, z.epochMilliseconds].join())(Temporal.ZonedDateTime.from('2024-10-27[Europe/Berlin]'))",
            "25,+02:00,7200000000000,Europe/Berlin,1729980000000",
        ),
        (
            "Temporal.ZonedDateTime.from('2024-10-27T02:30[Europe/Berlin]').getTimeZoneTransition('next')",
            "2024-10-27T02:00:00+01:00[Europe/Berlin]",
        ),
        ("new Temporal.ZonedDateTime(0n, 'UTC').getTimeZoneTransition('previous')", "null"),
        (
            "new Temporal.ZonedDateTime(0n, '+05:30').startOfDay().epochNanoseconds",
            "-19800000000000",
        ),
        (
            "Temporal.ZonedDateTime.from({ year: 2020, month: 1, day: 1, timeZone: 'America/New_York', offset: '-05:00' }).with({ offset: '+00:00' })",
            "2020-01-01T00:00:00-05:00[America/New_York]",
        ),
        (
            "Temporal.ZonedDateTime.from('2020-01-01T00:00+01:00[America/New_York]', { offset: 'use' })",
            "2019-12-31T18:00:00-05:00[America/New_York]",
        ),
        (
            "Temporal.ZonedDateTime.from('2024-03-30T12[Europe/Berlin]').until('2024-03-31T12[Europe/Berlin]', { largestUnit: 'days' })",
            "P1D",
        ),
        (
            "Temporal.ZonedDateTime.from('2024-03-30T12[Europe/Berlin]').until('2024-03-31T12[Europe/Berlin]')",
            "PT23H",
        ),
        (
            "new Temporal.ZonedDateTime(0n, 'asia/calcutta').equals(new Temporal.ZonedDateTime(0n, 'Asia/Kolkata'))",
            "true",
        ),
        (
            "new Temporal.ZonedDateTime(0n, 'UTC', 'hebrew').toString({ timeZoneName: 'never', offset: 'never', calendarName: 'critical' })",
            "1970-01-01T00:00:00[!u-ca=hebrew]",
        ),
        (
            "new Temporal.ZonedDateTime(0n, 'UTC').withTimeZone('Asia/Tokyo').withPlainTime('01').toPlainDateTime()",
            "1970-01-01T01:00:00",
        ),
        (
            "Temporal.ZonedDateTime.from('2020-01-01T12:34:56[UTC]').round({ smallestUnit: 'hour', roundingIncrement: 6 })",
            "2020-01-01T12:00:00+00:00[UTC]",
        ),
    ]);
}

#[test]
fn calendars() {
    texts(&[
        (
            "Temporal.PlainDate.from('2024-02-10[u-ca=chinese]').monthCode + Temporal.PlainDate.from('2024-02-10').withCalendar('hebrew').year",
            "M015784",
        ),
        (
            "(d => [d.era, d.eraYear, d.year, d.calendarId].join())(Temporal.PlainDate.from('2020-01-01').withCalendar('japanese'))",
            "reiwa,2,2020,japanese",
        ),
        (
            "Temporal.PlainDate.from({ calendar: 'gregory', era: 'bce', eraYear: 44, month: 3, day: 15 })",
            "-000043-03-15[u-ca=gregory]",
        ),
        (
            "Temporal.PlainDate.from({ calendar: 'hebrew', year: 5784, monthCode: 'M05L', day: 1 })",
            "2024-02-10[u-ca=hebrew]",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01').withCalendar('islamic-umalqura').add({ months: 1 }).withCalendar('iso8601')",
            "2020-01-31",
        ),
        (
            "Temporal.PlainMonthDay.from({ calendar: 'gregory', monthCode: 'M02', day: 29 })",
            "1972-02-29[u-ca=gregory]",
        ),
    ]);
}

#[test]
fn now_and_locales() {
    texts(&[
        ("Temporal.Now.timeZoneId() + typeof Temporal.Now.instant().epochNanoseconds", "UTCbigint"),
        (
            "Temporal.Now.zonedDateTimeISO('Asia/Tokyo').timeZoneId + Temporal.Now.plainTimeISO().constructor.name",
            "Asia/TokyoPlainTime",
        ),
        ("Temporal.Now.plainDateISO().until(Temporal.Now.plainDateTimeISO()).days >= 0", "true"),
        (
            "Temporal.PlainDate.from('2020-01-31').toLocaleString() + ' ' + Temporal.PlainTime.from('20:05').toLocaleString()",
            "1/31/2020 8:05:00 PM",
        ),
        (
            "Temporal.PlainDateTime.from('2020-01-31T00:05').toLocaleString() + new Temporal.Instant(0n).toLocaleString()",
            "1/31/2020, 12:05:00 AM1/1/1970, 12:00:00 AM",
        ),
        (
            "Temporal.ZonedDateTime.from('2020-01-31[Europe/Berlin]').toLocaleString() + new Temporal.ZonedDateTime(0n, 'UTC').toLocaleString()",
            "1/31/2020, 12:00:00 AM GMT+11/1/1970, 12:00:00 AM UTC",
        ),
        (
            "Temporal.Duration.from('-P1Y2M1W3DT1H2M3.004005006S').toLocaleString() + Temporal.Duration.from({ days: 1234567 }).toLocaleString()",
            "-1 yr, 2 mths, 1 wk, 3 days, 1 hr, 2 min, 3 sec, 4 ms, 5 μs, 6 ns1,234,567 days",
        ),
        (
            "new Temporal.PlainYearMonth(2020, 2).toLocaleString('en', { calendar: 'iso8601' }) + new Temporal.PlainMonthDay(1, 2).toLocaleString('en', { calendar: 'iso8601' })",
            "2020-0201-02",
        ),
        (
            "Temporal.PlainYearMonth.from('2020-01-01[u-ca=gregory]').toLocaleString() + new Temporal.Duration().toLocaleString()",
            "1/2020",
        ),
    ]);
}

#[test]
fn what_is_wrong_is_refused() {
    thrown(&[
        (
            "Temporal.PlainDate()",
            "TypeError: Method invoked on an object that is not Temporal.PlainDate.",
        ),
        (
            "Temporal.PlainDate.prototype.add.call({}, 'P1D')",
            "TypeError: Method Temporal.PlainDate.prototype.add called on incompatible receiver #<Object>",
        ),
        (
            "Object.getOwnPropertyDescriptor(Temporal.PlainDate.prototype, 'year').get.call({})",
            "TypeError: Method Temporal.PlainDate.prototype.year called on incompatible receiver #<Object>",
        ),
        ("new Temporal.PlainDate(2020, 13, 1)", "RangeError: Temporal error: Invalid ISO date."),
        (
            "new Temporal.PlainDate(Infinity, 1, 1)",
            "RangeError: Temporal error: Expected finite integer.",
        ),
        (
            "new Temporal.PlainDate(2020, 1, 1, 'nope')",
            "RangeError: Temporal error: Unknown calendar type nope.",
        ),
        (
            "new Temporal.PlainDate(2020, 1, 1, 5)",
            "TypeError: Temporal error: Calendar must be string.",
        ),
        ("new Temporal.PlainTime(-1)", "RangeError: Temporal error: Invalid time"),
        ("new Temporal.PlainTime(0, 1e300)", "RangeError: Temporal error: Invalid time"),
        (
            "Temporal.PlainDate.from(5)",
            "TypeError: Temporal error: Date argument must be object or string.",
        ),
        (
            "Temporal.PlainDate.from({ year: 2020, month: 1, day: 32 }, { overflow: 'reject' })",
            "RangeError: Temporal error: day value is not in a valid range.",
        ),
        (
            "Temporal.PlainDate.from({ year: 2020, month: 1, day: 32 }, { overflow: 'other' })",
            "RangeError: Value other out of range for Temporal.PlainDate.from options property overflow",
        ),
        (
            "Temporal.PlainDate.from({ year: 2020, monthCode: 'M1', day: 32 })",
            "RangeError: Temporal error: Month code out of range.",
        ),
        (
            "Temporal.PlainDate.from({ year: 1e300, month: 1, day: 1 })",
            "RangeError: Temporal error: Date is not within ISO date time limits.",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01').with({ calendar: 'iso8601' })",
            "TypeError: Temporal error: Argument to with() must contain some date/time fields.",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01').until('2020-01-01[u-ca=hebrew]', 5)",
            "RangeError: Mismatched calendars.",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01') < 5",
            "TypeError: Do not use Temporal.PlainDate.prototype.valueOf; use Temporal.PlainDate.prototype.compare for comparison.",
        ),
        (
            "new Temporal.Instant(10n ** 30n)",
            "RangeError: Temporal error: Nanoseconds out of range.",
        ),
        (
            "new Temporal.Instant(-(10n ** 60n))",
            "RangeError: Temporal error: Nanoseconds out of range.",
        ),
        ("new Temporal.Instant(1)", "TypeError: Cannot convert 1 to a BigInt"),
        (
            "Temporal.Instant.fromEpochMilliseconds(NaN)",
            "RangeError: Temporal error: Expected finite integer.",
        ),
        (
            "new Temporal.Instant(0n).round()",
            "TypeError: Temporal error: Must specify a roundTo parameter.",
        ),
        (
            "new Temporal.Instant(0n).round({ smallestUnit: 'second', roundingIncrement: 7 })",
            "RangeError: Temporal error: dividend is not divisible by roundingIncrement",
        ),
        (
            "new Temporal.Instant(0n).round({ smallestUnit: 'second', roundingIncrement: 0 })",
            "RangeError: Temporal error: Integer out of range.",
        ),
        (
            "new Temporal.Instant(0n).toString({ fractionalSecondDigits: 10 })",
            "RangeError: fractionalSecondDigits value is out of range.",
        ),
        ("new Temporal.Duration(1, -1)", "RangeError: Temporal error: Duration was not valid."),
        ("new Temporal.Duration(0.5)", "RangeError: Temporal error: Expected finite integer."),
        (
            "Temporal.Duration.from({})",
            "TypeError: Temporal error: Did not provide any valid Duration fields.",
        ),
        (
            "Temporal.Duration.from({ seconds: 2 ** 53 })",
            "RangeError: Temporal error: Duration was not valid.",
        ),
        ("Temporal.Duration.from('P1Y').total('days')", "RangeError: Temporal error: "),
        (
            "Temporal.Duration.from('PT5S').round({})",
            "RangeError: Temporal error: smallestUnit and largestUnit cannot both be None.",
        ),
        (
            "Temporal.ZonedDateTime.from({ year: 2020, month: 1, day: 1 })",
            "TypeError: Temporal error: Must specify time zone.",
        ),
        (
            "Temporal.ZonedDateTime.from('2020-01-01T00:00+01:00[America/New_York]')",
            "RangeError: Temporal error: Offsets could not be determined without disambiguation",
        ),
        (
            "Temporal.ZonedDateTime.from('2024-03-31T02:30[Europe/Berlin]', { disambiguation: 'reject' })",
            "RangeError: Temporal error: Rejecting ambiguous time zones.",
        ),
        (
            "new Temporal.ZonedDateTime(0n, 'Nowhere/Land')",
            "RangeError: Temporal error: Unknown time zone identifier",
        ),
        ("new Temporal.ZonedDateTime(0n)", "TypeError: Temporal error: Time zone must be string"),
        (
            "new Temporal.ZonedDateTime(0n, 'UTC').getTimeZoneTransition()",
            "TypeError: Temporal error: Must specify a direction parameter.",
        ),
        (
            "new Date(NaN).toTemporalInstant()",
            "RangeError: The number NaN cannot be converted to a BigInt because it is not an integer",
        ),
        (
            "Date.prototype.toTemporalInstant.call({})",
            "TypeError: Method Date.prototype.toTemporalInstant called on incompatible receiver #<Object>",
        ),
        (
            "Temporal.PlainMonthDay.from('12-25').toLocaleString()",
            "RangeError: Mismatched calendars.",
        ),
    ]);
}

/// A program that tells in which order properties are read, and what is asked of them.
fn watched(program: &str) -> String {
    format!(
        "(() => {{
            const log = [];
            const bag = (name, fields) => new Proxy(fields, {{
                get(target, key) {{
                    log.push(name + '.' + String(key));
                    const value = target[key];
                    return value === undefined ? value : {{
                        [Symbol.toPrimitive](hint) {{ log.push(hint); return value; }},
                    }};
                }},
            }});
            {program};
            return log.join(' ');
        }})()"
    )
}

#[test]
fn reads_have_an_order() {
    for (program, order) in [
        (
            "Temporal.PlainDate.from(bag('date', { year: 2020, month: 1, monthCode: 'M01', day: 1 }), bag('options', { overflow: 'reject' }))",
            "date.calendar date.day number date.month number date.monthCode string date.year number options.overflow string",
        ),
        (
            "Temporal.PlainDateTime.from(bag('time', { year: 2020, month: 1, day: 1, hour: 1, nanosecond: 2 }), bag('options', {}))",
            "time.calendar time.day number time.hour number time.microsecond time.millisecond time.minute time.month number time.monthCode time.nanosecond number time.second time.year number options.overflow",
        ),
        (
            "try { Temporal.ZonedDateTime.from(bag('time', { year: 2020, month: 1, day: 1, offset: '+01:00' }), bag('options', {})) } catch (e) { log.push(e.name) }",
            "time.calendar time.day number time.hour time.microsecond time.millisecond time.minute time.month number time.monthCode time.nanosecond time.offset string time.second time.timeZone TypeError",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01').until('2020-01-02', bag('options', { largestUnit: 'years', roundingIncrement: 2, smallestUnit: 'days', roundingMode: 'ceil' }))",
            "options.largestUnit string options.roundingIncrement number options.roundingMode string options.smallestUnit string",
        ),
        (
            "new Temporal.ZonedDateTime(0n, 'UTC').toString(bag('options', { offset: 'auto', smallestUnit: 'second' }))",
            "options.calendarName options.fractionalSecondDigits options.offset string options.roundingMode options.smallestUnit string options.timeZoneName",
        ),
        (
            "new Temporal.ZonedDateTime(0n, 'UTC').with(bag('time', { day: 2 }), bag('options', {}))",
            "time.calendar time.timeZone time.day number time.hour time.microsecond time.millisecond time.minute time.month time.monthCode time.nanosecond time.offset time.second time.year options.disambiguation options.offset options.overflow",
        ),
        (
            "Temporal.Duration.from('PT1H').round(bag('options', { largestUnit: 'hour', smallestUnit: 'minute' }))",
            "options.largestUnit string options.relativeTo options.roundingIncrement options.roundingMode options.smallestUnit string",
        ),
        (
            "Temporal.Duration.from(bag('duration', { days: 1, years: 2 }))",
            "duration.days number duration.hours duration.microseconds duration.milliseconds duration.minutes duration.months duration.nanoseconds duration.seconds duration.weeks duration.years number",
        ),
        (
            "try { Temporal.PlainTime.from('x', bag('options', {})) } catch (e) { log.push(e.name) }",
            "RangeError",
        ),
        (
            "try { Temporal.PlainDate.from(bag('date', { year: 1, month: 2 }), bag('options', { overflow: 'constrain' })) } catch (e) { log.push(e.name) }",
            "date.calendar date.day date.month number date.monthCode date.year number options.overflow string TypeError",
        ),
    ] {
        texts(&[(&watched(program), order)]);
    }
}

#[test]
fn hostile_arguments_end_in_errors() {
    thrown(&[
        ("Temporal.PlainDate.from({ get year() { throw 'year' }, day: 1, month: 1 })", "year"),
        (
            "Temporal.PlainDate.from('2020-01-01', { get overflow() { throw 'overflow' } })",
            "overflow",
        ),
        (
            "Temporal.PlainDate.from({ year: Symbol(), month: 1, day: 1 })",
            "TypeError: Cannot convert a Symbol value to a number",
        ),
        ("Temporal.Instant.from({ toString() { throw 'text' } })", "text"),
        (
            "new Temporal.Instant(0n).round({ smallestUnit: { toString() { throw 'unit' } } })",
            "unit",
        ),
        (
            "Temporal.Duration.from('P1Y').round({ largestUnit: 'days', relativeTo: new Proxy({}, { get(t, k) { throw k } }) })",
            "calendar",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01').with(new Proxy({}, { get(t, k) { throw k } }))",
            "calendar",
        ),
        ("new Temporal.PlainDate({ valueOf() { throw 'number' } }, 1, 1)", "number"),
        (
            "Reflect.construct(Temporal.PlainDate, [2020, 1, 1], Object.defineProperty(function () {}.bind(), 'prototype', { get() { throw 'prototype' } }))",
            "prototype",
        ),
        (
            "Temporal.Duration.from({ years: 4294967296 })",
            "RangeError: Temporal error: Duration was not valid.",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01').add({ years: 4294967295 })",
            "RangeError: Temporal error: Date is not within ISO date time limits.",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01').add({ days: -(2 ** 53 / 86400 | 0) })",
            "RangeError: Temporal error: epoch days exceed maximum range.",
        ),
        (
            "Temporal.PlainDateTime.from('+275760-09-13T23:59').round('day')",
            "RangeError: Temporal error: IsoDateTime not within a valid range.",
        ),
        (
            "new Temporal.ZonedDateTime(8640000000000000000000n, 'UTC').add({ nanoseconds: 1 })",
            "RangeError: Temporal error: Instant nanoseconds are not within a valid epoch range.",
        ),
        (
            "Temporal.PlainDate.from('2020-01-01' + '['.repeat(1e5))",
            "RangeError: Temporal error: Invalid time zone leading character.",
        ),
        (
            "Temporal.Duration.from('P' + '9'.repeat(1e5) + 'Y')",
            "RangeError: Temporal error: Provided Duration field value exceeds supported range.",
        ),
    ]);
}
