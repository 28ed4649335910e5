//! What all iterators have. <https://tc39.es/ecma262/#sec-%iterator.prototype%-object>

use super::receiver;
use crate::builtins::{Entry, function};
use crate::heap::Gc;
use crate::internal_methods::MOST_LENGTH;
use crate::object::{HelperKind, Object};
use crate::operators::{is_callable, to_boolean, to_number};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("reduce", 1, reduce),
    function("toArray", 0, to_array),
    function("forEach", 1, for_each),
    function("some", 1, |vm, arguments| {
        Ok(Value::bool(first(vm, arguments, "prototype.some", true)?.is_some()))
    }),
    function("every", 1, |vm, arguments| {
        Ok(Value::bool(first(vm, arguments, "prototype.every", false)?.is_none()))
    }),
    function("find", 1, |vm, arguments| {
        Ok(first(vm, arguments, "prototype.find", true)?.unwrap_or(Value::UNDEFINED))
    }),
    function("map", 1, |vm, arguments| {
        with_function(vm, arguments, "prototype.map", HelperKind::Map)
    }),
    function("filter", 1, |vm, arguments| {
        with_function(vm, arguments, "prototype.filter", HelperKind::Filter)
    }),
    function("take", 1, |vm, arguments| {
        with_limit(vm, arguments, "prototype.take", HelperKind::Take)
    }),
    function("drop", 1, |vm, arguments| {
        with_limit(vm, arguments, "prototype.drop", HelperKind::Drop)
    }),
    function("flatMap", 1, |vm, arguments| {
        with_function(vm, arguments, "prototype.flatMap", HelperKind::FlatMap)
    }),
];

/// The function that a method is given.
fn callback(vm: &mut Vm, value: Value) -> Completion {
    if is_callable(value) {
        return Ok(value);
    }
    let text = vm.describe(value);
    // V8 says `undefined` without its type.
    let text = if value.is_undefined() { "undefined" } else { &text };
    Err(vm.throw_type_error(&format!("{text} is not a function")))
}

/// An iterator, its `next`, and the function for its values. What is no function closes
/// the iterator.
fn iterator_and_function(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
) -> Completion<(Gc<Object>, (Value, Value), Value)> {
    let iterator = receiver(vm, arguments, method)?;
    let function = callback(vm, arguments.get(0))
        .map_err(|throw| vm.iterator_close_throwing(iterator, throw))?;
    let record = vm.get_iterator_direct(iterator)?;
    Ok((iterator, (Value::cell(iterator), record.next), function))
}

/// `map`, `filter`, `flatMap` (§27.1.4.8, §27.1.4.5, §27.1.4.7)
fn with_function(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    kind: HelperKind,
) -> Completion {
    let (_, record, function) = iterator_and_function(vm, arguments, method)?;
    Ok(vm.new_iterator_helper(kind, record, function, 0.0))
}

/// `take`, `drop` (§27.1.4.11, §27.1.4.3)
fn with_limit(vm: &mut Vm, arguments: Arguments<'_>, method: &str, kind: HelperKind) -> Completion {
    let iterator = receiver(vm, arguments, method)?;
    let limit = to_limit(vm, arguments.get(0), kind)
        .map_err(|throw| vm.iterator_close_throwing(iterator, throw))?;
    let record = vm.get_iterator_direct(iterator)?;
    let outer = (Value::cell(iterator), record.next);
    Ok(vm.new_iterator_helper(kind, outer, Value::UNDEFINED, limit))
}

/// How many values a method is to take or to drop.
fn to_limit(vm: &mut Vm, value: Value, kind: HelperKind) -> Completion<f64> {
    let limit = to_number(vm, value)?.trunc();
    if kind == HelperKind::Take && limit.is_finite() && limit > MOST_LENGTH {
        let text = vm.display(value);
        return Err(vm.throw_range_error(&format!("{text} must be a safe integer")));
    }
    if limit >= 0.0 {
        return Ok(limit);
    }
    let text = vm.display(value);
    Err(vm.throw_range_error(&format!("{text} must be positive")))
}

/// `toArray` (§27.1.4.12)
fn to_array(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let iterator = receiver(vm, arguments, "prototype.toArray")?;
    let record = vm.get_iterator_direct(iterator)?;
    let array = vm.new_array();
    while let Some(value) = vm.step_iterator((Value::cell(iterator), record.next))? {
        array.push(&vm.memory, value);
    }
    Ok(Value::cell(array))
}

/// `forEach` (§27.1.4.6)
fn for_each(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (iterator, record, function) = iterator_and_function(vm, arguments, "prototype.forEach")?;
    let function = vm.callback(function);
    let mut counter = 0.0;
    while let Some(value) = vm.step_iterator(record)? {
        vm.call_back(&function, Value::UNDEFINED, [value, Value::number(counter)])
            .map_err(|throw| vm.iterator_close_throwing(iterator, throw))?;
        counter += 1.0;
    }
    Ok(Value::UNDEFINED)
}

/// The first value for which the truth of what the function says is `wanted` (§27.1.4.4,
/// §27.1.4.5, §27.1.4.10).
fn first(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    wanted: bool,
) -> Completion<Option<Value>> {
    let (iterator, record, function) = iterator_and_function(vm, arguments, method)?;
    let function = vm.callback(function);
    let mut counter = 0.0;
    while let Some(value) = vm.step_iterator(record)? {
        let result = vm
            .call_back(&function, Value::UNDEFINED, [value, Value::number(counter)])
            .map_err(|throw| vm.iterator_close_throwing(iterator, throw))?;
        if to_boolean(result) == wanted {
            vm.iterator_close(iterator)?;
            return Ok(Some(value));
        }
        counter += 1.0;
    }
    Ok(None)
}

/// `reduce` (§27.1.4.9)
fn reduce(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (iterator, record, function) = iterator_and_function(vm, arguments, "prototype.reduce")?;
    let function = vm.callback(function);
    let mut counter = 0.0;
    let mut accumulator = arguments.get(1);
    if arguments.len() < 2 {
        let Some(first) = vm.step_iterator(record)? else {
            let message = "Reduce of a done iterator with no initial value";
            return Err(vm.throw_type_error(message));
        };
        accumulator = first;
        counter = 1.0;
    }
    while let Some(value) = vm.step_iterator(record)? {
        let arguments = [accumulator, value, Value::number(counter)];
        accumulator = vm
            .call_back(&function, Value::UNDEFINED, arguments)
            .map_err(|throw| vm.iterator_close_throwing(iterator, throw))?;
        counter += 1.0;
    }
    Ok(accumulator)
}
