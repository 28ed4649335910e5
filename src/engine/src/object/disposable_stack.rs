//! Stacks of what is to be disposed of (ECMA-262 §27.3, §27.4).

use std::cell::Cell;

use super::{Array, Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;

/// A stack of resources.
#[repr(C)]
pub struct ResourceStack<const KIND: u8> {
    object: Object,
    /// The list of the resources; none when they have been disposed of.
    resources: Cell<Option<Gc<Array>>>,
}

/// A `DisposableStack`.
pub type DisposableStack = ResourceStack<{ kinds::DISPOSABLE_STACK.0 }>;

/// An `AsyncDisposableStack`.
pub type AsyncDisposableStack = ResourceStack<{ kinds::ASYNC_DISPOSABLE_STACK.0 }>;

// SAFETY: It begins with an object; the list is visited.
unsafe impl<const KIND: u8> HeapCell for ResourceStack<KIND> {
    const KIND: CellKind = CellKind(KIND);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        if let Some(resources) = self.resources.get() {
            tracer.cell(resources);
        }
    }
}

impl<const KIND: u8> Gc<ResourceStack<KIND>> {
    /// A stack with a list of resources.
    pub fn new(memory: &Memory, shape: Gc<Shape>, resources: Gc<Array>) -> Self {
        let stack =
            ResourceStack { object: Object::new(shape), resources: Cell::new(Some(resources)) };
        memory.allocate_object(stack, shape, 0)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }

    /// The list of its resources; none if they have been disposed of.
    pub fn resources(self) -> Option<Gc<Array>> {
        self.resources.get()
    }

    /// Takes its resources: from now on they count as disposed of.
    pub fn take_resources(self) -> Option<Gc<Array>> {
        self.resources.take()
    }
}
