//! Arrays (ECMA-262 §10.4.2).

use std::cell::Cell;

use super::{EXOTIC, Elements, MOST_VALUES, Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// An array. Its `length` is no slot.
#[repr(C)]
pub struct Array {
    object: Object,
    /// `length`
    pub length: Cell<u32>,
    /// Whether `length` can be changed.
    pub length_is_writable: Cell<bool>,
}

// SAFETY: It begins with an object, which is visited.
unsafe impl HeapCell for Array {
    const KIND: CellKind = kinds::ARRAY;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
    }
}

impl Gc<Array> {
    /// An array with room for so many elements, none there.
    pub fn new(memory: &Memory, shape: Gc<Shape>, capacity: u32) -> Self {
        let array = Array {
            object: Object::new(shape),
            length: Cell::new(0),
            length_is_writable: Cell::new(true),
        };
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let array = memory.allocate_object(array, shape, inside);
        array.object.header().set_flag(EXOTIC, true);
        if capacity > 0 {
            let elements = Gc::<Elements>::with_capacity(memory, capacity);
            array.as_object().set_elements(memory, Some(elements));
        }
        array
    }

    /// An array of elements none of which is `EMPTY`.
    pub fn from_elements(memory: &Memory, shape: Gc<Shape>, elements: Gc<Elements>) -> Self {
        let array = Self::new(memory, shape, 0);
        array.length.set(elements.length());
        array.as_object().set_elements(memory, Some(elements));
        array
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: An array begins with one.
        unsafe { self.cast() }
    }

    /// Adds elements at the end of an array that nobody else has seen; `EMPTY` ones are
    /// holes.
    pub fn extend(self, memory: &Memory, values: &[Cell<Value>]) {
        let (object, length) = (self.as_object(), self.length.get());
        let in_use = object.elements().map_or(0, Gc::<Elements>::length);
        let wanted = length as usize + values.len();
        let is_dense = !object.is_sparse() && in_use == length && wanted < MOST_VALUES as usize;
        if is_dense && !values.is_empty() {
            let wanted = wanted as u32;
            let capacity = object.elements().map_or(0, Gc::<Elements>::capacity);
            if capacity < wanted {
                object.reserve_elements(memory, wanted.max(capacity + capacity / 2));
            }
            if let Some(elements) = object.elements() {
                elements.append(memory, values);
                self.length.set(wanted);
            }
            return;
        }
        for value in values {
            self.push(memory, value.get());
        }
    }

    /// Adds an element at the end of an array that nobody else has seen; a hole if it
    /// is `EMPTY`.
    pub fn push(self, memory: &Memory, value: Value) {
        let index = self.length.get();
        if !value.is_empty() && !self.as_object().append_element(memory, index, value) {
            self.as_object().add_element(memory, index, value, super::Attributes::DATA);
        }
        self.length.set(index + 1);
    }
}
