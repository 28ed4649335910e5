//! Imports: variables that are those of another module (ECMA-262 §9.1.1.5).

use std::cell::Cell;

use super::Environment;
use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, Tracer};
use crate::kinds;
use crate::string::JsString;
use crate::value::Value;

/// A binding of another module, found when the modules are linked.
#[repr(C)]
pub struct Import {
    header: Header,
    /// What the module calls it that imports it.
    pub name: Gc<JsString>,
    environment: Cell<Option<Gc<Environment>>>,
    index: Cell<u32>,
}

// SAFETY: It begins with the header; name and environment are visited.
unsafe impl HeapCell for Import {
    const KIND: CellKind = kinds::IMPORT;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.cell(self.name);
        if let Some(environment) = self.environment.get() {
            tracer.cell(environment);
        }
    }
}

impl Gc<Import> {
    /// An import that leads nowhere so far.
    pub fn new(heap: &Heap, name: Gc<JsString>) -> Self {
        heap.allocate(Import {
            header: Header::new(kinds::IMPORT, 0),
            name,
            environment: Cell::new(None),
            index: Cell::new(0),
        })
    }

    /// Leads it to a variable of an environment.
    pub fn link(self, heap: &Heap, environment: Gc<Environment>, index: u32) {
        self.environment.set(Some(environment));
        self.index.set(index);
        heap.write_barrier(self, environment.to_word());
    }

    /// The value of the variable; `EMPTY` if it is not initialised, or not linked.
    #[inline]
    pub fn get(self) -> Value {
        let variable = |environment: Gc<Environment>| {
            environment.variables().get(self.index.get() as usize).map(Cell::get)
        };
        self.environment.get().and_then(variable).unwrap_or(Value::EMPTY)
    }
}
