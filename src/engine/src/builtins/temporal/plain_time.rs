//! `Temporal.PlainTime`. <https://tc39.es/proposal-temporal/#sec-temporal-plaintime-objects>

use temporal_rs::options::ToStringRoundingOptions;
use temporal_rs::partial::PartialTime;
use temporal_rs::{Calendar, PlainDateTime, PlainTime, ZonedDateTime};

use super::arithmetic::{compare, difference, from};
use super::calendar::partial_object;
use super::duration::to_duration;
use super::fields::{Fields, Wanted};
use super::options::seconds_or_minutes;
use super::values::{field, to_integer_with_truncation};
use super::{
    Class, IntoValue, Options, OrThrow, constructed, created, getters, new_target, text, this,
    type_error, value_in, value_of,
};
use crate::builtins::function;
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const CLASS: Class = Class {
    name: "PlainTime",
    tag: "Temporal.PlainTime",
    length: 0,
    construct,
    prototype: Intrinsic::PlainTimePrototype,
    functions: &[
        function("from", 1, |vm, arguments| from(vm, arguments, to_time)),
        function("compare", 2, |vm, arguments| compare(vm, arguments, to_time, PlainTime::cmp)),
    ],
    getters: getters! { PlainTime:
        "hour" => PlainTime::hour,
        "minute" => PlainTime::minute,
        "second" => PlainTime::second,
        "millisecond" => PlainTime::millisecond,
        "microsecond" => PlainTime::microsecond,
        "nanosecond" => PlainTime::nanosecond,
    },
    methods: &[
        function("add", 1, |vm, arguments| {
            let time: PlainTime = this(vm, arguments)?;
            let duration = to_duration(vm, arguments.get(0))?;
            created(vm, time.add(&duration))
        }),
        function("subtract", 1, |vm, arguments| {
            let time: PlainTime = this(vm, arguments)?;
            let duration = to_duration(vm, arguments.get(0))?;
            created(vm, time.subtract(&duration))
        }),
        function("with", 1, |vm, arguments| {
            let time: PlainTime = this(vm, arguments)?;
            let object = partial_object(vm, arguments.get(0))?;
            let fields = Fields::read_some(vm, object, &Calendar::ISO, Wanted::TIME)?;
            let overflow = Options::new::<PlainTime>(arguments, 1).overflow(vm)?;
            let fields = fields.time(vm, overflow)?;
            created(vm, time.with(fields, Some(overflow)))
        }),
        function("until", 1, |vm, arguments| {
            difference(vm, arguments, to_time, None, PlainTime::until)
        }),
        function("since", 1, |vm, arguments| {
            difference(vm, arguments, to_time, None, PlainTime::since)
        }),
        function("round", 1, |vm, arguments| {
            let time: PlainTime = this(vm, arguments)?;
            let options = Options::new::<PlainTime>(arguments, 0);
            let options = options.object_or_text(vm, "smallestUnit")?.rounding(vm)?;
            created(vm, time.round(options))
        }),
        function("equals", 1, |vm, arguments| {
            let time: PlainTime = this(vm, arguments)?;
            let other = to_time(vm, arguments.get(0), Options::NONE)?;
            Ok((time == other).into_value(vm))
        }),
        function("toLocaleString", 0, |vm, arguments| {
            let time: PlainTime = this(vm, arguments)?;
            Ok(super::locale::time(vm, &time))
        }),
        function("toString", 0, |vm, arguments| {
            let time: PlainTime = this(vm, arguments)?;
            let bag = Options::new::<PlainTime>(arguments, 0).object(vm)?;
            let options = bag.precision(vm)?;
            seconds_or_minutes(vm, options.smallest_unit)?;
            text(vm, time.to_ixdtf_string(options))
        }),
        function("toJSON", 0, |vm, arguments| {
            let time: PlainTime = this(vm, arguments)?;
            text(vm, time.to_ixdtf_string(ToStringRoundingOptions::default()))
        }),
        function("valueOf", 0, value_of::<PlainTime>),
    ],
};

/// `Temporal.PlainTime ( [ hour [ , minute [ , … ] ] ] )`
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = new_target::<PlainTime>(vm, arguments)?;
    let fields = time_arguments(vm, arguments, 0)?;
    constructed(vm, target, time_of(fields))
}

/// The arguments of constructors that are fields of a time, from a number on.
pub(super) fn time_arguments(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    from: usize,
) -> Completion<[f64; 6]> {
    let mut fields = [0.0; 6];
    for (index, field) in fields.iter_mut().enumerate() {
        let value = arguments.get(from + index);
        if !value.is_undefined() {
            *field = to_integer_with_truncation(vm, value)?;
        }
    }
    Ok(fields)
}

/// The time that fields are, if they are in range.
pub(super) fn time_of(fields: [f64; 6]) -> temporal_rs::TemporalResult<PlainTime> {
    let [hour, minute, second, ..] = fields.map(|number| field(number, u8::MAX));
    let [.., millisecond, microsecond, nanosecond] = fields.map(|number| field(number, u16::MAX));
    PlainTime::try_new(hour, minute, second, millisecond, microsecond, nanosecond)
        .map_err(|error| error.with_message("Invalid time"))
}

/// `ToTemporalTime`
pub(super) fn to_time(vm: &mut Vm, value: Value, options: Options<'_>) -> Completion<PlainTime> {
    let time = value_in(value)
        .or_else(|| value_in::<PlainDateTime>(value).map(|time| time.to_plain_time()))
        .or_else(|| value_in::<ZonedDateTime>(value).map(|time| time.to_plain_time()));
    if let Some(time) = time {
        options.overflow(vm)?;
        return Ok(time);
    }
    if let Some(object) = as_object(value) {
        let fields = Fields::read_some(vm, object, &Calendar::ISO, Wanted::TIME)?;
        let overflow = options.overflow(vm)?;
        let partial: PartialTime = fields.time(vm, overflow)?;
        return PlainTime::from_partial(partial, Some(overflow)).or_throw(vm);
    }
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "Time-like argument must be object or string"));
    };
    let time = PlainTime::from_utf8(text.to_rust(&vm.memory).as_bytes()).or_throw(vm)?;
    options.overflow(vm)?;
    Ok(time)
}

/// The time that an argument is, if it is not undefined.
pub(super) fn to_time_or_none(vm: &mut Vm, value: Value) -> Completion<Option<PlainTime>> {
    if value.is_undefined() { Ok(None) } else { to_time(vm, value, Options::NONE).map(Some) }
}
