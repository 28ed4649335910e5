//! Looking for elements (ECMA-262 §23.1.3).

use std::cell::Cell;

use super::super::{Entry, function};
use super::{dense_elements, receiver};
use crate::heap::Gc;
use crate::object::{Elements, Object};
use crate::operators::{strict_equal, to_integer_or_infinity};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("at", 1, at),
    function("includes", 1, includes),
    function("indexOf", 1, index_of),
    function("lastIndexOf", 1, last_index_of),
];

/// The elements of an array whose holes nothing looks through.
fn elements_alone(vm: &Vm, object: Gc<Object>) -> Option<Gc<Elements>> {
    let (_, elements) = dense_elements(object)?;
    vm.inherits_no_elements(object).then_some(elements)
}

/// The elements from one index to another one, as far as they are there.
fn part_of(elements: &Gc<Elements>, from: f64, to: f64) -> &[Cell<Value>] {
    let values = elements.as_cells();
    let to = (to.max(0.0) as usize).min(values.len());
    &values[(from as usize).min(to)..to]
}

/// [`strict_equal`], which most values decide at a glance.
#[inline(always)]
fn is_wanted(vm: &Vm, value: Value, wanted: Value) -> bool {
    match (value.is_cell(), wanted.is_cell()) {
        (false, false) if value.is_int() && wanted.is_int() => value == wanted,
        (true, true) if value.kind() != wanted.kind() => false,
        (false, true) | (true, false) => false,
        _ => strict_equal(vm, value, wanted),
    }
}

/// `at` (§23.1.3.1)
fn at(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "at")?;
    let relative = to_integer_or_infinity(vm, arguments.get(0))?;
    let index = if relative < 0.0 { length + relative } else { relative };
    if index < 0.0 || index >= length {
        return Ok(Value::UNDEFINED);
    }
    vm.get_index(object, index)
}

/// `includes` (§23.1.3.16): holes count as `undefined`, and NaN is found.
fn includes(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "includes")?;
    if length == 0.0 {
        return Ok(Value::FALSE);
    }
    let wanted = arguments.get(0);
    let is_nan = wanted.as_number().is_some_and(f64::is_nan);
    let mut index = super::relative(vm, arguments.get(1), length, 0.0)?;
    if !is_nan
        && !wanted.is_undefined()
        && let Some(elements) = elements_alone(vm, object)
    {
        let part = part_of(&elements, index, length);
        return Ok(Value::bool(part.iter().any(|value| is_wanted(vm, value.get(), wanted))));
    }
    while index < length {
        let value = vm.get_index(object, index)?;
        if strict_equal(vm, value, wanted) || is_nan && value.as_number().is_some_and(f64::is_nan) {
            return Ok(Value::TRUE);
        }
        index += 1.0;
    }
    Ok(Value::FALSE)
}

/// `indexOf` (§23.1.3.17)
fn index_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "indexOf")?;
    if length == 0.0 {
        return Ok(Value::int(-1));
    }
    let wanted = arguments.get(0);
    let mut index = super::relative(vm, arguments.get(1), length, 0.0)?;
    if let Some(elements) = elements_alone(vm, object) {
        let part = part_of(&elements, index, length);
        let found = part.iter().position(|value| is_wanted(vm, value.get(), wanted));
        return Ok(found.map_or(Value::int(-1), |found| Value::number(index + found as f64)));
    }
    while index < length {
        if let Some(value) = vm.find_index(object, index)?
            && strict_equal(vm, value, wanted)
        {
            return Ok(Value::number(index));
        }
        index += 1.0;
    }
    Ok(Value::int(-1))
}

/// `lastIndexOf` (§23.1.3.20)
fn last_index_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "lastIndexOf")?;
    if length == 0.0 {
        return Ok(Value::int(-1));
    }
    let from = if arguments.len() > 1 {
        to_integer_or_infinity(vm, arguments.get(1))?
    } else {
        length - 1.0
    };
    let mut index = if from < 0.0 { length + from } else { from.min(length - 1.0) };
    if let Some(elements) = elements_alone(vm, object) {
        let part = part_of(&elements, 0.0, index + 1.0);
        let found = part.iter().rposition(|value| is_wanted(vm, value.get(), arguments.get(0)));
        return Ok(found.map_or(Value::int(-1), |found| Value::number(found as f64)));
    }
    while index >= 0.0 {
        if let Some(value) = vm.find_index(object, index)?
            && strict_equal(vm, value, arguments.get(0))
        {
            return Ok(Value::number(index));
        }
        index -= 1.0;
    }
    Ok(Value::int(-1))
}
