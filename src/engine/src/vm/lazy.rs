//! Builtin objects that get their properties when somebody looks at them.
//!
//! Most programs use few of the builtins. An object of this kind is out of the ordinary
//! until somebody asks it for a property, and an ordinary one from then on.

use std::cell::Cell;

use super::Vm;
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::object::{EXOTIC, Memory, Object, Shape};
use crate::realm::Realm;

/// What gives an object its properties, in the realm that is the current one.
pub(crate) type Fill = fn(&mut Vm, Gc<Object>);

/// An object whose properties may not have been made yet.
#[repr(C)]
pub struct LazyObject {
    object: Object,
    /// What makes them, and the realm that they are for.
    fill: Cell<Option<(Fill, Gc<Realm>)>>,
}

// SAFETY: It begins with an object, which is visited, and so is the realm.
unsafe impl HeapCell for LazyObject {
    const KIND: CellKind = kinds::LAZY;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        if let Some((_, realm)) = self.fill.get() {
            tracer.cell(realm);
        }
    }
}

impl Gc<LazyObject> {
    /// An object without properties.
    pub(crate) fn new(memory: &Memory, shape: Gc<Shape>) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<crate::value::Value>();
        let object = LazyObject { object: Object::new(shape), fill: Cell::new(None) };
        memory.allocate_object(object, shape, inside)
    }

    /// The object that it is.
    pub(crate) fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }
}

impl Vm {
    /// Has an object of this kind get its properties when somebody looks.
    pub(crate) fn fill_lazily(&mut self, object: Gc<Object>, fill: Fill) {
        if let Some(lazy) = crate::value::Value::cell(object).downcast::<LazyObject>() {
            let realm = self.realm();
            lazy.fill.set(Some((fill, realm)));
            self.memory.write_barrier(lazy, realm.to_word());
            object.header().set_flag(EXOTIC, true);
        }
    }

    /// Gives an object of this kind its properties, if it has not got them yet.
    pub(super) fn complete_lazy(&mut self, object: Gc<Object>) {
        let lazy = crate::value::Value::cell(object).downcast::<LazyObject>();
        if let Some((fill, realm)) = lazy.and_then(|lazy| lazy.fill.take()) {
            object.header().set_flag(EXOTIC, false);
            self.in_realm(realm, |vm| fill(vm, object));
        }
    }
}
