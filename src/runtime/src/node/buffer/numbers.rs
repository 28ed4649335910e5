//! Numbers in buffers: `readUInt8` to `writeDoubleBE`.
//!
//! They are methods of `Buffer.prototype` as they stand. What is not plainly in order, be it
//! an offset, a value or `this`, is left to the functions of the same names in `buffer.js`.

use axil_engine::object::{ElementType, TypedArray};
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use super::slowly;
use crate::native::Row;

/// The offset that an argument says, if it is one.
fn offset(value: Value) -> Option<usize> {
    if value.is_undefined() {
        return Some(0);
    }
    let number = value.as_number()?;
    let offset = number as usize;
    (offset as f64 == number).then_some(offset)
}

/// Whether a value is an array of bytes.
fn is_bytes(value: Value) -> bool {
    value.downcast::<TypedArray>().is_some_and(|array| {
        matches!(array.element, ElementType::Uint8 | ElementType::Uint8Clamped)
    })
}

/// The bytes at an offset, if `this` is an array of bytes that has so many.
fn bytes_at<const SIZE: usize>(vm: &mut Vm, this: Value, at: Value) -> Option<[u8; SIZE]> {
    let at = offset(at).filter(|_| is_bytes(this))?;
    vm.with_bytes(this, |_, bytes| bytes.get(at..)?.first_chunk().copied()).flatten()
}

fn read<const SIZE: usize>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    convert: impl FnOnce(&Vm, [u8; SIZE]) -> Value,
) -> Completion {
    match bytes_at(vm, arguments.this(), arguments.get(0)) {
        Some(bytes) => Ok(convert(vm, bytes)),
        None => slowly(vm, arguments),
    }
}

/// Puts bytes where an offset says; the result is the place after them. None if that is
/// nowhere.
fn put<const SIZE: usize>(vm: &mut Vm, this: Value, at: Value, from: [u8; SIZE]) -> Option<Value> {
    let at = offset(at).filter(|_| is_bytes(this))?;
    vm.with_bytes_mut(this, |_, bytes| {
        *bytes.get_mut(at..)?.first_chunk_mut()? = from;
        Some(Value::number((at + SIZE) as f64))
    })?
}

/// Writes an integer between two others; parts after the point are left away.
fn write<const SIZE: usize>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    (least, most): (i64, i64),
    convert: impl FnOnce(i64) -> [u8; SIZE],
) -> Completion {
    if let Some(number) = arguments.get(0).as_number()
        && !(number < least as f64 || number > most as f64)
        && let Some(end) = put(vm, arguments.this(), arguments.get(1), convert(number as i64))
    {
        return Ok(end);
    }
    slowly(vm, arguments)
}

fn write_float<const SIZE: usize>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    convert: impl FnOnce(f64) -> [u8; SIZE],
) -> Completion {
    if let Some(number) = arguments.get(0).as_number()
        && let Some(end) = put(vm, arguments.this(), arguments.get(1), convert(number))
    {
        return Ok(end);
    }
    slowly(vm, arguments)
}

/// How many bytes an integer of a chosen width has.
fn width(value: Value) -> Option<usize> {
    let width = value.as_number()?;
    (1.0..=6.0).contains(&width).then_some(width as usize).filter(|it| *it as f64 == width)
}

/// `readUIntLE(offset, byteLength)` and its like.
fn read_wide(vm: &mut Vm, arguments: Arguments<'_>, big: bool, signed: bool) -> Completion {
    let this = arguments.this();
    let at = Some(arguments.get(0)).filter(|at| !at.is_undefined()).and_then(offset);
    if let (Some(at), Some(width), true) = (at, width(arguments.get(1)), is_bytes(this)) {
        let bits = vm.with_bytes(this, |_, bytes| {
            let mut eight = [0; 8];
            let from = bytes.get(at..at.checked_add(width)?)?;
            eight[..width].copy_from_slice(from);
            if big {
                eight[..width].reverse();
            }
            Some(i64::from_le_bytes(eight))
        });
        if let Some(bits) = bits.flatten() {
            let unused = 64 - 8 * width;
            let number = if signed { bits << unused >> unused } else { bits };
            return Ok(Value::number(number as f64));
        }
    }
    slowly(vm, arguments)
}

/// `writeUIntLE(value, offset, byteLength)` and its like.
fn write_wide(vm: &mut Vm, arguments: Arguments<'_>, big: bool, signed: bool) -> Completion {
    let this = arguments.this();
    let at = Some(arguments.get(1)).filter(|at| !at.is_undefined()).and_then(offset);
    if let (Some(at), Some(width), true) = (at, width(arguments.get(2)), is_bytes(this))
        && let Some(number) = arguments.get(0).as_number()
    {
        let range = (1_i64 << (8 * width)) as f64;
        let (least, most) =
            if signed { (-range / 2.0, range / 2.0 - 1.0) } else { (0.0, range - 1.0) };
        if !(number < least || number > most) {
            let end = vm.with_bytes_mut(this, |_, bytes| {
                let place = bytes.get_mut(at..at.checked_add(width)?)?;
                place.copy_from_slice(&(number as i64).to_le_bytes()[..width]);
                if big {
                    place.reverse();
                }
                Some(Value::number((at + width) as f64))
            });
            if let Some(end) = end.flatten() {
                return Ok(end);
            }
        }
    }
    slowly(vm, arguments)
}

/// Rows for an integer type: its methods' names, and whether the last byte comes first.
macro_rules! integers {
    ($($read:literal $write:literal $type:ty, $from:ident $to:ident;)*) => {
        &[$(
            ($read, 1, |vm, arguments| {
                read(vm, arguments, |_, bytes| Value::number(f64::from(<$type>::$from(bytes))))
            }),
            ($write, 1, |vm, arguments| {
                let range = (i64::from(<$type>::MIN), i64::from(<$type>::MAX));
                write(vm, arguments, range, |number| (number as $type).$to())
            }),
        )*]
    };
}

/// The methods of integers of one, two and four bytes.
pub(super) const INTEGERS: &[Row] = integers! {
    "readUInt8" "writeUInt8" u8, from_le_bytes to_le_bytes;
    "readUInt16LE" "writeUInt16LE" u16, from_le_bytes to_le_bytes;
    "readUInt32LE" "writeUInt32LE" u32, from_le_bytes to_le_bytes;
    "readUInt16BE" "writeUInt16BE" u16, from_be_bytes to_be_bytes;
    "readUInt32BE" "writeUInt32BE" u32, from_be_bytes to_be_bytes;
    "readInt8" "writeInt8" i8, from_le_bytes to_le_bytes;
    "readInt16LE" "writeInt16LE" i16, from_le_bytes to_le_bytes;
    "readInt32LE" "writeInt32LE" i32, from_le_bytes to_le_bytes;
    "readInt16BE" "writeInt16BE" i16, from_be_bytes to_be_bytes;
    "readInt32BE" "writeInt32BE" i32, from_be_bytes to_be_bytes;
};

/// The methods of all other numbers.
pub(super) const OTHERS: &[Row] = &[
    ("readUIntLE", 2, |vm, arguments| read_wide(vm, arguments, false, false)),
    ("readUIntBE", 2, |vm, arguments| read_wide(vm, arguments, true, false)),
    ("readIntLE", 2, |vm, arguments| read_wide(vm, arguments, false, true)),
    ("readIntBE", 2, |vm, arguments| read_wide(vm, arguments, true, true)),
    ("writeUIntLE", 3, |vm, arguments| write_wide(vm, arguments, false, false)),
    ("writeUIntBE", 3, |vm, arguments| write_wide(vm, arguments, true, false)),
    ("writeIntLE", 3, |vm, arguments| write_wide(vm, arguments, false, true)),
    ("writeIntBE", 3, |vm, arguments| write_wide(vm, arguments, true, true)),
    ("readFloatLE", 1, |vm, arguments| {
        read(vm, arguments, |_, bytes| Value::number(f32::from_le_bytes(bytes).into()))
    }),
    ("readFloatBE", 1, |vm, arguments| {
        read(vm, arguments, |_, bytes| Value::number(f32::from_be_bytes(bytes).into()))
    }),
    ("readDoubleLE", 1, |vm, arguments| {
        read(vm, arguments, |_, bytes| Value::number(f64::from_le_bytes(bytes)))
    }),
    ("readDoubleBE", 1, |vm, arguments| {
        read(vm, arguments, |_, bytes| Value::number(f64::from_be_bytes(bytes)))
    }),
    ("writeFloatLE", 1, |vm, arguments| {
        write_float(vm, arguments, |number| (number as f32).to_le_bytes())
    }),
    ("writeFloatBE", 1, |vm, arguments| {
        write_float(vm, arguments, |number| (number as f32).to_be_bytes())
    }),
    ("writeDoubleLE", 1, |vm, arguments| write_float(vm, arguments, f64::to_le_bytes)),
    ("writeDoubleBE", 1, |vm, arguments| write_float(vm, arguments, f64::to_be_bytes)),
    ("readBigUInt64LE", 1, |vm, arguments| {
        read(vm, arguments, |vm, bytes| big(vm, ElementType::BigUint64, u64::from_le_bytes(bytes)))
    }),
    ("readBigUInt64BE", 1, |vm, arguments| {
        read(vm, arguments, |vm, bytes| big(vm, ElementType::BigUint64, u64::from_be_bytes(bytes)))
    }),
    ("readBigInt64LE", 1, |vm, arguments| {
        read(vm, arguments, |vm, bytes| big(vm, ElementType::BigInt64, u64::from_le_bytes(bytes)))
    }),
    ("readBigInt64BE", 1, |vm, arguments| {
        read(vm, arguments, |vm, bytes| big(vm, ElementType::BigInt64, u64::from_be_bytes(bytes)))
    }),
];

/// Big integers are written by JavaScript: few programs do.
pub(super) const BIG_WRITERS: &[Row] = &[
    ("writeBigUInt64LE", 1, slowly),
    ("writeBigUInt64BE", 1, slowly),
    ("writeBigInt64LE", 1, slowly),
    ("writeBigInt64BE", 1, slowly),
];

fn big(vm: &Vm, element: ElementType, bits: u64) -> Value {
    element.to_value(&vm.memory, bits)
}
