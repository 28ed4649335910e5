//! `Temporal.PlainDateTime`.
//! <https://tc39.es/proposal-temporal/#sec-temporal-plaindatetime-objects>

use temporal_rs::fields::DateTimeFields;
use temporal_rs::parsed_intermediates::ParsedDateTime;
use temporal_rs::partial::PartialDateTime;
use temporal_rs::{PlainDate, PlainDateTime, PlainTime, ZonedDateTime};

use super::arithmetic::{compare, difference, from, moved};
use super::calendar::{calendar_argument, calendar_of, partial_object, to_calendar};
use super::fields::{Fields, Wanted};
use super::options::seconds_or_minutes;
use super::plain_time::{time_arguments, time_of, to_time_or_none};
use super::time_zone::{provider, to_time_zone};
use super::values::{field, to_integer_with_truncation};
use super::{
    Class, IntoValue, Options, OrThrow, constructed, create, created, getters, new_target, text,
    this, type_error, value_in, value_of,
};
use crate::builtins::function;
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const CLASS: Class = Class {
    name: "PlainDateTime",
    tag: "Temporal.PlainDateTime",
    length: 3,
    construct,
    prototype: Intrinsic::PlainDateTimePrototype,
    functions: &[
        function("from", 1, |vm, arguments| from(vm, arguments, to_date_time)),
        function("compare", 2, |vm, arguments| {
            compare(vm, arguments, to_date_time, PlainDateTime::compare_iso)
        }),
    ],
    getters: getters! { PlainDateTime:
        "calendarId" => |time: &PlainDateTime| time.calendar().identifier(),
        "era" => PlainDateTime::era,
        "eraYear" => PlainDateTime::era_year,
        "year" => PlainDateTime::year,
        "month" => PlainDateTime::month,
        "monthCode" => PlainDateTime::month_code,
        "day" => PlainDateTime::day,
        "hour" => PlainDateTime::hour,
        "minute" => PlainDateTime::minute,
        "second" => PlainDateTime::second,
        "millisecond" => PlainDateTime::millisecond,
        "microsecond" => PlainDateTime::microsecond,
        "nanosecond" => PlainDateTime::nanosecond,
        "dayOfWeek" => PlainDateTime::day_of_week,
        "dayOfYear" => PlainDateTime::day_of_year,
        "weekOfYear" => PlainDateTime::week_of_year,
        "yearOfWeek" => PlainDateTime::year_of_week,
        "daysInWeek" => PlainDateTime::days_in_week,
        "daysInMonth" => PlainDateTime::days_in_month,
        "daysInYear" => PlainDateTime::days_in_year,
        "monthsInYear" => PlainDateTime::months_in_year,
        "inLeapYear" => PlainDateTime::in_leap_year,
    },
    methods: &[
        function("with", 1, with),
        function("withCalendar", 1, |vm, arguments| {
            let time: PlainDateTime = this(vm, arguments)?;
            let calendar = to_calendar(vm, arguments.get(0))?;
            Ok(create(vm, time.with_calendar(calendar)))
        }),
        function("withPlainTime", 0, |vm, arguments| {
            let this: PlainDateTime = this(vm, arguments)?;
            let time = to_time_or_none(vm, arguments.get(0))?;
            created(vm, this.with_time(time))
        }),
        function("add", 1, |vm, arguments| moved(vm, arguments, PlainDateTime::add)),
        function("subtract", 1, |vm, arguments| moved(vm, arguments, PlainDateTime::subtract)),
        function("until", 1, |vm, arguments| {
            let calendar = Some(PlainDateTime::calendar as fn(&PlainDateTime) -> &_);
            difference(vm, arguments, to_date_time, calendar, PlainDateTime::until)
        }),
        function("since", 1, |vm, arguments| {
            let calendar = Some(PlainDateTime::calendar as fn(&PlainDateTime) -> &_);
            difference(vm, arguments, to_date_time, calendar, PlainDateTime::since)
        }),
        function("round", 1, |vm, arguments| {
            let time: PlainDateTime = this(vm, arguments)?;
            let options = Options::new::<PlainDateTime>(arguments, 0);
            let options = options.object_or_text(vm, "smallestUnit")?.rounding(vm)?;
            created(vm, time.round(options))
        }),
        function("equals", 1, |vm, arguments| {
            let time: PlainDateTime = this(vm, arguments)?;
            let other = to_date_time(vm, arguments.get(0), Options::NONE)?;
            Ok((time == other).into_value(vm))
        }),
        function("toLocaleString", 0, |vm, arguments| {
            let time: PlainDateTime = this(vm, arguments)?;
            super::locale::date_time(vm, &time)
        }),
        function("toJSON", 0, |vm, arguments| {
            let time: PlainDateTime = this(vm, arguments)?;
            Ok(time.to_string().into_value(vm))
        }),
        function("toString", 0, |vm, arguments| {
            let time: PlainDateTime = this(vm, arguments)?;
            let bag = Options::new::<PlainDateTime>(arguments, 0).object(vm)?;
            let calendar = bag.calendar_name(vm)?;
            let options = bag.precision(vm)?;
            seconds_or_minutes(vm, options.smallest_unit)?;
            text(vm, time.to_ixdtf_string(options, calendar))
        }),
        function("valueOf", 0, value_of::<PlainDateTime>),
        function("toZonedDateTime", 1, |vm, arguments| {
            let time: PlainDateTime = this(vm, arguments)?;
            let zone = to_time_zone(vm, arguments.get(0))?;
            let bag = Options::new::<PlainDateTime>(arguments, 1).object(vm)?;
            let disambiguation = bag.disambiguation(vm)?;
            created(vm, time.to_zoned_date_time_with_provider(zone, disambiguation, provider()))
        }),
        function("toPlainDate", 0, |vm, arguments| {
            let time: PlainDateTime = this(vm, arguments)?;
            Ok(create(vm, time.to_plain_date()))
        }),
        function("toPlainTime", 0, |vm, arguments| {
            let time: PlainDateTime = this(vm, arguments)?;
            Ok(create(vm, time.to_plain_time()))
        }),
    ],
};

/// `Temporal.PlainDateTime ( isoYear, isoMonth, isoDay [ , hour [ , … [ , calendar ] ] ] )`
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = new_target::<PlainDateTime>(vm, arguments)?;
    let year = to_integer_with_truncation(vm, arguments.get(0))?;
    let month = to_integer_with_truncation(vm, arguments.get(1))?;
    let day = to_integer_with_truncation(vm, arguments.get(2))?;
    let time = time_arguments(vm, arguments, 3)?;
    let calendar = calendar_argument(vm, arguments.get(9))?;
    let time = time_of(time).and_then(|time| {
        PlainDateTime::try_new(
            field(year, i32::MAX),
            field(month, u8::MAX),
            field(day, u8::MAX),
            time.hour(),
            time.minute(),
            time.second(),
            time.millisecond(),
            time.microsecond(),
            time.nanosecond(),
            calendar,
        )
    });
    constructed(vm, target, time)
}

/// `ToTemporalDateTime`
pub(super) fn to_date_time(
    vm: &mut Vm,
    value: Value,
    options: Options<'_>,
) -> Completion<PlainDateTime> {
    let time = value_in(value)
        .or_else(|| value_in::<ZonedDateTime>(value).map(|time| time.to_plain_date_time()));
    if let Some(time) = time {
        options.overflow(vm)?;
        return Ok(time);
    }
    if let Some(date) = value_in::<PlainDate>(value) {
        options.overflow(vm)?;
        return date.to_plain_date_time(Some(PlainTime::default())).or_throw(vm);
    }
    if let Some(object) = as_object(value) {
        let calendar = calendar_of(vm, object)?;
        let fields = Fields::read(vm, object, &calendar, Wanted::DATE | Wanted::TIME)?;
        let overflow = options.overflow(vm)?;
        let fields =
            DateTimeFields { calendar_fields: fields.date(), time: fields.time(vm, overflow)? };
        let partial = PartialDateTime { fields, calendar };
        return PlainDateTime::from_partial(partial, Some(overflow)).or_throw(vm);
    }
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "DateTime argument must be object or string."));
    };
    let parsed = ParsedDateTime::from_utf8(text.to_rust(&vm.memory).as_bytes()).or_throw(vm)?;
    options.overflow(vm)?;
    PlainDateTime::from_parsed(parsed).or_throw(vm)
}

/// `Temporal.PlainDateTime.prototype.with`
fn with(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let this: PlainDateTime = this(vm, arguments)?;
    let object = partial_object(vm, arguments.get(0))?;
    let wanted = Wanted::DATE | Wanted::TIME;
    let fields = Fields::read_some(vm, object, this.calendar(), wanted)?;
    let overflow = Options::new::<PlainDateTime>(arguments, 1).overflow(vm)?;
    let fields =
        DateTimeFields { calendar_fields: fields.date(), time: fields.time(vm, overflow)? };
    created(vm, this.with(fields, Some(overflow)))
}
