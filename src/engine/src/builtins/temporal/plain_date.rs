//! `Temporal.PlainDate`. <https://tc39.es/proposal-temporal/#sec-temporal-plaindate-objects>

use temporal_rs::parsed_intermediates::ParsedDate;
use temporal_rs::partial::PartialDate;
use temporal_rs::{PlainDate, PlainDateTime, ZonedDateTime};

use super::arithmetic::{compare, difference, from, moved};
use super::calendar::{calendar_argument, calendar_of, partial_object, to_calendar};
use super::fields::{Fields, Wanted};
use super::plain_time::to_time_or_none;
use super::time_zone::{provider, to_time_zone};
use super::values::{field, to_integer_with_truncation};
use super::{
    Class, IntoValue, Options, OrThrow, constructed, create, created, getters, new_target, this,
    type_error, value_in, value_of,
};
use crate::builtins::function;
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const CLASS: Class = Class {
    name: "PlainDate",
    tag: "Temporal.PlainDate",
    length: 3,
    construct,
    prototype: Intrinsic::PlainDatePrototype,
    functions: &[
        function("from", 1, |vm, arguments| from(vm, arguments, to_date)),
        function("compare", 2, |vm, arguments| {
            compare(vm, arguments, to_date, PlainDate::compare_iso)
        }),
    ],
    getters: getters! { PlainDate:
        "era" => PlainDate::era,
        "eraYear" => PlainDate::era_year,
        "calendarId" => |date: &PlainDate| date.calendar().identifier(),
        "year" => PlainDate::year,
        "month" => PlainDate::month,
        "monthCode" => PlainDate::month_code,
        "day" => PlainDate::day,
        "dayOfWeek" => PlainDate::day_of_week,
        "dayOfYear" => PlainDate::day_of_year,
        "weekOfYear" => PlainDate::week_of_year,
        "yearOfWeek" => PlainDate::year_of_week,
        "daysInWeek" => PlainDate::days_in_week,
        "daysInMonth" => PlainDate::days_in_month,
        "daysInYear" => PlainDate::days_in_year,
        "monthsInYear" => PlainDate::months_in_year,
        "inLeapYear" => PlainDate::in_leap_year,
    },
    methods: &[
        function("toPlainYearMonth", 0, |vm, arguments| {
            let date: PlainDate = this(vm, arguments)?;
            created(vm, date.to_plain_year_month())
        }),
        function("toPlainMonthDay", 0, |vm, arguments| {
            let date: PlainDate = this(vm, arguments)?;
            created(vm, date.to_plain_month_day())
        }),
        function("add", 1, |vm, arguments| moved(vm, arguments, PlainDate::add)),
        function("subtract", 1, |vm, arguments| moved(vm, arguments, PlainDate::subtract)),
        function("with", 1, with),
        function("withCalendar", 1, |vm, arguments| {
            let date: PlainDate = this(vm, arguments)?;
            let calendar = to_calendar(vm, arguments.get(0))?;
            Ok(create(vm, date.with_calendar(calendar)))
        }),
        function("until", 1, |vm, arguments| {
            difference(vm, arguments, to_date, Some(PlainDate::calendar), PlainDate::until)
        }),
        function("since", 1, |vm, arguments| {
            difference(vm, arguments, to_date, Some(PlainDate::calendar), PlainDate::since)
        }),
        function("equals", 1, |vm, arguments| {
            let date: PlainDate = this(vm, arguments)?;
            let other = to_date(vm, arguments.get(0), Options::NONE)?;
            Ok((date == other).into_value(vm))
        }),
        function("toPlainDateTime", 0, |vm, arguments| {
            let date: PlainDate = this(vm, arguments)?;
            let time = to_time_or_none(vm, arguments.get(0))?;
            created(vm, date.to_plain_date_time(time))
        }),
        function("toZonedDateTime", 1, to_zoned_date_time),
        function("toString", 0, |vm, arguments| {
            let date: PlainDate = this(vm, arguments)?;
            let bag = Options::new::<PlainDate>(arguments, 0).object(vm)?;
            let calendar = bag.calendar_name(vm)?;
            Ok(date.to_ixdtf_string(calendar).into_value(vm))
        }),
        function("toLocaleString", 0, |vm, arguments| {
            let date: PlainDate = this(vm, arguments)?;
            super::locale::date(vm, &date)
        }),
        function("toJSON", 0, |vm, arguments| {
            let date: PlainDate = this(vm, arguments)?;
            Ok(date.to_string().into_value(vm))
        }),
        function("valueOf", 0, value_of::<PlainDate>),
    ],
};

/// `Temporal.PlainDate ( isoYear, isoMonth, isoDay [ , calendar ] )`
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = new_target::<PlainDate>(vm, arguments)?;
    let year = to_integer_with_truncation(vm, arguments.get(0))?;
    let month = to_integer_with_truncation(vm, arguments.get(1))?;
    let day = to_integer_with_truncation(vm, arguments.get(2))?;
    let calendar = calendar_argument(vm, arguments.get(3))?;
    let date = PlainDate::try_new(
        field(year, i32::MAX),
        field(month, u8::MAX),
        field(day, u8::MAX),
        calendar,
    );
    let date = date.map_err(|error| error.with_message("Invalid ISO date."));
    constructed(vm, target, date)
}

/// `ToTemporalDate`
pub(super) fn to_date(vm: &mut Vm, value: Value, options: Options<'_>) -> Completion<PlainDate> {
    let date = value_in(value)
        .or_else(|| value_in::<PlainDateTime>(value).map(|time| time.to_plain_date()))
        .or_else(|| value_in::<ZonedDateTime>(value).map(|time| time.to_plain_date()));
    if let Some(date) = date {
        options.overflow(vm)?;
        return Ok(date);
    }
    if let Some(object) = as_object(value) {
        let calendar = calendar_of(vm, object)?;
        let calendar_fields = Fields::read(vm, object, &calendar, Wanted::DATE)?.date();
        let overflow = options.overflow(vm)?;
        let partial = PartialDate { calendar_fields, calendar };
        return PlainDate::from_partial(partial, Some(overflow)).or_throw(vm);
    }
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "Date argument must be object or string."));
    };
    let parsed = ParsedDate::from_utf8(text.to_rust(&vm.memory).as_bytes()).or_throw(vm)?;
    options.overflow(vm)?;
    PlainDate::from_parsed(parsed).or_throw(vm)
}

/// `Temporal.PlainDate.prototype.with`
fn with(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let date: PlainDate = this(vm, arguments)?;
    let object = partial_object(vm, arguments.get(0))?;
    let fields = Fields::read_some(vm, object, date.calendar(), Wanted::DATE)?;
    let overflow = Options::new::<PlainDate>(arguments, 1).overflow(vm)?;
    created(vm, date.with(fields.date(), Some(overflow)))
}

/// `Temporal.PlainDate.prototype.toZonedDateTime`
fn to_zoned_date_time(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let date: PlainDate = this(vm, arguments)?;
    let value = arguments.get(0);
    let (zone_key, time_key) = (vm.memory.key("timeZone"), vm.memory.key("plainTime"));
    let (zone, time) = match as_object(value) {
        Some(object) => match vm.get(object, zone_key)? {
            zone if zone.is_undefined() => (to_time_zone(vm, value)?, Value::UNDEFINED),
            zone => (to_time_zone(vm, zone)?, vm.get(object, time_key)?),
        },
        None => (to_time_zone(vm, value)?, Value::UNDEFINED),
    };
    let time = to_time_or_none(vm, time)?;
    created(vm, date.to_zoned_date_time_with_provider(zone, time, provider()))
}
