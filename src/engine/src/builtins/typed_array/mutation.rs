//! What changes typed arrays (ECMA-262 §23.2.3).

use super::super::array::relative;
use super::super::{Entry, function};
use super::construction::{copy, throw_mixed};
use super::{receiver, set_element, throw_out_of_bounds};
use crate::heap::Gc;
use crate::object::TypedArray;
use crate::operators::to_integer_or_infinity;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("copyWithin", 2, copy_within),
    function("fill", 1, fill),
    function("reverse", 0, reverse),
    function("set", 1, set),
];

/// `copyWithin` (§23.2.3.6)
fn copy_within(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "copyWithin")?;
    let length = length as f64;
    let to = relative(vm, arguments.get(0), length, 0.0)?;
    let from = relative(vm, arguments.get(1), length, 0.0)?;
    let end = relative(vm, arguments.get(2), length, length)?;
    let count = (end - from).min(length - to);
    if count > 0.0 {
        let Some(now) = array.length() else {
            return Err(throw_out_of_bounds(vm, "copyWithin"));
        };
        let (to, from) = (to as usize, from as usize);
        let room = now.saturating_sub(to.max(from));
        copy(vm, array, from, array, to, (count as usize).min(room))?;
    }
    Ok(Value::cell(array))
}

/// `fill` (§23.2.3.9)
fn fill(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "fill")?;
    let bits = vm.element_bits(array.element, arguments.get(0))?;
    let start = relative(vm, arguments.get(1), length as f64, 0.0)?;
    let end = relative(vm, arguments.get(2), length as f64, length as f64)?;
    let Some(now) = array.length() else { return Err(throw_out_of_bounds(vm, "fill")) };
    for index in start as usize..(end as usize).min(now) {
        vm.heed_interrupt()?;
        array.set_bits(index, bits);
    }
    Ok(Value::cell(array))
}

/// `reverse` (§23.2.3.25)
fn reverse(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "reverse")?;
    for lower in 0..length / 2 {
        vm.heed_interrupt()?;
        let upper = length - 1 - lower;
        if let (Some(low), Some(high)) = (array.bits_at(lower), array.bits_at(upper)) {
            array.set_bits(lower, high);
            array.set_bits(upper, low);
        }
    }
    Ok(Value::cell(array))
}

fn throw_offset(vm: &mut Vm) -> Throw {
    vm.throw_range_error("offset is out of bounds")
}

/// `set` (§23.2.3.26)
fn set(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(array) = arguments.this().downcast::<TypedArray>() else {
        return Err(vm.throw_type_error("this is not a typed array."));
    };
    let offset = to_integer_or_infinity(vm, arguments.get(1))?;
    if offset < 0.0 {
        return Err(throw_offset(vm));
    }
    match arguments.get(0).downcast::<TypedArray>() {
        Some(source) => set_from_typed_array(vm, array, offset, source)?,
        None => set_from_array_like(vm, array, offset, arguments.get(0))?,
    }
    Ok(Value::UNDEFINED)
}

/// `SetTypedArrayFromTypedArray` (§23.2.3.26.1)
fn set_from_typed_array(
    vm: &mut Vm,
    target: Gc<TypedArray>,
    offset: f64,
    source: Gc<TypedArray>,
) -> Completion<()> {
    let (Some(room), Some(count)) = (target.length(), source.length()) else {
        return Err(throw_out_of_bounds(vm, "set"));
    };
    if target.element.is_bigint() != source.element.is_bigint() {
        return Err(throw_mixed(vm));
    }
    if count as f64 + offset > room as f64 {
        return Err(throw_offset(vm));
    }
    copy(vm, source, 0, target, offset as usize, count)
}

/// `SetTypedArrayFromArrayLike` (§23.2.3.26.2)
fn set_from_array_like(
    vm: &mut Vm,
    target: Gc<TypedArray>,
    offset: f64,
    source: Value,
) -> Completion<()> {
    let Some(room) = target.length() else { return Err(throw_out_of_bounds(vm, "set")) };
    let source = vm.to_object(source)?;
    let count = vm.length_of_array_like(source)?;
    if count + offset > room as f64 {
        return Err(throw_offset(vm));
    }
    for index in 0..count as usize {
        vm.heed_interrupt()?;
        let value = vm.get(source, vm.memory.key_of_index(index as f64))?;
        set_element(vm, target, offset as usize + index, value)?;
    }
    Ok(())
}
