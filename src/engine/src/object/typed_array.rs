//! Views of buffers: typed arrays and `DataView`s (ECMA-262 §10.4.5, §25.3).

use crate::bigint::BigInt;
use crate::heap::{CellKind, Gc, Heap, HeapCell, Tracer};
use crate::kinds;
use crate::value::{Value, from_float16, to_float16, to_int32};

use super::{ArrayBuffer, EXOTIC, Memory, Object, Shape};

/// The types of elements (§23.2, table 73).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ElementType {
    /// `Int8Array`
    Int8,
    /// `Uint8Array`
    Uint8,
    /// `Uint8ClampedArray`
    Uint8Clamped,
    /// `Int16Array`
    Int16,
    /// `Uint16Array`
    Uint16,
    /// `Int32Array`
    Int32,
    /// `Uint32Array`
    Uint32,
    /// `BigInt64Array`
    BigInt64,
    /// `BigUint64Array`
    BigUint64,
    /// `Float16Array`
    Float16,
    /// `Float32Array`
    Float32,
    /// `Float64Array`
    Float64,
}

impl ElementType {
    /// The size of an element, in bytes.
    #[inline]
    #[must_use]
    pub fn size(self) -> usize {
        match self {
            Self::Int8 | Self::Uint8 | Self::Uint8Clamped => 1,
            Self::Int16 | Self::Uint16 | Self::Float16 => 2,
            Self::Int32 | Self::Uint32 | Self::Float32 => 4,
            Self::BigInt64 | Self::BigUint64 | Self::Float64 => 8,
        }
    }

    /// Whether elements are big integers.
    #[inline]
    #[must_use]
    pub fn is_bigint(self) -> bool {
        matches!(self, Self::BigInt64 | Self::BigUint64)
    }

    /// `NumericToRawBytes` (§25.1.3.16) of a number, for types that do not hold big
    /// integers: bits of which the lowest count.
    #[inline]
    #[must_use]
    pub fn of_number(self, number: f64) -> u64 {
        match self {
            Self::Float64 => number.to_bits(),
            Self::Float32 => u64::from((number as f32).to_bits()),
            Self::Float16 => u64::from(to_float16(number)),
            // Of two as near, the even one; NaN is 0.
            Self::Uint8Clamped => number.clamp(0.0, 255.0).round_ties_even() as u64,
            _ => u64::from(to_int32(number) as u32),
        }
    }

    /// The number that an element's bits are, for types that do not hold big integers.
    #[must_use]
    pub fn to_number(self, bits: u64) -> f64 {
        match self {
            Self::Int8 => f64::from(bits as i8),
            Self::Uint8 | Self::Uint8Clamped => f64::from(bits as u8),
            Self::Int16 => f64::from(bits as i16),
            Self::Uint16 => f64::from(bits as u16),
            Self::Int32 => f64::from(bits as i32),
            Self::Uint32 => f64::from(bits as u32),
            Self::BigInt64 => bits as i64 as f64,
            Self::BigUint64 => bits as f64,
            Self::Float16 => from_float16(bits as u16),
            Self::Float32 => f64::from(f32::from_bits(bits as u32)),
            Self::Float64 => f64::from_bits(bits),
        }
    }

    /// `RawBytesToNumeric` (§25.1.3.14): the bits of an element, the others being zero.
    #[must_use]
    pub fn to_value(self, heap: &Heap, bits: u64) -> Value {
        match self {
            Self::Int8 => Value::int(i32::from(bits as i8)),
            Self::Uint8 | Self::Uint8Clamped => Value::int(i32::from(bits as u8)),
            Self::Int16 => Value::int(i32::from(bits as i16)),
            Self::Uint16 => Value::int(i32::from(bits as u16)),
            Self::Int32 => Value::int(bits as i32),
            Self::Uint32 => Value::from(bits as u32),
            Self::BigInt64 => Value::cell(Gc::<BigInt>::from_i128(heap, i128::from(bits as i64))),
            Self::BigUint64 => Value::cell(Gc::<BigInt>::from_i128(heap, i128::from(bits))),
            Self::Float16 => Value::number(from_float16(bits as u16)),
            Self::Float32 => Value::number(f64::from(f32::from_bits(bits as u32))),
            Self::Float64 => Value::number(f64::from_bits(bits)),
        }
    }
}

/// Reads an element's bits.
///
/// # Safety
/// So many bytes, up to eight, are there.
#[inline]
#[must_use]
pub unsafe fn read_bits(at: *const u8, size: usize) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        match size {
            1 => u64::from(at.read()),
            2 => u64::from(at.cast::<u16>().read_unaligned()),
            4 => u64::from(at.cast::<u32>().read_unaligned()),
            _ => at.cast::<u64>().read_unaligned(),
        }
    }
}

/// Writes an element's bits.
///
/// # Safety
/// So many bytes, up to eight, are there.
#[inline]
pub unsafe fn write_bits(at: *mut u8, size: usize, bits: u64) {
    // SAFETY: By the caller's word.
    unsafe {
        match size {
            1 => at.write(bits as u8),
            2 => at.cast::<u16>().write_unaligned(bits as u16),
            4 => at.cast::<u32>().write_unaligned(bits as u32),
            _ => at.cast::<u64>().write_unaligned(bits),
        }
    }
}

/// A view of a buffer, whatever its kind.
#[repr(C)]
pub struct View<const KIND: u8> {
    object: Object,
    /// `[[ViewedArrayBuffer]]`
    pub buffer: Gc<ArrayBuffer>,
    /// `[[ByteOffset]]`
    pub byte_offset: usize,
    /// The length in bytes; None if it is that of the buffer, whatever that becomes.
    pub fixed: Option<usize>,
    /// How many elements are sure to be there unless the buffer is detached: 0 where that
    /// has to be found out.
    pub sure_length: u32,
    /// The type of its elements; of a `DataView` `Uint8`.
    pub element: ElementType,
}

/// A typed array.
pub type TypedArray = View<{ kinds::TYPED_ARRAY.0 }>;

/// A `DataView`.
pub type DataView = View<{ kinds::DATA_VIEW.0 }>;

// SAFETY: It begins with an object; all references are visited.
unsafe impl<const KIND: u8> HeapCell for View<KIND> {
    const KIND: CellKind = CellKind(KIND);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.cell(self.buffer);
    }
}

impl<const KIND: u8> View<KIND> {
    /// The length in bytes; None if the view is out of its buffer's bounds, or the buffer
    /// is detached (§10.4.5.14, §25.3.1.3).
    #[inline]
    pub fn byte_length(&self) -> Option<usize> {
        if self.buffer.is_detached() {
            return None;
        }
        let rest = self.buffer.byte_length().checked_sub(self.byte_offset)?;
        match self.fixed {
            Some(length) => (length <= rest).then_some(length),
            None => Some(rest - rest % self.element.size()),
        }
    }

    /// The number of elements; None as above.
    #[inline]
    pub fn length(&self) -> Option<usize> {
        self.byte_length().map(|bytes| bytes / self.element.size())
    }

    /// Where it begins. Nothing may be read there unless it has a length.
    #[inline]
    pub fn start(&self) -> *mut u8 {
        self.buffer.start().wrapping_add(self.byte_offset)
    }
}

impl<const KIND: u8> Gc<View<KIND>> {
    /// A view of a buffer.
    pub fn new(
        memory: &Memory,
        shape: Gc<Shape>,
        buffer: Gc<ArrayBuffer>,
        byte_offset: usize,
        fixed: Option<usize>,
        element: ElementType,
    ) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let is_sure = !buffer.is_resizable || buffer.is_shared;
        let sure_length = match fixed {
            Some(length) if is_sure => (length / element.size()) as u32,
            _ => 0,
        };
        let object = Object::new(shape);
        let view = View { object, buffer, byte_offset, fixed, sure_length, element };
        let view = memory.allocate_object(view, shape, inside);
        view.object.header().set_flag(EXOTIC, KIND == kinds::TYPED_ARRAY.0);
        view
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A view begins with one.
        unsafe { self.cast() }
    }

    /// Where the element at an index is, if it is sure to be there.
    #[inline]
    pub fn sure_place(self, index: u32) -> Option<*mut u8> {
        let start = self.buffer.start();
        if index >= self.sure_length || start.is_null() {
            return None;
        }
        let offset = self.byte_offset + ((index as usize) << self.element.size().trailing_zeros());
        Some(start.wrapping_add(offset))
    }

    /// The element at an index; None if there is none.
    #[inline]
    pub fn element_at(self, heap: &Heap, index: usize) -> Option<Value> {
        self.bits_at(index).map(|bits| self.element.to_value(heap, bits))
    }

    /// The bits of the element at an index, if there is one.
    #[inline]
    pub fn bits_at(self, index: usize) -> Option<u64> {
        if index >= self.length()? {
            return None;
        }
        let size = self.element.size();
        // SAFETY: The element lies within the bounds of the buffer.
        Some(unsafe { read_bits(self.start().add(index * size), size) })
    }

    /// Changes the element at an index, if there is one.
    #[inline]
    pub fn set_bits(self, index: usize, bits: u64) {
        if self.length().is_some_and(|length| index < length) {
            let size = self.element.size();
            // SAFETY: The element lies within the bounds of the buffer.
            unsafe { write_bits(self.start().add(index * size), size, bits) };
        }
    }
}
