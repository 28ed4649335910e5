//! Dates (ECMA-262 §21.4).

use std::cell::Cell;

use super::{Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;

/// A date.
#[repr(C)]
pub struct Date {
    object: Object,
    /// `[[DateValue]]`: milliseconds since the beginning of 1970, UTC; NaN is no time.
    pub value: Cell<f64>,
}

// SAFETY: It begins with an object, which is visited.
unsafe impl HeapCell for Date {
    const KIND: CellKind = kinds::DATE;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
    }
}

impl Gc<Date> {
    /// The date of a time value.
    pub fn new(memory: &Memory, shape: Gc<Shape>, value: f64) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<crate::value::Value>();
        let date = Date { object: Object::new(shape), value: Cell::new(value) };
        memory.allocate_object(date, shape, inside)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A date begins with one.
        unsafe { self.cast() }
    }
}
