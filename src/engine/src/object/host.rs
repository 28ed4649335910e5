//! Objects that hold something of the embedder's.

use std::any::Any;
use std::cell::{Cell, RefCell};

use super::{Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// An object with a state written in Rust, which is dropped when the collector finds that
/// nobody can reach the object any more, or with the heap.
///
/// The collector does not look into the state: it must hold no values. What belongs to an
/// object and is a value is a property of it.
#[repr(C)]
pub struct HostObject {
    object: Object,
    state: RefCell<Box<dyn Any>>,
    /// The bytes outside the heap that the collector takes into account.
    external: Cell<usize>,
}

// SAFETY: It begins with an object, which is visited; the state holds no values.
unsafe impl HeapCell for HostObject {
    const KIND: CellKind = kinds::HOST;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
    }

    fn external(&self) -> usize {
        self.external.get()
    }
}

impl Gc<HostObject> {
    pub(crate) fn new(memory: &Memory, shape: Gc<Shape>, state: Box<dyn Any>) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let object = HostObject {
            object: Object::new(shape),
            state: RefCell::new(state),
            external: Cell::new(0),
        };
        memory.allocate_object(object, shape, inside)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A host object begins with one.
        unsafe { self.cast() }
    }

    /// Does something with the state. None if that is of another type, or in use.
    pub fn with<T: 'static, R>(self, action: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut state = self.state.try_borrow_mut().ok()?;
        state.downcast_mut().map(action)
    }

    /// Says how many bytes outside the heap the state takes: with many of them the
    /// collector comes sooner.
    pub fn set_external_memory(self, memory: &Memory, bytes: usize) {
        let before = self.external.replace(bytes);
        memory.external_memory(bytes as isize - before as isize);
    }
}
