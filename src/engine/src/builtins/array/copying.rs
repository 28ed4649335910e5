//! What makes another array of one (ECMA-262 §23.1.3).

use super::super::{Entry, function};
use super::mutation::MOST;
use super::{receiver, relative};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{as_object, to_boolean, to_integer_or_infinity};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm, WellKnown};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("concat", 1, concat),
    function("flat", 0, flat),
    function("slice", 2, slice),
    function("toReversed", 0, to_reversed),
    function("toSpliced", 2, to_spliced),
    function("with", 2, with),
];

/// `IsConcatSpreadable` (§23.1.3.2.1)
fn is_concat_spreadable(vm: &mut Vm, value: Value) -> Completion<Option<Gc<Object>>> {
    let Some(object) = as_object(value) else { return Ok(None) };
    let spreadable = vm.get(object, vm.well_known_key(WellKnown::IsConcatSpreadable))?;
    let is_spreadable =
        if spreadable.is_undefined() { vm.is_array(value)? } else { to_boolean(spreadable) };
    Ok(is_spreadable.then_some(object))
}

/// `concat` (§23.1.3.2)
fn concat(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if arguments.this().is_nullish() {
        return Err(vm.throw_type_error("Array.prototype.concat called on null or undefined"));
    }
    let object = vm.to_object(arguments.this())?;
    let target = vm.array_species_create(object, 0.0)?;
    let mut to = 0.0;
    let first = Value::cell(object);
    for item in std::iter::once(&first).chain(arguments.from(0)) {
        let Some(source) = is_concat_spreadable(vm, *item)? else {
            if to >= MOST {
                return Err(vm.throw_type_error("Invalid array length"));
            }
            vm.define_index(target, to, *item)?;
            to += 1.0;
            continue;
        };
        let length = vm.length_of_array_like(source)?;
        if to + length > MOST {
            return Err(vm.throw_type_error("Invalid array length"));
        }
        let mut index = 0.0;
        while index < length {
            if let Some(value) = vm.find_index(source, index)? {
                vm.define_index(target, to + index, value)?;
            }
            index += 1.0;
        }
        to += length;
    }
    vm.set_length(target, to)?;
    Ok(Value::cell(target))
}

/// `slice` (§23.1.3.28)
fn slice(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "slice")?;
    let start = relative(vm, arguments.get(0), length, 0.0)?;
    let end = relative(vm, arguments.get(1), length, length)?;
    let count = (end - start).max(0.0);
    let target = vm.array_species_create(object, count)?;
    let mut index = 0.0;
    while index < count {
        if let Some(value) = vm.find_index(object, start + index)? {
            vm.define_index(target, index, value)?;
        }
        index += 1.0;
    }
    vm.set_length(target, count)?;
    Ok(Value::cell(target))
}

/// `flat` (§23.1.3.13)
fn flat(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "flat")?;
    let depth = match arguments.get(0) {
        depth if depth.is_undefined() => 1.0,
        depth => to_integer_or_infinity(vm, depth)?.max(0.0),
    };
    let target = vm.array_species_create(object, 0.0)?;
    flatten(vm, target, 0.0, (object, length), depth)?;
    Ok(Value::cell(target))
}

/// `FlattenIntoArray` (§23.1.3.13.1): gives where the next element goes.
pub(super) fn flatten(
    vm: &mut Vm,
    target: Gc<Object>,
    mut to: f64,
    (source, length): (Gc<Object>, f64),
    depth: f64,
) -> Completion<f64> {
    vm.check_native_stack()?;
    let mut index = 0.0;
    while index < length {
        if let Some(value) = vm.find_index(source, index)? {
            let inner = if depth > 0.0 && vm.is_array(value)? { as_object(value) } else { None };
            if let Some(inner) = inner {
                let length = vm.length_of_array_like(inner)?;
                to = flatten(vm, target, to, (inner, length), depth - 1.0)?;
            } else {
                if to >= MOST {
                    return Err(vm.throw_type_error("Invalid array length"));
                }
                vm.define_index(target, to, value)?;
                to += 1.0;
            }
        }
        index += 1.0;
    }
    Ok(to)
}

/// `toReversed` (§23.1.3.33)
fn to_reversed(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "toReversed")?;
    let target = vm.array_create(length)?;
    let mut index = 0.0;
    while index < length {
        let value = vm.get_index(object, length - 1.0 - index)?;
        vm.define_index(target, index, value)?;
        index += 1.0;
    }
    Ok(Value::cell(target))
}

/// `toSpliced` (§23.1.3.35)
fn to_spliced(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "toSpliced")?;
    let start = relative(vm, arguments.get(0), length, 0.0)?;
    let skipped = match arguments.len() {
        0 => 0.0,
        1 => length - start,
        _ => to_integer_or_infinity(vm, arguments.get(1))?.clamp(0.0, length - start),
    };
    let items = arguments.from(2);
    let added = items.len() as f64;
    if length + added - skipped > MOST {
        return Err(vm.throw_type_error("Invalid array length"));
    }
    let new_length = length + added - skipped;
    let target = vm.array_create(new_length)?;
    let mut index = 0.0;
    while index < new_length {
        let value = if index < start {
            vm.get_index(object, index)?
        } else if index < start + added {
            items[(index - start) as usize]
        } else {
            vm.get_index(object, index - added + skipped)?
        };
        vm.define_index(target, index, value)?;
        index += 1.0;
    }
    Ok(Value::cell(target))
}

/// `with` (§23.1.3.39)
fn with(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "with")?;
    let relative = to_integer_or_infinity(vm, arguments.get(0))?;
    let changed = if relative < 0.0 { length + relative } else { relative };
    if changed < 0.0 || changed >= length {
        let text = vm.display(arguments.get(0));
        return Err(vm.throw_range_error(&format!("Invalid index : {text}")));
    }
    let target = vm.array_create(length)?;
    let mut index = 0.0;
    while index < length {
        let value = if index == changed { arguments.get(1) } else { vm.get_index(object, index)? };
        vm.define_index(target, index, value)?;
        index += 1.0;
    }
    Ok(Value::cell(target))
}
