//! Bound functions (ECMA-262 §10.4.1).

use super::{Elements, Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// A function that calls another one with a `this` and first arguments that are fixed.
#[repr(C)]
pub struct BoundFunction {
    object: Object,
    /// `[[BoundTargetFunction]]`
    pub target: Gc<Object>,
    /// `[[BoundThis]]`
    pub this: Value,
    /// `[[BoundArguments]]`
    pub arguments: Gc<Elements>,
}

// SAFETY: It begins with an object; all references are visited.
unsafe impl HeapCell for BoundFunction {
    const KIND: CellKind = kinds::BOUND_FUNCTION;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.cell(self.target);
        tracer.word(self.this.bits());
        tracer.cell(self.arguments);
    }
}

impl Gc<BoundFunction> {
    /// A bound function without properties.
    pub fn new(
        memory: &Memory,
        shape: Gc<Shape>,
        target: Gc<Object>,
        this: Value,
        arguments: &[Value],
    ) -> Self {
        let count = arguments.len() as u32;
        let elements = Gc::<Elements>::with_capacity(memory, count);
        elements.set_length(count);
        for (index, argument) in arguments.iter().enumerate() {
            elements.set(memory, index as u32, *argument);
        }
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let function =
            BoundFunction { object: Object::new(shape), target, this, arguments: elements };
        memory.allocate_object(function, shape, inside)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A function begins with one.
        unsafe { self.cast() }
    }
}
