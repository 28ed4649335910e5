//! What changes dates (ECMA-262 §21.4.4.20 – §21.4.4.34).
//!
//! All arguments are converted before the time is looked at, as it was at the beginning:
//! a conversion may change the date, which is then forgotten.

use super::super::{Entry, function};
use super::calendar::{Fields, make_date, make_day, make_full_year, make_time, time_clip};
use super::this_date;
use crate::heap::Gc;
use crate::object::Date;
use crate::operators::to_number;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("setTime", 1, set_time),
    function("setMilliseconds", 1, |vm, it| set(vm, it, MILLISECOND, 1, true)),
    function("setSeconds", 2, |vm, it| set(vm, it, SECOND, 2, true)),
    function("setMinutes", 3, |vm, it| set(vm, it, MINUTE, 3, true)),
    function("setHours", 4, |vm, it| set(vm, it, HOUR, 4, true)),
    function("setDate", 1, |vm, it| set(vm, it, DAY, 1, true)),
    function("setMonth", 2, |vm, it| set(vm, it, MONTH, 2, true)),
    function("setFullYear", 3, |vm, it| set(vm, it, YEAR, 3, true)),
    function("setUTCMilliseconds", 1, |vm, it| set(vm, it, MILLISECOND, 1, false)),
    function("setUTCSeconds", 2, |vm, it| set(vm, it, SECOND, 2, false)),
    function("setUTCMinutes", 3, |vm, it| set(vm, it, MINUTE, 3, false)),
    function("setUTCHours", 4, |vm, it| set(vm, it, HOUR, 4, false)),
    function("setUTCDate", 1, |vm, it| set(vm, it, DAY, 1, false)),
    function("setUTCMonth", 2, |vm, it| set(vm, it, MONTH, 2, false)),
    function("setUTCFullYear", 3, |vm, it| set(vm, it, YEAR, 3, false)),
    function("setYear", 1, set_year),
];

// The fields of a date, in their order.
const YEAR: usize = 0;
const MONTH: usize = 1;
const DAY: usize = 2;
const HOUR: usize = 3;
const MINUTE: usize = 4;
const SECOND: usize = 5;
const MILLISECOND: usize = 6;

fn fields_of(time: f64) -> [f64; 7] {
    let Fields { year, month, day, hour, minute, second, millisecond, .. } = Fields::of(time);
    [year, month, day, hour, minute, second, millisecond].map(|field| field as f64)
}

/// Gives a date the time of fields.
fn finish(vm: &Vm, date: Gc<Date>, fields: [f64; 7], is_local: bool) -> Value {
    let [year, month, day, hour, minute, second, millisecond] = fields;
    let day = make_day(year, month, day);
    let time = make_date(day, make_time(hour, minute, second, millisecond));
    let time = time_clip(if is_local { vm.utc(time) } else { time });
    date.value.set(time);
    Value::number(time)
}

/// Sets up to so many fields, from one on.
fn set(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    first: usize,
    most: usize,
    is_local: bool,
) -> Completion {
    let date = this_date(vm, arguments)?;
    let time = date.value.get();
    let given = arguments.len().clamp(1, most);
    let mut numbers = [0.0; 4];
    for (index, number) in numbers.iter_mut().enumerate().take(given) {
        *number = to_number(vm, arguments.get(index))?;
    }
    let time = match time {
        // A year makes a time of none.
        time if time.is_nan() && first == YEAR => 0.0,
        time if time.is_nan() => return Ok(Value::NAN),
        time if is_local => vm.local_time(time),
        time => time,
    };
    let mut fields = fields_of(time);
    fields[first..first + given].copy_from_slice(&numbers[..given]);
    Ok(finish(vm, date, fields, is_local))
}

/// `setTime` (§21.4.4.27)
fn set_time(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let date = this_date(vm, arguments)?;
    let time = time_clip(to_number(vm, arguments.get(0))?);
    date.value.set(time);
    Ok(Value::number(time))
}

/// `setYear` (§B.2.3.2)
fn set_year(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let date = this_date(vm, arguments)?;
    let time = date.value.get();
    let year = to_number(vm, arguments.get(0))?;
    let mut fields = fields_of(if time.is_nan() { 0.0 } else { vm.local_time(time) });
    fields[YEAR] = make_full_year(year);
    Ok(finish(vm, date, fields, true))
}
