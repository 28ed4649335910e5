//! Iterators over arrays and strings (ECMA-262 §23.1.5, §22.1.5).

use std::cell::Cell;

use super::{Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// What an iterator gives of each element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IterationKind {
    /// Its key.
    Keys,
    /// Its value.
    Values,
    /// Both, in an array.
    Entries,
}

/// An iterator over what has elements with numbers: an array, or a string.
#[repr(C)]
pub struct IndexIterator<const KIND: u8> {
    object: Object,
    /// What it goes over; `undefined` when it has come to the end.
    target: Cell<Value>,
    index: Cell<f64>,
    /// What it gives.
    pub gives: IterationKind,
}

/// An iterator over what is like an array.
pub type ArrayIterator = IndexIterator<{ kinds::ARRAY_ITERATOR.0 }>;

/// An iterator over the code points of a string.
pub type StringIterator = IndexIterator<{ kinds::STRING_ITERATOR.0 }>;

// SAFETY: It begins with an object; what it goes over is visited.
unsafe impl<const KIND: u8> HeapCell for IndexIterator<KIND> {
    const KIND: CellKind = CellKind(KIND);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.word(self.target.get().bits());
    }
}

impl<const KIND: u8> Gc<IndexIterator<KIND>> {
    /// An iterator that stands before an index.
    pub fn new(
        memory: &Memory,
        shape: Gc<Shape>,
        target: Value,
        index: f64,
        gives: IterationKind,
    ) -> Self {
        let iterator = IndexIterator {
            object: Object::new(shape),
            target: Cell::new(target),
            index: Cell::new(index),
            gives,
        };
        memory.allocate_object(iterator, shape, 0)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }

    /// What it goes over, and where it is; none at the end.
    #[inline]
    pub fn position(self) -> Option<(Value, f64)> {
        let target = self.target.get();
        (!target.is_undefined()).then(|| (target, self.index.get()))
    }

    /// It goes on from another index.
    #[inline]
    pub fn advance(self, index: f64) {
        self.index.set(index);
    }

    /// It has come to the end.
    #[inline]
    pub fn finish(self) {
        self.target.set(Value::UNDEFINED);
    }
}
