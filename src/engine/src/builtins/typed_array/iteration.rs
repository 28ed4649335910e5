//! What calls a function for each element (ECMA-262 §23.2.3).

use super::super::array::callback;
use super::super::{Entry, function};
use super::construction::species_create;
use super::{element, index_value, receiver, set_element};
use crate::operators::{is_callable, to_boolean};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("every", 1, |vm, arguments| {
        let found = search(vm, arguments, "every", false, false)?;
        Ok(Value::bool(found.is_none()))
    }),
    function("filter", 1, filter),
    function("find", 1, |vm, arguments| {
        let found = search(vm, arguments, "find", true, false)?;
        Ok(found.map_or(Value::UNDEFINED, |(_, value)| value))
    }),
    function("findIndex", 1, |vm, arguments| {
        let found = search(vm, arguments, "findIndex", true, false)?;
        Ok(found.map_or(Value::int(-1), |(index, _)| index_value(index)))
    }),
    function("findLast", 1, |vm, arguments| {
        let found = search(vm, arguments, "findLast", true, true)?;
        Ok(found.map_or(Value::UNDEFINED, |(_, value)| value))
    }),
    function("findLastIndex", 1, |vm, arguments| {
        let found = search(vm, arguments, "findLastIndex", true, true)?;
        Ok(found.map_or(Value::int(-1), |(index, _)| index_value(index)))
    }),
    function("forEach", 1, for_each),
    function("map", 1, map),
    function("reduce", 1, |vm, arguments| reduce(vm, arguments, "reduce", false)),
    function("reduceRight", 1, |vm, arguments| reduce(vm, arguments, "reduceRight", true)),
    function("some", 1, |vm, arguments| {
        let found = search(vm, arguments, "some", true, false)?;
        Ok(Value::bool(found.is_some()))
    }),
];

/// The first element, or the last one, for which the callback's truth is `wanted`.
fn search(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    wanted: bool,
    from_end: bool,
) -> Completion<Option<(usize, Value)>> {
    let (array, length) = receiver(vm, arguments, method)?;
    let (function, this) = (callback(vm, arguments.get(0))?, arguments.get(1));
    let function = vm.callback(function);
    for count in 0..length {
        let index = if from_end { length - 1 - count } else { count };
        let value = element(vm, array, index);
        let result =
            vm.call_back(&function, this, [value, index_value(index), Value::cell(array)])?;
        if to_boolean(result) == wanted {
            return Ok(Some((index, value)));
        }
    }
    Ok(None)
}

/// `forEach` (§23.2.3.15)
fn for_each(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "forEach")?;
    let (function, this) = (callback(vm, arguments.get(0))?, arguments.get(1));
    let function = vm.callback(function);
    for index in 0..length {
        let value = element(vm, array, index);
        vm.call_back(&function, this, [value, index_value(index), Value::cell(array)])?;
    }
    Ok(Value::UNDEFINED)
}

/// `map` (§23.2.3.22)
fn map(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "map")?;
    let (function, this) = (arguments.get(0), arguments.get(1));
    if !is_callable(function) {
        let text = vm.display(function);
        return Err(vm.throw_type_error(&format!("{text} is not a function")));
    }
    let function = vm.callback(function);
    let target = species_create(vm, array, &[index_value(length)], "map")?;
    for index in 0..length {
        let value = element(vm, array, index);
        let result =
            vm.call_back(&function, this, [value, index_value(index), Value::cell(array)])?;
        set_element(vm, target, index, result)?;
    }
    Ok(Value::cell(target))
}

/// `filter` (§23.2.3.10)
fn filter(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "filter")?;
    let (function, this) = (callback(vm, arguments.get(0))?, arguments.get(1));
    let function = vm.callback(function);
    let mut kept = vm.memory.rooted_vec::<Value>();
    for index in 0..length {
        let value = element(vm, array, index);
        let result =
            vm.call_back(&function, this, [value, index_value(index), Value::cell(array)])?;
        if to_boolean(result) {
            kept.push(value);
        }
    }
    let target = species_create(vm, array, &[index_value(kept.len())], "filter")?;
    for index in 0..kept.len() {
        set_element(vm, target, index, kept.get(index).unwrap_or(Value::UNDEFINED))?;
    }
    Ok(Value::cell(target))
}

/// `reduce` and `reduceRight` (§23.2.3.23, §23.2.3.24)
fn reduce(vm: &mut Vm, arguments: Arguments<'_>, method: &str, from_end: bool) -> Completion {
    let (array, length) = receiver(vm, arguments, method)?;
    let function = callback(vm, arguments.get(0))?;
    let function = vm.callback(function);
    let (mut accumulator, mut count) = (arguments.get(1), 0);
    let place = |count: usize| if from_end { length - 1 - count } else { count };
    if arguments.len() < 2 {
        if length == 0 {
            return Err(vm.throw_type_error("Reduce of empty array with no initial value"));
        }
        accumulator = element(vm, array, place(0));
        count = 1;
    }
    for count in count..length {
        let index = place(count);
        let value = element(vm, array, index);
        let arguments = [accumulator, value, index_value(index), Value::cell(array)];
        accumulator = vm.call_back(&function, Value::UNDEFINED, arguments)?;
    }
    Ok(accumulator)
}
