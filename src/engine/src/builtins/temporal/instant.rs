//! `Temporal.Instant`. <https://tc39.es/proposal-temporal/#sec-temporal-instant-objects>

use temporal_rs::options::ToStringRoundingOptions;
use temporal_rs::{Instant, ZonedDateTime};

use super::arithmetic::{compare, difference, from};
use super::duration::to_duration;
use super::options::seconds_or_minutes;
use super::time_zone::{provider, to_time_zone};
use super::values::{Big, to_i128};
use super::{
    Class, IntoValue, Options, OrThrow, constructed, create, created, getters, new_target,
    range_error, text, this, type_error, value_in, value_of,
};
use crate::bigint::BigInt;
use crate::builtins::function;
use crate::heap::Gc;
use crate::object::Date;
use crate::operators::{Hint, as_object, to_bigint, to_number, to_primitive};
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const CLASS: Class = Class {
    name: "Instant",
    tag: "Temporal.Instant",
    length: 1,
    construct,
    prototype: Intrinsic::InstantPrototype,
    functions: &[
        function("from", 1, |vm, arguments| from(vm, arguments, convert)),
        function("fromEpochMilliseconds", 1, from_epoch_milliseconds),
        function("fromEpochNanoseconds", 1, |vm, arguments| {
            let nanoseconds = to_bigint(vm, arguments.get(0))?;
            let instant = of_nanoseconds(vm, nanoseconds)?;
            Ok(create(vm, instant))
        }),
        function("compare", 2, |vm, arguments| compare(vm, arguments, convert, Instant::cmp)),
    ],
    getters: getters! { Instant:
        "epochMilliseconds" => Instant::epoch_milliseconds,
        "epochNanoseconds" => |instant: &Instant| Big(instant.as_i128()),
    },
    methods: &[
        function("add", 1, |vm, arguments| {
            let instant: Instant = this(vm, arguments)?;
            let duration = to_duration(vm, arguments.get(0))?;
            created(vm, instant.add(&duration))
        }),
        function("subtract", 1, |vm, arguments| {
            let instant: Instant = this(vm, arguments)?;
            let duration = to_duration(vm, arguments.get(0))?;
            created(vm, instant.subtract(&duration))
        }),
        function("until", 1, |vm, arguments| {
            difference(vm, arguments, convert, None, Instant::until)
        }),
        function("since", 1, |vm, arguments| {
            difference(vm, arguments, convert, None, Instant::since)
        }),
        function("round", 1, |vm, arguments| {
            let instant: Instant = this(vm, arguments)?;
            let options = Options::new::<Instant>(arguments, 0);
            let options = options.object_or_text(vm, "smallestUnit")?.rounding(vm)?;
            created(vm, instant.round(options))
        }),
        function("equals", 1, |vm, arguments| {
            let instant: Instant = this(vm, arguments)?;
            let other = to_instant(vm, arguments.get(0))?;
            Ok((instant == other).into_value(vm))
        }),
        function("toLocaleString", 0, |vm, arguments| {
            let instant: Instant = this(vm, arguments)?;
            super::locale::instant(vm, &instant)
        }),
        function("toString", 0, to_string),
        function("toJSON", 0, |vm, arguments| {
            let instant: Instant = this(vm, arguments)?;
            let options = ToStringRoundingOptions::default();
            text(vm, instant.to_ixdtf_string_with_provider(None, options, provider()))
        }),
        function("valueOf", 0, value_of::<Instant>),
        function("toZonedDateTimeISO", 1, |vm, arguments| {
            let instant: Instant = this(vm, arguments)?;
            let zone = to_time_zone(vm, arguments.get(0))?;
            let time =
                ZonedDateTime::try_new_iso_from_instant_with_provider(instant, zone, provider());
            created(vm, time)
        }),
    ],
};

/// `Temporal.Instant ( epochNanoseconds )`
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = new_target::<Instant>(vm, arguments)?;
    let nanoseconds = to_bigint(vm, arguments.get(0))?;
    let instant = of_nanoseconds(vm, nanoseconds)?;
    constructed(vm, target, Ok(instant))
}

/// The instant so many nanoseconds after the beginning of 1970.
pub(super) fn of_nanoseconds(vm: &mut Vm, nanoseconds: Gc<BigInt>) -> Completion<Instant> {
    match to_i128(nanoseconds).map(Instant::try_new) {
        Some(Ok(instant)) => Ok(instant),
        _ => Err(range_error(vm, "Nanoseconds out of range.")),
    }
}

/// `Temporal.Instant.fromEpochMilliseconds`
fn from_epoch_milliseconds(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let number = to_number(vm, arguments.get(0))?;
    if number.trunc() != number || !number.is_finite() {
        return Err(range_error(vm, "Expected finite integer."));
    }
    created(vm, Instant::from_epoch_milliseconds(number as i64))
}

/// `ToTemporalInstant`
pub(super) fn to_instant(vm: &mut Vm, value: Value) -> Completion<Instant> {
    if let Some(instant) = value_in(value) {
        return Ok(instant);
    }
    if let Some(time) = value_in::<ZonedDateTime>(value) {
        return Ok(time.to_instant());
    }
    let is_object = as_object(value).is_some();
    let value = if is_object { to_primitive(vm, value, Hint::String)? } else { value };
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "Instant argument must be Instant or string."));
    };
    Instant::from_utf8(text.to_rust(&vm.memory).as_bytes()).or_throw(vm)
}

fn convert(vm: &mut Vm, value: Value, _: Options<'_>) -> Completion<Instant> {
    to_instant(vm, value)
}

/// `Temporal.Instant.prototype.toString`
fn to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let instant: Instant = this(vm, arguments)?;
    let bag = Options::new::<Instant>(arguments, 0).object(vm)?;
    let options = bag.precision(vm)?;
    let zone = bag.get(vm, "timeZone")?;
    seconds_or_minutes(vm, options.smallest_unit)?;
    let zone = if zone.is_undefined() { None } else { Some(to_time_zone(vm, zone)?) };
    text(vm, instant.to_ixdtf_string_with_provider(zone, options, provider()))
}

/// `Date.prototype.toTemporalInstant`
pub(in crate::builtins) fn date_to_temporal_instant(
    vm: &mut Vm,
    arguments: Arguments<'_>,
) -> Completion {
    let Some(date) = arguments.this().downcast::<Date>() else {
        let text = vm.display(arguments.this());
        return Err(vm.throw_type_error(&format!(
            "Method Date.prototype.toTemporalInstant called on incompatible receiver {text}"
        )));
    };
    let time = date.value.get();
    if time.is_nan() {
        return Err(vm.throw_range_error(
            "The number NaN cannot be converted to a BigInt because it is not an integer",
        ));
    }
    created(vm, Instant::from_epoch_milliseconds(time as i64))
}
