//! `toLocaleString`: the forms of en-US, as those of `Date`.
//!
//! Locales and options are for who has `Intl`, but for one option: without `calendar`
//! months and days of ISO's calendar have no form. Names of zones are written as offsets,
//! `GMT-5`, also where V8 has shorter names, such as `EST`.

use temporal_rs::unix_time::EpochNanoseconds;
use temporal_rs::{
    Calendar, Duration, Instant, PlainDate, PlainDateTime, PlainMonthDay, PlainTime,
    PlainYearMonth, ZonedDateTime,
};

use super::calendar::mismatched;
use super::time_zone::{provider, system_time_zone, zone_name};
use super::{IntoValue, OrThrow, this};
use crate::builtins::date::Fields;
use crate::operators::{as_object, to_string};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

/// Throws for calendars that the forms are not made for.
fn of_the_locale(vm: &mut Vm, calendar: &Calendar) -> Completion<()> {
    match calendar.identifier() {
        "gregory" | "iso8601" => Ok(()),
        _ => Err(mismatched(vm)),
    }
}

/// Whether months and days are to be written in ISO's form; throws for calendars that
/// are not the one that is asked for.
fn is_iso(vm: &mut Vm, calendar: &Calendar, arguments: Arguments<'_>) -> Completion<bool> {
    let mut wanted = "gregory".to_owned();
    if let Some(options) = as_object(arguments.get(1)) {
        let key = vm.memory.key("calendar");
        let value = vm.get(options, key)?;
        if !value.is_undefined() {
            wanted = to_string(vm, value)?.to_rust(&vm.memory);
        }
    }
    match calendar.identifier() {
        calendar if calendar != wanted => Err(mismatched(vm)),
        "gregory" => Ok(false),
        "iso8601" => Ok(true),
        _ => Err(mismatched(vm)),
    }
}

/// What `Date` would make of a time.
fn fields(time: EpochNanoseconds) -> Fields {
    Fields::of(time.as_i128().div_euclid(1_000_000) as f64)
}

fn date_time_text(time: &PlainDateTime) -> String {
    let fields = fields(time.epoch_ns_for_utc());
    format!("{}, {}", fields.locale_date(), fields.locale_time())
}

/// `1/31/2020`
pub(super) fn date(vm: &mut Vm, date: &PlainDate) -> Completion {
    of_the_locale(vm, date.calendar())?;
    Ok(fields(date.epoch_ns_for_utc()).locale_date().into_value(vm))
}

/// `8:05:00 PM`
pub(super) fn time(vm: &Vm, time: &PlainTime) -> Value {
    fields(time.epoch_ns_for_utc()).locale_time().into_value(vm)
}

/// `1/31/2020, 8:05:00 PM`
pub(super) fn date_time(vm: &mut Vm, time: &PlainDateTime) -> Completion {
    of_the_locale(vm, time.calendar())?;
    Ok(date_time_text(time).into_value(vm))
}

/// The same, in local time.
pub(super) fn instant(vm: &mut Vm, instant: &Instant) -> Completion {
    let zone = system_time_zone(vm);
    let time = ZonedDateTime::try_new_iso_from_instant_with_provider(*instant, zone, provider());
    Ok(date_time_text(&time.or_throw(vm)?.to_plain_date_time()).into_value(vm))
}

/// `1/31/2020, 8:05:00 PM GMT+1`
pub(super) fn zoned_date_time(vm: &mut Vm, time: &ZonedDateTime) -> Completion {
    of_the_locale(vm, time.calendar())?;
    let zone = time.time_zone();
    let is_utc = zone_name(zone).or_throw(vm)? == "UTC";
    let zone = if is_utc { "UTC".to_owned() } else { zone_text(time.offset_nanoseconds()) };
    Ok(format!("{} {zone}", date_time_text(&time.to_plain_date_time())).into_value(vm))
}

/// `GMT+5:30`
fn zone_text(offset: i64) -> String {
    let seconds = offset.abs() / 1_000_000_000;
    if seconds == 0 {
        return "GMT".to_owned();
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (minutes, seconds) {
        (0, 0) => format!("GMT{sign}{hours}"),
        (_, 0) => format!("GMT{sign}{hours}:{minutes:02}"),
        _ => format!("GMT{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// `1/2020`
pub(super) fn year_month(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let month: PlainYearMonth = this(vm, arguments)?;
    if is_iso(vm, month.calendar(), arguments)? {
        return Ok(month.to_string().into_value(vm));
    }
    // Years before the first one are counted backwards.
    let year = if month.year() > 0 { month.year() } else { 1 - month.year() };
    Ok(format!("{}/{year}", month.month()).into_value(vm))
}

/// `1/31`
pub(super) fn month_day(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let day: PlainMonthDay = this(vm, arguments)?;
    if is_iso(vm, day.calendar(), arguments)? {
        return Ok(day.to_string().into_value(vm));
    }
    let month = day.month_code().to_month_integer();
    Ok(format!("{month}/{}", day.day()).into_value(vm))
}

/// `1 yr, 2 mths, 3 wks, 4 days, 5 hr, 6 min, 7 sec`
pub(super) fn duration(vm: &Vm, duration: &Duration) -> Value {
    let parts = [
        (duration.years().into(), " yr", " yrs"),
        (duration.months().into(), " mth", " mths"),
        (duration.weeks().into(), " wk", " wks"),
        (duration.days().into(), " day", " days"),
        (duration.hours().into(), " hr", " hr"),
        (duration.minutes().into(), " min", " min"),
        (duration.seconds().into(), " sec", " sec"),
        (duration.milliseconds().into(), " ms", " ms"),
        (duration.microseconds(), " μs", " μs"),
        (duration.nanoseconds(), " ns", " ns"),
    ];
    // Only the first part has the sign.
    let mut text = String::new();
    for (number, one, many) in parts.into_iter().filter(|(number, ..): &(i128, _, _)| *number != 0)
    {
        text += match text.is_empty() {
            false => ", ",
            true if number < 0 => "-",
            true => "",
        };
        let number = number.unsigned_abs();
        text += &grouped(number);
        text += if number == 1 { one } else { many };
    }
    text.into_value(vm)
}

/// `12,345,678`
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
