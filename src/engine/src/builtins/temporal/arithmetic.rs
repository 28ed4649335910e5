//! What several classes calculate in the same way.

use temporal_rs::options::{DifferenceSettings, Overflow};
use temporal_rs::{Calendar, Duration, TemporalResult};

use super::calendar::same_calendar;
use super::duration::to_duration;
use super::{Options, OrThrow, create, created, this};
use crate::object::TemporalValue;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

/// How a value becomes one of a class.
type Conversion<T> = fn(&mut Vm, Value, Options<'_>) -> Completion<T>;

/// `from`
pub(super) fn from<T: TemporalValue>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    to: Conversion<T>,
) -> Completion {
    let value = to(vm, arguments.get(0), Options::new::<T>(arguments, 1))?;
    Ok(create(vm, value))
}

/// `compare`
pub(super) fn compare<T: TemporalValue>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    to: Conversion<T>,
    compare: fn(&T, &T) -> std::cmp::Ordering,
) -> Completion {
    let one = to(vm, arguments.get(0), Options::NONE)?;
    let two = to(vm, arguments.get(1), Options::NONE)?;
    Ok(Value::int(compare(&one, &two) as i32))
}

/// `add` and `subtract`, of classes where the result may be constrained.
pub(super) fn moved<T: TemporalValue>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    by: fn(&T, &Duration, Option<Overflow>) -> TemporalResult<T>,
) -> Completion {
    let value: T = this(vm, arguments)?;
    let duration = to_duration(vm, arguments.get(0))?;
    let overflow = Options::new::<T>(arguments, 1).overflow(vm)?;
    created(vm, by(&value, &duration, Some(overflow)))
}

/// `until` and `since`.
pub(super) fn difference<T: TemporalValue>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    to: Conversion<T>,
    calendar: Option<fn(&T) -> &Calendar>,
    until: fn(&T, &T, DifferenceSettings) -> TemporalResult<Duration>,
) -> Completion {
    let value: T = this(vm, arguments)?;
    let other = to(vm, arguments.get(0), Options::NONE)?;
    if let Some(calendar) = calendar {
        same_calendar(vm, calendar(&value), calendar(&other))?;
    }
    let settings = Options::new::<T>(arguments, 1).object(vm)?.difference(vm)?;
    let duration = until(&value, &other, settings).or_throw(vm)?;
    Ok(create(vm, duration))
}
