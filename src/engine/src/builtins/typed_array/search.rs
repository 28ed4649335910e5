//! Looking for elements (ECMA-262 §23.2.3).

use super::super::array::relative;
use super::super::{Entry, function};
use super::{element, index_value, receiver};
use crate::operators::{strict_equal, to_integer_or_infinity};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("at", 1, at),
    function("includes", 1, includes),
    function("indexOf", 1, index_of),
    function("lastIndexOf", 1, last_index_of),
];

/// `at` (§23.2.3.1)
fn at(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "at")?;
    let relative = to_integer_or_infinity(vm, arguments.get(0))?;
    let index = if relative < 0.0 { length as f64 + relative } else { relative };
    if index < 0.0 || index >= length as f64 {
        return Ok(Value::UNDEFINED);
    }
    Ok(element(vm, array, index as usize))
}

/// `includes` (§23.2.3.16): NaN is found, and what has gone meanwhile is `undefined`.
fn includes(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "includes")?;
    if length == 0 {
        return Ok(Value::FALSE);
    }
    let wanted = arguments.get(0);
    let start = relative(vm, arguments.get(1), length as f64, 0.0)?;
    let is_nan = wanted.as_number().is_some_and(f64::is_nan);
    for index in start as usize..length {
        vm.heed_interrupt()?;
        let value = element(vm, array, index);
        if strict_equal(vm, value, wanted) || is_nan && value.as_number().is_some_and(f64::is_nan) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

/// `indexOf` (§23.2.3.17)
fn index_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "indexOf")?;
    if length == 0 {
        return Ok(Value::int(-1));
    }
    let start = relative(vm, arguments.get(1), length as f64, 0.0)?;
    let end = length.min(array.length().unwrap_or(0));
    for index in start as usize..end {
        vm.heed_interrupt()?;
        let value = element(vm, array, index);
        if strict_equal(vm, value, arguments.get(0)) {
            return Ok(index_value(index));
        }
    }
    Ok(Value::int(-1))
}

/// `lastIndexOf` (§23.2.3.20)
fn last_index_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "lastIndexOf")?;
    if length == 0 {
        return Ok(Value::int(-1));
    }
    let last = length as f64 - 1.0;
    let from =
        if arguments.len() > 1 { to_integer_or_infinity(vm, arguments.get(1))? } else { last };
    let from = if from < 0.0 { length as f64 + from } else { from.min(last) };
    if from < 0.0 {
        return Ok(Value::int(-1));
    }
    let end = (from as usize + 1).min(array.length().unwrap_or(0));
    for index in (0..end).rev() {
        vm.heed_interrupt()?;
        let value = element(vm, array, index);
        if strict_equal(vm, value, arguments.get(0)) {
            return Ok(index_value(index));
        }
    }
    Ok(Value::int(-1))
}
