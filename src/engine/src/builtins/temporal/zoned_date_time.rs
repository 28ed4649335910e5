//! `Temporal.ZonedDateTime`.
//! <https://tc39.es/proposal-temporal/#sec-temporal-zoneddatetime-objects>

use temporal_rs::fields::ZonedDateTimeFields;
use temporal_rs::options::OffsetDisambiguation;
use temporal_rs::parsed_intermediates::ParsedZonedDateTime;
use temporal_rs::partial::PartialZonedDateTime;
use temporal_rs::provider::TransitionDirection;
use temporal_rs::{TemporalResult, ZonedDateTime};

use super::arithmetic::{compare, difference, from, moved};
use super::calendar::{calendar_argument, calendar_of, partial_object, to_calendar};
use super::fields::{Fields, Wanted};
use super::instant::of_nanoseconds;
use super::options::seconds_or_minutes;
use super::plain_time::to_time_or_none;
use super::time_zone::{provider, time_zone_argument, to_time_zone, zone_name};
use super::values::Big;
use super::{
    Class, IntoValue, Options, OrThrow, constructed, create, created, getters, new_target, text,
    this, type_error, value_in, value_of,
};
use crate::builtins::function;
use crate::operators::{as_object, to_bigint};
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const CLASS: Class = Class {
    name: "ZonedDateTime",
    tag: "Temporal.ZonedDateTime",
    length: 2,
    construct,
    prototype: Intrinsic::ZonedDateTimePrototype,
    functions: &[
        function("from", 1, |vm, arguments| from(vm, arguments, to_zoned_date_time)),
        function("compare", 2, |vm, arguments| {
            compare(vm, arguments, to_zoned_date_time, ZonedDateTime::compare_instant)
        }),
    ],
    getters: getters! { ZonedDateTime:
        "timeZoneId" => |time: &ZonedDateTime| zone_name(time.time_zone()),
        "calendarId" => |time: &ZonedDateTime| time.calendar().identifier(),
        "era" => ZonedDateTime::era,
        "eraYear" => ZonedDateTime::era_year,
        "year" => ZonedDateTime::year,
        "month" => ZonedDateTime::month,
        "monthCode" => ZonedDateTime::month_code,
        "day" => ZonedDateTime::day,
        "hour" => ZonedDateTime::hour,
        "minute" => ZonedDateTime::minute,
        "second" => ZonedDateTime::second,
        "millisecond" => ZonedDateTime::millisecond,
        "microsecond" => ZonedDateTime::microsecond,
        "nanosecond" => ZonedDateTime::nanosecond,
        "epochMilliseconds" => ZonedDateTime::epoch_milliseconds,
        "epochNanoseconds" => |time: &ZonedDateTime| Big(time.to_instant().as_i128()),
        "dayOfWeek" => ZonedDateTime::day_of_week,
        "dayOfYear" => ZonedDateTime::day_of_year,
        "weekOfYear" => ZonedDateTime::week_of_year,
        "yearOfWeek" => ZonedDateTime::year_of_week,
        "hoursInDay" => |time: &ZonedDateTime| time.hours_in_day_with_provider(provider()),
        "daysInWeek" => ZonedDateTime::days_in_week,
        "daysInMonth" => ZonedDateTime::days_in_month,
        "daysInYear" => ZonedDateTime::days_in_year,
        "monthsInYear" => ZonedDateTime::months_in_year,
        "inLeapYear" => ZonedDateTime::in_leap_year,
        "offsetNanoseconds" => ZonedDateTime::offset_nanoseconds,
        "offset" => ZonedDateTime::offset,
    },
    methods: &[
        function("with", 1, with),
        function("withCalendar", 1, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            let calendar = to_calendar(vm, arguments.get(0))?;
            Ok(create(vm, time.with_calendar(calendar)))
        }),
        function("withPlainTime", 0, |vm, arguments| {
            let this: ZonedDateTime = this(vm, arguments)?;
            let time = to_time_or_none(vm, arguments.get(0))?;
            created(vm, this.with_plain_time_and_provider(time, provider()))
        }),
        function("withTimeZone", 1, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            let zone = to_time_zone(vm, arguments.get(0))?;
            created(vm, time.with_time_zone_with_provider(zone, provider()))
        }),
        function("add", 1, |vm, arguments| {
            moved(vm, arguments, |time: &ZonedDateTime, duration, overflow| {
                time.add_with_provider(duration, overflow, provider())
            })
        }),
        function("subtract", 1, |vm, arguments| {
            moved(vm, arguments, |time: &ZonedDateTime, duration, overflow| {
                time.subtract_with_provider(duration, overflow, provider())
            })
        }),
        function("until", 1, |vm, arguments| {
            let calendar = Some(ZonedDateTime::calendar as fn(&ZonedDateTime) -> &_);
            difference(vm, arguments, to_zoned_date_time, calendar, |time, other, settings| {
                time.until_with_provider(other, settings, provider())
            })
        }),
        function("since", 1, |vm, arguments| {
            let calendar = Some(ZonedDateTime::calendar as fn(&ZonedDateTime) -> &_);
            difference(vm, arguments, to_zoned_date_time, calendar, |time, other, settings| {
                time.since_with_provider(other, settings, provider())
            })
        }),
        function("round", 1, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            let options = Options::new::<ZonedDateTime>(arguments, 0);
            let options = options.object_or_text(vm, "smallestUnit")?.rounding(vm)?;
            created(vm, time.round_with_provider(options, provider()))
        }),
        function("equals", 1, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            let other = to_zoned_date_time(vm, arguments.get(0), Options::NONE)?;
            let is_equal = time.equals_with_provider(&other, provider()).or_throw(vm)?;
            Ok(is_equal.into_value(vm))
        }),
        function("toLocaleString", 0, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            super::locale::zoned_date_time(vm, &time)
        }),
        function("toString", 0, to_string),
        function("toJSON", 0, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            text(vm, time.to_string_with_provider(provider()))
        }),
        function("valueOf", 0, value_of::<ZonedDateTime>),
        function("startOfDay", 0, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            created(vm, time.start_of_day_with_provider(provider()))
        }),
        function("getTimeZoneTransition", 1, get_time_zone_transition),
        function("toInstant", 0, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            Ok(create(vm, time.to_instant()))
        }),
        function("toPlainDate", 0, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            Ok(create(vm, time.to_plain_date()))
        }),
        function("toPlainTime", 0, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            Ok(create(vm, time.to_plain_time()))
        }),
        function("toPlainDateTime", 0, |vm, arguments| {
            let time: ZonedDateTime = this(vm, arguments)?;
            Ok(create(vm, time.to_plain_date_time()))
        }),
    ],
};

/// `Temporal.ZonedDateTime ( epochNanoseconds, timeZone [ , calendar ] )`
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = new_target::<ZonedDateTime>(vm, arguments)?;
    let epoch = to_bigint(vm, arguments.get(0))?;
    let instant = of_nanoseconds(vm, epoch)?;
    let zone = time_zone_argument(vm, arguments.get(1))?;
    let calendar = calendar_argument(vm, arguments.get(2))?;
    let time =
        ZonedDateTime::try_new_from_instant_with_provider(instant, zone, calendar, provider());
    constructed(vm, target, time)
}

/// `ToTemporalZonedDateTime`
fn to_zoned_date_time(
    vm: &mut Vm,
    value: Value,
    options: Options<'_>,
) -> Completion<ZonedDateTime> {
    if let Some(time) = value_in(value) {
        let bag = options.object(vm)?;
        bag.disambiguation(vm)?;
        bag.offset(vm)?;
        bag.overflow(vm)?;
        return Ok(time);
    }
    if let Some(object) = as_object(value) {
        let calendar = calendar_of(vm, object)?;
        let fields = Fields::read(vm, object, &calendar, Wanted::all())?;
        let bag = options.object(vm)?;
        let disambiguation = Some(bag.disambiguation(vm)?);
        let offset = bag.offset(vm)?.or(Some(OffsetDisambiguation::Reject));
        let overflow = bag.overflow(vm)?;
        let time = fields.time(vm, overflow)?;
        let partial = PartialZonedDateTime {
            fields: ZonedDateTimeFields {
                calendar_fields: fields.date(),
                time,
                offset: fields.offset,
            },
            timezone: fields.zone,
            calendar,
        };
        let overflow = Some(overflow);
        let time = ZonedDateTime::from_partial_with_provider(
            partial,
            overflow,
            disambiguation,
            offset,
            provider(),
        );
        return time.or_throw(vm);
    }
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "ZonedDateTime argument must be object or string."));
    };
    let text = text.to_rust(&vm.memory);
    let parsed = ParsedZonedDateTime::from_utf8_with_provider(text.as_bytes(), provider());
    let parsed = parsed.or_throw(vm)?;
    let bag = options.object(vm)?;
    let disambiguation = bag.disambiguation(vm)?;
    let offset = bag.offset(vm)?.unwrap_or(OffsetDisambiguation::Reject);
    bag.overflow(vm)?;
    ZonedDateTime::from_parsed_with_provider(parsed, disambiguation, offset, provider())
        .or_throw(vm)
}

/// `Temporal.ZonedDateTime.prototype.with`
fn with(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let this: ZonedDateTime = this(vm, arguments)?;
    let object = partial_object(vm, arguments.get(0))?;
    let wanted = Wanted::DATE | Wanted::TIME | Wanted::OFFSET;
    let fields = Fields::read_some(vm, object, this.calendar(), wanted)?;
    let bag = Options::new::<ZonedDateTime>(arguments, 1).object(vm)?;
    let disambiguation = Some(bag.disambiguation(vm)?);
    let offset = bag.offset(vm)?.or(Some(OffsetDisambiguation::Prefer));
    let overflow = bag.overflow(vm)?;
    let fields = ZonedDateTimeFields {
        calendar_fields: fields.date(),
        time: fields.time(vm, overflow)?,
        offset: fields.offset,
    };
    let overflow = Some(overflow);
    created(vm, this.with_with_provider(fields, disambiguation, offset, overflow, provider()))
}

/// `Temporal.ZonedDateTime.prototype.toString`
fn to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let time: ZonedDateTime = this(vm, arguments)?;
    let bag = Options::new::<ZonedDateTime>(arguments, 0).object(vm)?;
    let calendar = bag.calendar_name(vm)?;
    let precision = bag.digits(vm)?;
    let offset = bag.show_offset(vm)?;
    let rounding_mode = bag.rounding_mode(vm)?;
    let smallest_unit = bag.unit(vm, "smallestUnit")?;
    let zone = bag.time_zone_name(vm)?;
    seconds_or_minutes(vm, smallest_unit)?;
    let options =
        temporal_rs::options::ToStringRoundingOptions { precision, smallest_unit, rounding_mode };
    text(vm, time.to_ixdtf_string_with_provider(offset, zone, calendar, options, provider()))
}

/// `Temporal.ZonedDateTime.prototype.getTimeZoneTransition`
fn get_time_zone_transition(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let time: ZonedDateTime = this(vm, arguments)?;
    let options = Options::new::<ZonedDateTime>(arguments, 0);
    let direction: TransitionDirection =
        options.object_or_text(vm, "direction")?.required(vm, "direction")?;
    let transition: TemporalResult<Option<ZonedDateTime>> =
        time.get_time_zone_transition_with_provider(direction, provider());
    Ok(match transition.or_throw(vm)? {
        Some(time) => create(vm, time),
        None => Value::NULL,
    })
}
