//! Bytes of buffers and their views, for embedders: safe, because nothing of a program
//! runs while somebody looks at them.

use super::{Completion, Vm};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{ArrayBuffer, DataView, ElementType, Memory, Object, TypedArray};
use crate::value::Value;

/// A stretch of a buffer.
#[derive(Clone, Copy)]
struct Stretch {
    buffer: Gc<ArrayBuffer>,
    offset: usize,
    length: usize,
}

/// The bytes that a buffer, a typed array or a `DataView` has; none of other values, of
/// what is detached, and of views that are out of bounds.
fn stretch(value: Value) -> Option<Stretch> {
    if let Some(array) = value.downcast::<TypedArray>() {
        let length = array.byte_length()?;
        return Some(Stretch { buffer: array.buffer, offset: array.byte_offset, length });
    }
    if let Some(view) = value.downcast::<DataView>() {
        let length = view.byte_length()?;
        return Some(Stretch { buffer: view.buffer, offset: view.byte_offset, length });
    }
    let buffer = value.downcast::<ArrayBuffer>()?;
    let length = buffer.byte_length();
    (!buffer.is_detached()).then_some(Stretch { buffer, offset: 0, length })
}

impl Stretch {
    fn start(self) -> *mut u8 {
        self.buffer.start().wrapping_add(self.offset)
    }

    /// A copy, byte by byte: other threads may be writing.
    fn copied(self) -> Vec<u8> {
        let at = |index| {
            // SAFETY: So many bytes are there.
            unsafe { self.start().add(index).read_volatile() }
        };
        (0..self.length).map(at).collect()
    }
}

impl Vm {
    /// Whether a value is a buffer, a typed array or a `DataView`, detached or not.
    pub fn has_bytes(&self, value: Value) -> bool {
        value.downcast::<TypedArray>().is_some()
            || value.downcast::<DataView>().is_some()
            || value.downcast::<ArrayBuffer>().is_some()
    }

    /// Looks at the bytes of a buffer, a typed array or a `DataView`. None if the value is
    /// something else, or has no bytes any more. Of shared memory it is a copy.
    pub fn with_bytes<R>(
        &mut self,
        value: Value,
        action: impl FnOnce(&Memory, &[u8]) -> R,
    ) -> Option<R> {
        let stretch = stretch(value)?;
        if stretch.buffer.is_shared {
            return Some(action(&self.memory, &stretch.copied()));
        }
        // SAFETY: So many bytes are there. No program runs, and nobody else gets at them
        // through the machine, which is borrowed.
        let bytes = unsafe { std::slice::from_raw_parts(stretch.start(), stretch.length) };
        Some(action(&self.memory, bytes))
    }

    /// Writes into the bytes of a buffer, a typed array or a `DataView`. None as above. Of
    /// shared memory it is a copy, which is written back.
    pub fn with_bytes_mut<R>(
        &mut self,
        value: Value,
        action: impl FnOnce(&Memory, &mut [u8]) -> R,
    ) -> Option<R> {
        let stretch = stretch(value)?;
        if stretch.buffer.is_shared {
            let mut bytes = stretch.copied();
            let result = action(&self.memory, &mut bytes);
            for (index, byte) in bytes.into_iter().enumerate() {
                // SAFETY: So many bytes are there; shared ones never become fewer.
                unsafe { stretch.start().add(index).write_volatile(byte) };
            }
            return Some(result);
        }
        // SAFETY: As above; nobody else looks.
        let bytes = unsafe { std::slice::from_raw_parts_mut(stretch.start(), stretch.length) };
        Some(action(&self.memory, bytes))
    }

    /// Looks at the bytes of two buffers or views, which may be the same. None if one of
    /// both has no bytes.
    pub fn with_two_bytes<R>(
        &mut self,
        one: Value,
        other: Value,
        action: impl FnOnce(&[u8], &[u8]) -> R,
    ) -> Option<R> {
        let both = [stretch(one)?, stretch(other)?];
        if both.iter().any(|stretch| stretch.buffer.is_shared) {
            return Some(action(&both[0].copied(), &both[1].copied()));
        }
        // SAFETY: So many bytes are there. No program runs, and nobody writes.
        let [one, other] = both
            .map(|it| unsafe { std::slice::from_raw_parts(it.start().cast_const(), it.length) });
        Some(action(one, other))
    }

    /// Copies bytes from one buffer or view to another; they may overlap. As many as
    /// asked for, as there are, and as there is room for; how many is the result. None if
    /// one of both has no bytes.
    pub fn copy_bytes(
        &mut self,
        (source, from): (Value, usize),
        (target, to): (Value, usize),
        count: usize,
    ) -> Option<usize> {
        let (source, target) = (stretch(source)?, stretch(target)?);
        let count =
            count.min(source.length.saturating_sub(from)).min(target.length.saturating_sub(to));
        if count > 0 {
            // SAFETY: So many bytes are there in both. Where other threads write, each
            // byte is some byte.
            unsafe {
                let (from, to) = (source.start().add(from), target.start().add(to));
                std::ptr::copy(from, to, count);
            }
        }
        Some(count)
    }

    /// An `ArrayBuffer` of so many bytes, all zero.
    ///
    /// # Errors
    /// A `RangeError` if there is no memory for them.
    pub fn new_zeroed_buffer(&mut self, length: u64) -> Completion<Gc<ArrayBuffer>> {
        self.allocate_array_buffer(length)
    }

    /// An array of bytes with this prototype, over a part of a buffer.
    ///
    /// # Panics
    /// If the buffer has not so many bytes.
    pub fn new_uint8_view(
        &self,
        prototype: Gc<Object>,
        buffer: Gc<ArrayBuffer>,
        offset: usize,
        length: usize,
    ) -> Gc<TypedArray> {
        let end = offset.checked_add(length);
        assert!(end.is_some_and(|end| end <= buffer.byte_length()), "the view is inside");
        let shape = self.shape_for_prototype(Some(prototype), kinds::TYPED_ARRAY, 0);
        let element = ElementType::Uint8;
        Gc::<TypedArray>::new(&self.memory, shape, buffer, offset, Some(length), element)
    }

    /// An `ArrayBuffer` with these bytes.
    ///
    /// # Errors
    /// A `RangeError` if there is no memory for them.
    pub fn new_buffer_of(&mut self, bytes: &[u8]) -> Completion<Gc<ArrayBuffer>> {
        let buffer = self.allocate_array_buffer(bytes.len() as u64)?;
        self.with_bytes_mut(Value::cell(buffer), |_, to| to.copy_from_slice(bytes));
        Ok(buffer)
    }

    /// A `Uint8Array` with these bytes.
    ///
    /// # Errors
    /// A `RangeError` if there is no memory for them.
    pub fn new_uint8_array(&mut self, bytes: &[u8]) -> Completion<Gc<TypedArray>> {
        let array = self.new_typed_array(ElementType::Uint8, bytes.len())?;
        self.with_bytes_mut(Value::cell(array), |_, to| to.copy_from_slice(bytes));
        Ok(array)
    }
}
