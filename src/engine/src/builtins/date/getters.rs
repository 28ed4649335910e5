//! What dates tell (ECMA-262 §21.4.4.2 – §21.4.4.19).

use super::super::{Entry, function};
use super::calendar::Fields;
use super::this_date;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("getTime", 0, time_value),
    function("valueOf", 0, time_value),
    function("getFullYear", 0, |vm, it| local(vm, it, |fields| fields.year)),
    function("getMonth", 0, |vm, it| local(vm, it, |fields| fields.month)),
    function("getDate", 0, |vm, it| local(vm, it, |fields| fields.day)),
    function("getDay", 0, |vm, it| local(vm, it, |fields| fields.weekday)),
    function("getHours", 0, |vm, it| local(vm, it, |fields| fields.hour)),
    function("getMinutes", 0, |vm, it| local(vm, it, |fields| fields.minute)),
    function("getSeconds", 0, |vm, it| local(vm, it, |fields| fields.second)),
    function("getMilliseconds", 0, |vm, it| local(vm, it, |fields| fields.millisecond)),
    function("getUTCFullYear", 0, |vm, it| utc(vm, it, |fields| fields.year)),
    function("getUTCMonth", 0, |vm, it| utc(vm, it, |fields| fields.month)),
    function("getUTCDate", 0, |vm, it| utc(vm, it, |fields| fields.day)),
    function("getUTCDay", 0, |vm, it| utc(vm, it, |fields| fields.weekday)),
    function("getUTCHours", 0, |vm, it| utc(vm, it, |fields| fields.hour)),
    function("getUTCMinutes", 0, |vm, it| utc(vm, it, |fields| fields.minute)),
    function("getUTCSeconds", 0, |vm, it| utc(vm, it, |fields| fields.second)),
    function("getUTCMilliseconds", 0, |vm, it| utc(vm, it, |fields| fields.millisecond)),
    // `getYear` (§B.2.3.1)
    function("getYear", 0, |vm, it| local(vm, it, |fields| fields.year - 1900)),
    // `getTimezoneOffset` (§21.4.4.11): the other way round, in minutes.
    function("getTimezoneOffset", 0, |vm, arguments| {
        let time = this_date(vm, arguments)?.value.get();
        let offset = if time.is_nan() { time } else { vm.clock().offset(time) };
        Ok(Value::number((-offset / 60_000.0).trunc() + 0.0))
    }),
];

/// `getTime` and `valueOf` (§21.4.4.10, §21.4.4.44)
fn time_value(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    Ok(Value::number(this_date(vm, arguments)?.value.get()))
}

/// A field of the time in UTC.
fn utc(vm: &mut Vm, arguments: Arguments<'_>, field: fn(&Fields) -> i64) -> Completion {
    let time = this_date(vm, arguments)?.value.get();
    Ok(value(time, field))
}

/// A field of local time.
fn local(vm: &mut Vm, arguments: Arguments<'_>, field: fn(&Fields) -> i64) -> Completion {
    let time = this_date(vm, arguments)?.value.get();
    Ok(if time.is_nan() { Value::NAN } else { value(vm.local_time(time), field) })
}

fn value(time: f64, field: fn(&Fields) -> i64) -> Value {
    if time.is_nan() { Value::NAN } else { Value::number(field(&Fields::of(time)) as f64) }
}
