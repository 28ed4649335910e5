//! What makes another typed array of one, or a string (ECMA-262 §23.2.3).

use super::super::array::relative;
use super::super::{Entry, function};
use super::construction::{copy, create_same_type, species_create};
use super::{element, receiver, set_element, throw_out_of_bounds};
use crate::heap::Gc;
use crate::object::TypedArray;
use crate::operators::{concatenate, to_integer_or_infinity, to_string};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("join", 1, join),
    function("slice", 2, slice),
    function("subarray", 2, subarray),
    function("toLocaleString", 0, to_locale_string),
    function("toReversed", 0, to_reversed),
    function("with", 2, with),
];

/// `slice` (§23.2.3.27)
fn slice(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "slice")?;
    let start = relative(vm, arguments.get(0), length as f64, 0.0)?;
    let end = relative(vm, arguments.get(1), length as f64, length as f64)?;
    let count = (end - start).max(0.0);
    let target = species_create(vm, array, &[Value::number(count)], "slice")?;
    if count == 0.0 {
        return Ok(Value::cell(target));
    }
    let Some(length) = array.length() else { return Err(throw_out_of_bounds(vm, "slice")) };
    let (start, end) = (start as usize, (end as usize).min(length));
    let count = end.saturating_sub(start);
    if array.element == target.element {
        copy_bytes(vm, array, start, target, count.min(target.length().unwrap_or(0)))?;
        return Ok(Value::cell(target));
    }
    for index in 0..count {
        vm.heed_interrupt()?;
        let value = element(vm, array, start + index);
        set_element(vm, target, index, value)?;
    }
    Ok(Value::cell(target))
}

/// Copies elements of the same type to the beginning of another array: byte after byte,
/// which shows if both look at the same bytes.
fn copy_bytes(
    vm: &mut Vm,
    source: Gc<TypedArray>,
    from: usize,
    target: Gc<TypedArray>,
    count: usize,
) -> Completion<()> {
    let size = source.element.size();
    let start = source.start().wrapping_add(from * size);
    let (to, bytes) = (target.start(), count * size);
    if to > start && to < start.wrapping_add(bytes) {
        for index in 0..bytes {
            vm.heed_interrupt()?;
            // SAFETY: Both have so many elements.
            unsafe { to.add(index).write(start.add(index).read()) };
        }
        return Ok(());
    }
    copy(vm, source, from, target, 0, count)
}

/// `subarray` (§23.2.3.30)
fn subarray(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(array) = arguments.this().downcast::<TypedArray>() else {
        return Err(vm.throw_type_error("this is not a typed array."));
    };
    let length = array.length().unwrap_or(0) as f64;
    let begin = relative(vm, arguments.get(0), length, 0.0)?;
    let mut given = [Value::cell(array.buffer), Value::UNDEFINED, Value::UNDEFINED];
    let mut count = 2;
    if array.fixed.is_some() || !arguments.get(1).is_undefined() {
        let end = relative(vm, arguments.get(1), length, length)?;
        given[2] = Value::number((end - begin).max(0.0));
        count = 3;
    }
    let offset = array.byte_offset as f64 + begin * array.element.size() as f64;
    given[1] = Value::number(offset);
    species_create(vm, array, &given[..count], "subarray").map(Value::cell)
}

/// `toReversed` (§23.2.3.33)
fn to_reversed(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "toReversed")?;
    let target = create_same_type(vm, array, length)?;
    for index in 0..length {
        vm.heed_interrupt()?;
        if let Some(bits) = array.bits_at(length - 1 - index) {
            target.set_bits(index, bits);
        }
    }
    Ok(Value::cell(target))
}

/// `with` (§23.2.3.36)
fn with(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "with")?;
    let relative = to_integer_or_infinity(vm, arguments.get(0))?;
    let index = if relative < 0.0 { length as f64 + relative } else { relative };
    let bits = vm.element_bits(array.element, arguments.get(1))?;
    if index < 0.0 || array.length().is_none_or(|length| index >= length as f64) {
        return Err(vm.throw_range_error("Invalid typed array index"));
    }
    let target = create_same_type(vm, array, length)?;
    copy(vm, array, 0, target, 0, length.min(array.length().unwrap_or(0)))?;
    if array.length().is_none_or(|now| now < length) && !array.element.is_bigint() {
        // What has gone meanwhile is `undefined`.
        let missing = array.element.of_number(f64::NAN);
        for gone in array.length().unwrap_or(0)..length {
            target.set_bits(gone, missing);
        }
    }
    target.set_bits(index as usize, bits);
    Ok(Value::cell(target))
}

// ---------------------------------------------------------------------------
// Strings
// ---------------------------------------------------------------------------

/// `join` (§23.2.3.18)
fn join(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "join")?;
    let separator = match arguments.get(0) {
        separator if separator.is_undefined() => vm.memory.intern_str(","),
        separator => to_string(vm, separator)?,
    };
    join_with(vm, array, length, separator, to_string)
}

fn join_with(
    vm: &mut Vm,
    array: Gc<TypedArray>,
    length: usize,
    separator: Gc<JsString>,
    convert: impl Fn(&mut Vm, Value) -> Completion<Gc<JsString>>,
) -> Completion {
    let mut joined = vm.memory.intern_str("");
    for index in 0..length {
        vm.heed_interrupt()?;
        if index > 0 {
            joined = concatenate(vm, joined, separator)?;
        }
        let value = element(vm, array, index);
        if !value.is_undefined() {
            let text = convert(vm, value)?;
            joined = concatenate(vm, joined, text)?;
        }
    }
    Ok(Value::cell(joined))
}

/// `toLocaleString` (§23.2.3.31)
fn to_locale_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, length) = receiver(vm, arguments, "toLocaleString")?;
    let separator = vm.memory.intern_str(",");
    join_with(vm, array, length, separator, |vm, value| {
        let key = vm.memory.literal_key("toLocaleString");
        let text = vm.invoke(value, key, &[])?;
        to_string(vm, text)
    })
}
