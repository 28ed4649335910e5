//! What changes an array in place (ECMA-262 §23.1.3).

use super::super::{Entry, function};
use super::{dense_elements, receiver, relative};
use crate::heap::Gc;
use crate::object::{Array, Object};
use crate::operators::to_integer_or_infinity;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("copyWithin", 2, copy_within),
    function("fill", 1, fill),
    function("pop", 0, pop),
    function("push", 1, push),
    function("reverse", 0, reverse),
    function("shift", 0, shift),
    function("splice", 2, splice),
    function("unshift", 1, unshift),
];

/// The greatest length of what is like an array: 2^53 − 1.
pub(super) const MOST: f64 = 9_007_199_254_740_991.0;

fn throw_too_long(vm: &mut Vm, count: usize, length: f64) -> Completion {
    Err(vm.throw_type_error(&format!(
        "Pushing {count} elements on an array-like of length {length} is disallowed by ECMA-262"
    )))
}

/// `push` (§23.1.3.23)
fn push(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "push")?;
    if let Some(array) = vm.growable(object)
        && length + (arguments.len() as f64) < f64::from(u32::MAX)
    {
        for value in arguments.from(0) {
            array.push(&vm.memory, *value);
        }
        return Ok(Value::from(array.length.get()));
    }
    if length + arguments.len() as f64 > MOST {
        return throw_too_long(vm, arguments.len(), length);
    }
    for (offset, value) in arguments.from(0).iter().enumerate() {
        vm.set_index(object, length + offset as f64, *value)?;
    }
    let length = length + arguments.len() as f64;
    vm.set_length(object, length)?;
    Ok(Value::number(length))
}

/// `pop` (§23.1.3.22)
fn pop(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "pop")?;
    if length == 0.0 {
        vm.set_length(object, 0.0)?;
        return Ok(Value::UNDEFINED);
    }
    if let Some((array, elements)) = dense_elements(object)
        && array.length_is_writable.get()
        && elements.length() == array.length.get()
    {
        let last = array.length.get() - 1;
        let value = elements.get(last);
        if !value.is_empty() {
            elements.set_length(last);
            array.length.set(last);
            return Ok(value);
        }
    }
    let last = length - 1.0;
    let value = vm.get_index(object, last)?;
    vm.delete_index(object, last)?;
    vm.set_length(object, last)?;
    Ok(value)
}

/// `shift` (§23.1.3.27)
fn shift(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "shift")?;
    if length == 0.0 {
        vm.set_length(object, 0.0)?;
        return Ok(Value::UNDEFINED);
    }
    let first = object.element(0);
    if vm.make_room(object, 0, 1, 0).is_some() {
        return Ok(first.or_undefined());
    }
    let first = vm.get_index(object, 0.0)?;
    let mut index = 1.0;
    while index < length {
        move_element(vm, object, index, index - 1.0)?;
        index += 1.0;
    }
    vm.delete_index(object, length - 1.0)?;
    vm.set_length(object, length - 1.0)?;
    Ok(first)
}

/// Puts an element elsewhere, or a hole.
fn move_element(vm: &mut Vm, object: Gc<Object>, from: f64, to: f64) -> Completion<()> {
    match vm.find_index(object, from)? {
        Some(value) => vm.set_index(object, to, value),
        None => vm.delete_index(object, to),
    }
}

/// `unshift` (§23.1.3.37)
fn unshift(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "unshift")?;
    let count = arguments.len() as f64;
    if count > 0.0 {
        if length + count > MOST {
            return throw_too_long(vm, arguments.len(), length);
        }
        if let Some(elements) = vm.make_room(object, 0, 0, arguments.len() as u32) {
            for (value, new) in elements.as_cells().iter().zip(arguments.from(0)) {
                value.set(*new);
            }
            return Ok(Value::number(length + count));
        }
        let mut index = length;
        while index > 0.0 {
            index -= 1.0;
            move_element(vm, object, index, index + count)?;
        }
        for (index, value) in arguments.from(0).iter().enumerate() {
            vm.set_index(object, index as f64, *value)?;
        }
    }
    vm.set_length(object, length + count)?;
    Ok(Value::number(length + count))
}

/// `reverse` (§23.1.3.26)
fn reverse(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "reverse")?;
    let middle = (length / 2.0).floor();
    let mut lower = 0.0;
    while lower < middle {
        let upper = length - 1.0 - lower;
        let low = vm.find_index(object, lower)?;
        let high = vm.find_index(object, upper)?;
        match (low, high) {
            (Some(low), Some(high)) => {
                vm.set_index(object, lower, high)?;
                vm.set_index(object, upper, low)?;
            }
            (None, Some(high)) => {
                vm.set_index(object, lower, high)?;
                vm.delete_index(object, upper)?;
            }
            (Some(low), None) => {
                vm.delete_index(object, lower)?;
                vm.set_index(object, upper, low)?;
            }
            (None, None) => {}
        }
        lower += 1.0;
    }
    Ok(Value::cell(object))
}

/// `fill` (§23.1.3.7)
fn fill(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "fill")?;
    let mut index = relative(vm, arguments.get(1), length, 0.0)?;
    let end = relative(vm, arguments.get(2), length, length)?;
    while index < end {
        vm.set_index(object, index, arguments.get(0))?;
        index += 1.0;
    }
    Ok(Value::cell(object))
}

/// `copyWithin` (§23.1.3.4)
fn copy_within(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "copyWithin")?;
    let to = relative(vm, arguments.get(0), length, 0.0)?;
    let from = relative(vm, arguments.get(1), length, 0.0)?;
    let end = relative(vm, arguments.get(2), length, length)?;
    let count = (end - from).min(length - to);
    let backwards = from < to && to < from + count;
    let mut done = 0.0;
    while done < count {
        let offset = if backwards { count - 1.0 - done } else { done };
        move_element(vm, object, from + offset, to + offset)?;
        done += 1.0;
    }
    Ok(Value::cell(object))
}

/// `splice` (§23.1.3.31)
fn splice(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "splice")?;
    let start = relative(vm, arguments.get(0), length, 0.0)?;
    let items = arguments.from(2);
    let removed = match arguments.len() {
        0 => 0.0,
        1 => length - start,
        _ => to_integer_or_infinity(vm, arguments.get(1))?.clamp(0.0, length - start),
    };
    let added = items.len() as f64;
    if length + added - removed > MOST {
        return throw_too_long(vm, items.len(), length);
    }
    let target = vm.array_species_create(object, removed)?;
    let mut index = 0.0;
    while index < removed {
        if let Some(value) = vm.find_index(object, start + index)? {
            vm.define_index(target, index, value)?;
        }
        index += 1.0;
    }
    vm.set_length(target, removed)?;
    if target != object
        && Value::cell(object)
            .downcast::<Array>()
            .is_some_and(|array| f64::from(array.length.get()) == length)
        && let Some(elements) =
            vm.make_room(object, start as u32, removed as u32, items.len() as u32)
    {
        for (value, new) in elements.as_cells()[start as usize..].iter().zip(items) {
            value.set(*new);
        }
        return Ok(Value::cell(target));
    }
    if added < removed {
        let mut index = start;
        while index < length - removed {
            move_element(vm, object, index + removed, index + added)?;
            index += 1.0;
        }
        let mut index = length;
        while index > length - removed + added {
            index -= 1.0;
            vm.delete_index(object, index)?;
        }
    } else if added > removed {
        let mut index = length - removed;
        while index > start {
            index -= 1.0;
            move_element(vm, object, index + removed, index + added)?;
        }
    }
    for (offset, item) in items.iter().enumerate() {
        vm.set_index(object, start + offset as f64, *item)?;
    }
    vm.set_length(object, length - removed + added)?;
    Ok(Value::cell(target))
}
