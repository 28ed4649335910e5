//! `Temporal.Duration`. <https://tc39.es/proposal-temporal/#sec-temporal-duration-objects>

use temporal_rs::options::{RoundingOptions, Unit};
use temporal_rs::partial::PartialDuration;
use temporal_rs::{Duration, TemporalResult};

use super::options::not_auto;
use super::relative_to::relative_to;
use super::time_zone::provider;
use super::values::to_integer_if_integral;
use super::{
    Class, IntoValue, Options, OrThrow, constructed, create, created, getters, new_target,
    range_error, text, this, type_error, value_in, value_of,
};
use crate::builtins::function;
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const CLASS: Class = Class {
    name: "Duration",
    tag: "Temporal.Duration",
    length: 0,
    construct,
    prototype: Intrinsic::DurationPrototype,
    functions: &[
        function("from", 1, |vm, arguments| {
            let duration = to_duration(vm, arguments.get(0))?;
            Ok(create(vm, duration))
        }),
        function("compare", 2, compare),
    ],
    getters: getters! { Duration:
        "years" => Duration::years,
        "months" => Duration::months,
        "weeks" => Duration::weeks,
        "days" => Duration::days,
        "hours" => Duration::hours,
        "minutes" => Duration::minutes,
        "seconds" => Duration::seconds,
        "milliseconds" => Duration::milliseconds,
        "microseconds" => Duration::microseconds,
        "nanoseconds" => Duration::nanoseconds,
        "sign" => |duration: &Duration| i32::from(duration.sign() as i8),
        "blank" => Duration::is_zero,
    },
    methods: &[
        function("with", 1, with),
        function("negated", 0, |vm, arguments| {
            let duration: Duration = this(vm, arguments)?;
            Ok(create(vm, duration.negated()))
        }),
        function("abs", 0, |vm, arguments| {
            let duration: Duration = this(vm, arguments)?;
            Ok(create(vm, duration.abs()))
        }),
        function("add", 1, |vm, arguments| {
            let duration: Duration = this(vm, arguments)?;
            let other = to_duration(vm, arguments.get(0))?;
            created(vm, duration.add(&other))
        }),
        function("subtract", 1, |vm, arguments| {
            let duration: Duration = this(vm, arguments)?;
            let other = to_duration(vm, arguments.get(0))?;
            created(vm, duration.subtract(&other))
        }),
        function("round", 1, round),
        function("total", 1, total),
        function("toLocaleString", 0, |vm, arguments| {
            let duration: Duration = this(vm, arguments)?;
            Ok(super::locale::duration(vm, &duration))
        }),
        function("toString", 0, to_string),
        function("toJSON", 0, |vm, arguments| {
            let duration: Duration = this(vm, arguments)?;
            Ok(duration.to_string().into_value(vm))
        }),
        function("valueOf", 0, value_of::<Duration>),
    ],
};

/// The fields in the order of the alphabet, each with its place in the order of size.
const FIELDS: [(&str, usize); 10] = [
    ("days", 3),
    ("hours", 4),
    ("microseconds", 8),
    ("milliseconds", 7),
    ("minutes", 5),
    ("months", 1),
    ("nanoseconds", 9),
    ("seconds", 6),
    ("weeks", 2),
    ("years", 0),
];

/// `CreateTemporalDuration`, from fields in the order of size.
fn of_fields(fields: [f64; 10]) -> TemporalResult<Duration> {
    let [years, months, weeks, days, hours, minutes, seconds, milliseconds, ..] =
        fields.map(|field| field as i64);
    let [.., microseconds, nanoseconds] = fields.map(|field| field as i128);
    Duration::new(
        years,
        months,
        weeks,
        days,
        hours,
        minutes,
        seconds,
        milliseconds,
        microseconds,
        nanoseconds,
    )
}

/// `Temporal.Duration ( [ years [ , months [ , … ] ] ] )`
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = new_target::<Duration>(vm, arguments)?;
    let mut fields = [0.0; 10];
    for (index, field) in fields.iter_mut().enumerate() {
        let value = arguments.get(index);
        if !value.is_undefined() {
            *field = to_integer_if_integral(vm, value)?;
        }
    }
    constructed(vm, target, of_fields(fields))
}

/// `ToTemporalPartialDurationRecord`: the fields in the order of size.
fn read_fields(vm: &mut Vm, object: Gc<Object>) -> Completion<[Option<f64>; 10]> {
    let mut fields = [None; 10];
    for (name, place) in FIELDS {
        let key = vm.memory.key(name);
        let value = vm.get(object, key)?;
        if !value.is_undefined() {
            fields[place] = Some(to_integer_if_integral(vm, value)?);
        }
    }
    if fields.iter().all(Option::is_none) {
        return Err(type_error(vm, "Did not provide any valid Duration fields."));
    }
    Ok(fields)
}

/// `ToTemporalDuration`
pub(super) fn to_duration(vm: &mut Vm, value: Value) -> Completion<Duration> {
    if let Some(duration) = value_in(value) {
        return Ok(duration);
    }
    if let Some(object) = as_object(value) {
        let fields = read_fields(vm, object)?;
        return of_fields(fields.map(Option::unwrap_or_default)).or_throw(vm);
    }
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "Duration argument must be Duration or string."));
    };
    Duration::from_utf8(text.to_rust(&vm.memory).as_bytes()).or_throw(vm)
}

/// `Temporal.Duration.compare`
fn compare(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let one = to_duration(vm, arguments.get(0))?;
    let two = to_duration(vm, arguments.get(1))?;
    let bag = Options::new::<Duration>(arguments, 2).object(vm)?;
    let relative_to = relative_to(vm, &bag)?;
    let order = one.compare_with_provider(&two, relative_to, provider()).or_throw(vm)?;
    Ok(Value::int(order as i32))
}

/// `Temporal.Duration.prototype.with`
fn with(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let duration: Duration = this(vm, arguments)?;
    let Some(object) = as_object(arguments.get(0)) else {
        return Err(type_error(vm, "Must provide a duration."));
    };
    let fields = read_fields(vm, object)?;
    let small = |index: usize| fields[index].map(|field: f64| field as i64);
    let big = |index: usize| fields[index].map(|field: f64| field as i128);
    let whole = PartialDuration {
        years: small(0).or(Some(duration.years())),
        months: small(1).or(Some(duration.months())),
        weeks: small(2).or(Some(duration.weeks())),
        days: small(3).or(Some(duration.days())),
        hours: small(4).or(Some(duration.hours())),
        minutes: small(5).or(Some(duration.minutes())),
        seconds: small(6).or(Some(duration.seconds())),
        milliseconds: small(7).or(Some(duration.milliseconds())),
        microseconds: big(8).or(Some(duration.microseconds())),
        nanoseconds: big(9).or(Some(duration.nanoseconds())),
    };
    created(vm, Duration::from_partial_duration(whole))
}

/// `Temporal.Duration.prototype.round`
fn round(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let duration: Duration = this(vm, arguments)?;
    let bag = Options::new::<Duration>(arguments, 0).object_or_text(vm, "smallestUnit")?;
    let mut options = RoundingOptions::default();
    options.largest_unit = bag.unit(vm, "largestUnit")?;
    let relative_to = relative_to(vm, &bag)?;
    options.increment = bag.increment(vm)?;
    options.rounding_mode = bag.rounding_mode(vm)?;
    options.smallest_unit = bag.unit(vm, "smallestUnit")?;
    not_auto(vm, options.smallest_unit)?;
    created(vm, duration.round_with_provider(options, relative_to, provider()))
}

/// `Temporal.Duration.prototype.total`
fn total(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let duration: Duration = this(vm, arguments)?;
    let bag = Options::new::<Duration>(arguments, 0).object_or_text(vm, "unit")?;
    let relative_to = relative_to(vm, &bag)?;
    let unit: Unit = bag.required(vm, "unit")?;
    not_auto(vm, Some(unit))?;
    let total = duration.total_with_provider(unit, relative_to, provider()).or_throw(vm)?;
    Ok(total.as_inner().into_value(vm))
}

/// `Temporal.Duration.prototype.toString`
fn to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let duration: Duration = this(vm, arguments)?;
    let bag = Options::new::<Duration>(arguments, 0).object(vm)?;
    let options = bag.precision(vm)?;
    if options.smallest_unit.is_some_and(|unit| unit >= Unit::Minute || unit == Unit::Auto) {
        return Err(range_error(
            vm,
            "string rounding options cannot have hour or minute smallest unit.",
        ));
    }
    text(vm, duration.as_temporal_string(options))
}
