//! Methods of buffers, and functions of `Buffer`, that programs call often.

use std::cmp::Ordering;

use axil_engine::object::{ElementType, TypedArray};
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use super::{Encoding, decoded, encoding_of, objects, pool, slowly};
use crate::native::Row;

/// Functions of `Buffer`.
pub(super) const STATICS: &[Row] = &[
    ("from", 3, from),
    ("alloc", 3, |vm, arguments| match (size(arguments.get(0)), arguments.len()) {
        (Some(size), 1) => pool::allocate(vm, size),
        _ => slowly(vm, arguments),
    }),
    ("allocUnsafe", 1, |vm, arguments| match size(arguments.get(0)) {
        Some(size) => pool::allocate_unsafe(vm, size),
        None => slowly(vm, arguments),
    }),
    ("byteLength", 2, byte_length),
];

/// Methods of `Buffer.prototype`.
pub(super) const METHODS: &[Row] = &[
    ("toString", 3, to_string),
    ("slice", 2, slice),
    ("subarray", 2, slice),
    ("equals", 1, equals),
    ("compare", 5, |vm, arguments| {
        if arguments.len() == 1
            && let Some(order) = compare(vm, arguments.this(), arguments.get(0))
        {
            return Ok(Value::int(order as i32));
        }
        slowly(vm, arguments)
    }),
    ("copy", 4, copy),
    ("write", 4, write),
    ("swap16", 0, |vm, arguments| swap::<2>(vm, arguments)),
    ("swap32", 0, |vm, arguments| swap::<4>(vm, arguments)),
    ("swap64", 0, |vm, arguments| swap::<8>(vm, arguments)),
    ("asciiSlice", 2, |vm, arguments| slice_as(vm, arguments, Encoding::Ascii)),
    ("base64Slice", 2, |vm, arguments| slice_as(vm, arguments, Encoding::Base64)),
    ("base64urlSlice", 2, |vm, arguments| slice_as(vm, arguments, Encoding::Base64Url)),
    ("latin1Slice", 2, |vm, arguments| slice_as(vm, arguments, Encoding::Latin1)),
    ("hexSlice", 2, |vm, arguments| slice_as(vm, arguments, Encoding::Hex)),
    ("ucs2Slice", 2, |vm, arguments| slice_as(vm, arguments, Encoding::Utf16Le)),
    ("utf8Slice", 2, |vm, arguments| slice_as(vm, arguments, Encoding::Utf8)),
    ("asciiWrite", 3, |vm, arguments| write_as(vm, arguments, Encoding::Ascii)),
    ("base64Write", 3, |vm, arguments| write_as(vm, arguments, Encoding::Base64)),
    ("base64urlWrite", 3, |vm, arguments| write_as(vm, arguments, Encoding::Base64Url)),
    ("latin1Write", 3, |vm, arguments| write_as(vm, arguments, Encoding::Latin1)),
    ("hexWrite", 3, |vm, arguments| write_as(vm, arguments, Encoding::Hex)),
    ("ucs2Write", 3, |vm, arguments| write_as(vm, arguments, Encoding::Utf16Le)),
    ("utf8Write", 3, |vm, arguments| write_as(vm, arguments, Encoding::Utf8)),
];

/// A size that an argument says. No buffer has more than 2^53 − 1 bytes.
fn size(value: Value) -> Option<u64> {
    const MOST: f64 = ((1_u64 << 53) - 1) as f64;
    let number = value.as_number()?;
    (0.0..=MOST).contains(&number).then_some(number as u64)
}

/// The typed array that a value is, if its elements are bytes.
fn bytes(value: Value) -> Option<axil_engine::heap::Gc<TypedArray>> {
    value.downcast::<TypedArray>().filter(|array| array.element == ElementType::Uint8)
}

/// `Buffer.from(string, encoding)`
fn from(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(text) = arguments.get(0).downcast::<JsString>() else {
        return slowly(vm, arguments);
    };
    let Some(encoding) = encoding_of(vm, arguments.get(1)) else {
        return slowly(vm, arguments);
    };
    let length = encoding.byte_length(text.units(&vm.memory));
    let buffer = pool::allocate_unsafe(vm, length as u64)?;
    let written = vm
        .with_bytes_mut(buffer, |memory, to| encoding.encode_into(text.units(memory), to))
        .unwrap_or(0);
    if written == length {
        return Ok(buffer);
    }
    part_of(vm, buffer, 0, written)
}

/// A buffer that shares a part of another's memory.
fn part_of(vm: &mut Vm, value: Value, start: usize, length: usize) -> Completion {
    let (Some(array), Some([_, prototype])) = (value.downcast::<TypedArray>(), objects(vm)) else {
        return Ok(value);
    };
    let offset = array.byte_offset + start;
    Ok(Value::cell(vm.new_uint8_view(prototype, array.buffer, offset, length)))
}

/// `Buffer.byteLength(string, encoding)`; an unknown encoding is the usual one.
fn byte_length(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(text) = arguments.get(0).downcast::<JsString>() else {
        return slowly(vm, arguments);
    };
    let encoding = encoding_of(vm, arguments.get(1)).unwrap_or(Encoding::Utf8);
    Ok(Value::number(encoding.byte_length(text.units(&vm.memory)) as f64))
}

/// A place in so many bytes that an argument of `toString` says; none if it has to be
/// converted.
fn place(value: Value, otherwise: usize, length: usize) -> Option<usize> {
    if value.is_undefined() {
        return Some(otherwise);
    }
    Some((value.as_number()?.max(0.0) as usize).min(length))
}

/// `toString(encoding, start, end)`
fn to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let length = bytes(arguments.this()).and_then(|array| array.length());
    let (Some(length), Some(encoding)) = (length, encoding_of(vm, arguments.get(0))) else {
        return slowly(vm, arguments);
    };
    let start = place(arguments.get(1), 0, length);
    let end = place(arguments.get(2), length, length);
    let (Some(start), Some(end)) = (start, end) else { return slowly(vm, arguments) };
    if start >= end {
        return Ok(Value::cell(vm.memory.empty_string()));
    }
    let text = vm
        .with_bytes(arguments.this(), |memory, bytes| encoding.decode(memory, &bytes[start..end]));
    decoded(vm, text.flatten())
}

/// A place that counts from the end if it is negative.
fn relative(value: Value, otherwise: usize, length: usize) -> Option<usize> {
    if value.is_undefined() {
        return Some(otherwise);
    }
    let number = value.as_number()?;
    let number = if number.is_nan() { 0.0 } else { number.trunc() };
    let number = if number < 0.0 { number + length as f64 } else { number };
    Some(number.clamp(0.0, length as f64) as usize)
}

/// `slice(start, end)`, `subarray(start, end)`
fn slice(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(length) = bytes(arguments.this()).and_then(|array| array.length()) else {
        return slowly(vm, arguments);
    };
    let start = relative(arguments.get(0), 0, length);
    let end = relative(arguments.get(1), length, length);
    let (Some(start), Some(end)) = (start, end) else { return slowly(vm, arguments) };
    part_of(vm, arguments.this(), start, end.saturating_sub(start))
}

/// Which of two arrays of bytes comes first; none if they are none.
pub(super) fn compare(vm: &mut Vm, one: Value, other: Value) -> Option<Ordering> {
    let (one, other) = (Value::cell(bytes(one)?), Value::cell(bytes(other)?));
    with_both(vm, one, other, Ord::cmp)
}

fn with_both<R>(
    vm: &mut Vm,
    one: Value,
    other: Value,
    action: impl FnOnce(&[u8], &[u8]) -> R,
) -> Option<R> {
    vm.with_two_bytes(one, other, action)
}

/// `equals(other)`
fn equals(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (this, other) = (arguments.this(), arguments.get(0));
    if bytes(this).is_some()
        && bytes(other).is_some()
        && let Some(equal) = with_both(vm, this, other, |one, other| one == other)
    {
        return Ok(Value::bool(equal));
    }
    slowly(vm, arguments)
}

/// An index that an argument says, if it is plainly one.
fn index(value: Value, otherwise: usize) -> Option<usize> {
    if value.is_undefined() {
        return Some(otherwise);
    }
    let index = size(value)?;
    (value.as_number() == Some(index as f64)).then_some(index as usize)
}

/// `copy(target, targetStart, sourceStart, sourceEnd)`
fn copy(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (source, target) = (arguments.this(), arguments.get(0));
    let plainly = || {
        let (from, to) = (bytes(source)?.length()?, bytes(target)?.length()?);
        let target_start = index(arguments.get(1), 0)?;
        let start = index(arguments.get(2), 0)?;
        let end = index(arguments.get(3), from)?.min(from);
        (start <= from && target_start <= to).then_some((target_start, start, end))
    };
    let Some((target_start, start, end)) = plainly() else { return slowly(vm, arguments) };
    let count = end.saturating_sub(start);
    let copied = vm.copy_bytes((source, start), (target, target_start), count);
    Ok(Value::number(copied.unwrap_or(0) as f64))
}

/// `write(string, offset, length, encoding)`, `write(string, encoding)`
fn write(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let this = arguments.this();
    let plainly = |vm: &Vm| {
        let text = arguments.get(0).downcast::<JsString>()?;
        let length = bytes(this)?.length()?;
        let [second, third, fourth] = [1, 2, 3].map(|at| arguments.get(at));
        let is_text = |value: Value| value.downcast::<JsString>().is_some();
        let (offset, most, encoding) = if is_text(second) {
            (0, length, second)
        } else if is_text(third) {
            (index(second, 0)?, length, third)
        } else {
            (index(second, 0)?, index(third, length)?, fourth)
        };
        let room = length.checked_sub(offset)?;
        let most = if most <= length { most.min(room) } else { return None };
        Some((text, offset, most, encoding_of(vm, encoding)?))
    };
    let Some((text, offset, most, encoding)) = plainly(vm) else { return slowly(vm, arguments) };
    let written = vm.with_bytes_mut(this, |memory, bytes| {
        encoding.encode_into(text.units(memory), &mut bytes[offset..offset + most])
    });
    Ok(Value::number(written.unwrap_or(0) as f64))
}

/// Exchanges the bytes of each number of so many.
fn swap<const SIZE: usize>(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let this = arguments.this();
    let length = bytes(this).and_then(|array| array.length());
    if !length.is_some_and(|length| length.is_multiple_of(SIZE)) {
        return slowly(vm, arguments);
    }
    vm.with_bytes_mut(this, |_, bytes| {
        bytes.as_chunks_mut::<SIZE>().0.iter_mut().for_each(|number| number.reverse());
    });
    Ok(this)
}

/// `utf8Slice(start, end)` and its like
fn slice_as(vm: &mut Vm, arguments: Arguments<'_>, encoding: Encoding) -> Completion {
    let this = arguments.this();
    let Some(length) = vm.with_bytes(this, |_, bytes| bytes.len()) else {
        return slowly(vm, arguments);
    };
    let start = index(arguments.get(0), 0);
    let end = index(arguments.get(1), length);
    let (Some(start), Some(end)) = (start, end) else { return slowly(vm, arguments) };
    let end = end.max(start);
    if end > length {
        return slowly(vm, arguments);
    }
    let text = vm.with_bytes(this, |memory, bytes| encoding.decode(memory, &bytes[start..end]));
    decoded(vm, text.flatten())
}

/// `utf8Write(string, offset, length)` and its like
fn write_as(vm: &mut Vm, arguments: Arguments<'_>, encoding: Encoding) -> Completion {
    let this = arguments.this();
    let plainly = |vm: &mut Vm| {
        let text = arguments.get(0).downcast::<JsString>()?;
        let length = vm.with_bytes(this, |_, bytes| bytes.len())?;
        let offset = index(arguments.get(1), 0)?;
        let room = length.checked_sub(offset)?;
        let most = index(arguments.get(2), room)?;
        (most <= room).then_some((text, offset, most))
    };
    let Some((text, offset, most)) = plainly(vm) else { return slowly(vm, arguments) };
    let written = vm.with_bytes_mut(this, |memory, bytes| {
        encoding.encode_into(text.units(memory), &mut bytes[offset..offset + most])
    });
    Ok(Value::number(written.unwrap_or(0) as f64))
}
