//! What calls a function for each element (ECMA-262 §23.1.3).

use super::super::{Entry, function};
use super::{callback, receiver};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::to_boolean;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("every", 1, |vm, arguments| {
        let found = first(vm, arguments, "every", false)?;
        Ok(Value::bool(found.is_none()))
    }),
    function("filter", 1, filter),
    function("find", 1, |vm, arguments| {
        let found = search(vm, arguments, "find", false)?;
        Ok(found.map_or(Value::UNDEFINED, |(_, value)| value))
    }),
    function("findIndex", 1, |vm, arguments| {
        let found = search(vm, arguments, "findIndex", false)?;
        Ok(found.map_or(Value::int(-1), |(index, _)| Value::number(index)))
    }),
    function("findLast", 1, |vm, arguments| {
        let found = search(vm, arguments, "findLast", true)?;
        Ok(found.map_or(Value::UNDEFINED, |(_, value)| value))
    }),
    function("findLastIndex", 1, |vm, arguments| {
        let found = search(vm, arguments, "findLastIndex", true)?;
        Ok(found.map_or(Value::int(-1), |(index, _)| Value::number(index)))
    }),
    function("flatMap", 1, flat_map),
    function("forEach", 1, for_each),
    function("map", 1, map),
    function("reduce", 1, |vm, arguments| reduce(vm, arguments, "reduce", false)),
    function("reduceRight", 1, |vm, arguments| reduce(vm, arguments, "reduceRight", true)),
    function("some", 1, |vm, arguments| {
        let found = first(vm, arguments, "some", true)?;
        Ok(Value::bool(found.is_some()))
    }),
];

/// Calls the callback of a method for each element that is there, until `visit` says that
/// it is enough.
fn each(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    (object, length): (Gc<Object>, f64),
    function: Value,
    mut visit: impl FnMut(&mut Vm, f64, Value, Value) -> Completion<bool>,
) -> Completion<()> {
    let (this, function) = (arguments.get(1), vm.callback(function));
    let mut index = 0.0;
    while index < length {
        if let Some(value) = vm.find_index(object, index)? {
            let arguments = [value, Value::number(index), Value::cell(object)];
            let result = vm.call_back(&function, this, arguments)?;
            if !visit(vm, index, value, result)? {
                break;
            }
        }
        index += 1.0;
    }
    Ok(())
}

/// The first element for which the callback's truth is `wanted` (§23.1.3.6, §23.1.3.29).
fn first(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    wanted: bool,
) -> Completion<Option<f64>> {
    let receiver = receiver(vm, arguments, method)?;
    let function = callback(vm, arguments.get(0))?;
    let mut found = None;
    each(vm, arguments, receiver, function, |_, index, _, result| {
        if to_boolean(result) == wanted {
            found = Some(index);
        }
        Ok(found.is_none())
    })?;
    Ok(found)
}

/// `forEach` (§23.1.3.15)
fn for_each(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let receiver = receiver(vm, arguments, "forEach")?;
    let function = callback(vm, arguments.get(0))?;
    each(vm, arguments, receiver, function, |_, _, _, _| Ok(true))?;
    Ok(Value::UNDEFINED)
}

/// `map` (§23.1.3.21)
fn map(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "map")?;
    let function = callback(vm, arguments.get(0))?;
    let target = vm.array_species_create(object, length)?;
    each(vm, arguments, (object, length), function, |vm, index, _, result| {
        vm.define_index(target, index, result)?;
        Ok(true)
    })?;
    Ok(Value::cell(target))
}

/// `filter` (§23.1.3.8)
fn filter(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "filter")?;
    let function = callback(vm, arguments.get(0))?;
    let target = vm.array_species_create(object, 0.0)?;
    let mut to = 0.0;
    each(vm, arguments, (object, length), function, |vm, _, value, result| {
        if to_boolean(result) {
            vm.define_index(target, to, value)?;
            to += 1.0;
        }
        Ok(true)
    })?;
    Ok(Value::cell(target))
}

/// `FindViaPredicate` (§23.1.3.12.1): holes are asked about too.
fn search(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    from_end: bool,
) -> Completion<Option<(f64, Value)>> {
    let (object, length) = receiver(vm, arguments, method)?;
    let (function, this) = (callback(vm, arguments.get(0))?, arguments.get(1));
    let function = vm.callback(function);
    let mut count = 0.0;
    while count < length {
        let index = if from_end { length - 1.0 - count } else { count };
        let value = vm.get_index(object, index)?;
        let result =
            vm.call_back(&function, this, [value, Value::number(index), Value::cell(object)])?;
        if to_boolean(result) {
            return Ok(Some((index, value)));
        }
        count += 1.0;
    }
    Ok(None)
}

/// `reduce` and `reduceRight` (§23.1.3.24, §23.1.3.25)
fn reduce(vm: &mut Vm, arguments: Arguments<'_>, method: &str, from_end: bool) -> Completion {
    let (object, length) = receiver(vm, arguments, method)?;
    let function = callback(vm, arguments.get(0))?;
    let function = vm.callback(function);
    let mut accumulator = if arguments.len() > 1 { Some(arguments.get(1)) } else { None };
    let mut count = 0.0;
    while count < length {
        let index = if from_end { length - 1.0 - count } else { count };
        count += 1.0;
        let Some(value) = vm.find_index(object, index)? else { continue };
        accumulator = Some(match accumulator {
            None => value,
            Some(accumulator) => {
                let arguments = [accumulator, value, Value::number(index), Value::cell(object)];
                vm.call_back(&function, Value::UNDEFINED, arguments)?
            }
        });
    }
    match accumulator {
        Some(accumulator) => Ok(accumulator),
        None => Err(vm.throw_type_error("Reduce of empty array with no initial value")),
    }
}

/// `flatMap` (§23.1.3.14)
fn flat_map(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "flatMap")?;
    let function = callback(vm, arguments.get(0))?;
    let target = vm.array_species_create(object, 0.0)?;
    let mut to = 0.0;
    each(vm, arguments, (object, length), function, |vm, _, _, result| {
        if vm.is_array(result)?
            && let Some(inner) = crate::operators::as_object(result)
        {
            let length = vm.length_of_array_like(inner)?;
            to = super::copying::flatten(vm, target, to, (inner, length), 0.0)?;
        } else {
            vm.define_index(target, to, result)?;
            to += 1.0;
        }
        Ok(true)
    })?;
    Ok(Value::cell(target))
}
