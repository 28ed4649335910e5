//! `WeakRef` and `FinalizationRegistry` (ECMA-262 §26.1, §26.2).

use std::cell::Cell;

use super::{Memory, Object, Shape};
use crate::heap::{CellKind, Gc, Header, HeapCell, Liveness, Tracer, WeakType};
use crate::kinds;
use crate::value::Value;

fn is_dead(value: Value, liveness: &Liveness<'_>) -> bool {
    value.as_cell().is_some_and(|cell| !liveness.is_alive(cell))
}

/// A `WeakRef`.
#[repr(C)]
pub struct WeakRef {
    object: Object,
    /// `undefined` once it is dead.
    target: Cell<Value>,
}

// SAFETY: It begins with an object; the target is referred to weakly.
unsafe impl HeapCell for WeakRef {
    const KIND: CellKind = kinds::WEAK_REF;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
    }
}

/// How weak references take part in a collection.
pub const WEAK_REFS: WeakType = WeakType {
    ephemerons: |_, _| {},
    sweep: |cell, liveness: &Liveness<'_>| {
        // SAFETY: The cell is a live one of this kind.
        let weak_ref: Gc<WeakRef> = unsafe { Gc::from_ptr(cell.cast()) };
        if is_dead(weak_ref.target.get(), liveness) {
            weak_ref.target.set(Value::UNDEFINED);
        }
    },
};

impl Gc<WeakRef> {
    /// A reference to an object or a symbol.
    pub fn new(memory: &Memory, shape: Gc<Shape>, target: Value) -> Self {
        let weak_ref = WeakRef { object: Object::new(shape), target: Cell::new(target) };
        memory.allocate_object(weak_ref, shape, 0)
    }

    /// What it refers to; `undefined` once that is dead.
    pub fn target(self) -> Value {
        self.target.get()
    }
}

/// A `FinalizationRegistry`.
#[repr(C)]
pub struct FinalizationRegistry {
    object: Object,
    /// `[[CleanupCallback]]`
    pub cleanup: Value,
    /// What is registered, the last first.
    pub first: Cell<Option<Gc<Registration>>>,
}

// SAFETY: It begins with an object; all references are visited.
unsafe impl HeapCell for FinalizationRegistry {
    const KIND: CellKind = kinds::FINALIZATION_REGISTRY;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.word(self.cleanup.bits());
        if let Some(first) = self.first.get() {
            tracer.cell(first);
        }
    }
}

impl Gc<FinalizationRegistry> {
    /// A registry in which nothing is registered.
    pub fn new(memory: &Memory, shape: Gc<Shape>, cleanup: Value) -> Self {
        let first = Cell::new(None);
        let registry = FinalizationRegistry { object: Object::new(shape), cleanup, first };
        memory.allocate_object(registry, shape, 0)
    }

    /// Registers a target, with what the callback is to be given and what takes it back.
    pub fn register(self, memory: &Memory, target: Value, held: Value, token: Value) {
        let registration = memory.allocate(Registration {
            header: Header::new(kinds::REGISTRATION, 0),
            target: Cell::new(target),
            held,
            token: Cell::new(token),
            next: Cell::new(self.first.get()),
        });
        self.first.set(Some(registration));
        memory.write_barrier(self, registration.to_word());
    }

    /// Removes the registrations for which `is_wanted` is true, and gives each to `visit`.
    pub fn extract(
        self,
        memory: &Memory,
        is_wanted: impl Fn(&Registration) -> bool,
        mut visit: impl FnMut(Gc<Registration>),
    ) {
        let mut before: Option<Gc<Registration>> = None;
        let mut at = self.first.get();
        while let Some(registration) = at {
            at = registration.next.get();
            if !is_wanted(&registration) {
                before = Some(registration);
                continue;
            }
            match before {
                Some(before) => {
                    before.next.set(at);
                    at.inspect(|next| memory.write_barrier(before, next.to_word()));
                }
                None => {
                    self.first.set(at);
                    at.inspect(|next| memory.write_barrier(self, next.to_word()));
                }
            }
            visit(registration);
        }
    }
}

/// What has been registered in a registry.
#[repr(C)]
pub struct Registration {
    header: Header,
    /// `EMPTY` once it is dead.
    target: Cell<Value>,
    /// `[[HeldValue]]`
    pub held: Value,
    /// `[[UnregisterToken]]`: `undefined` if there is none.
    token: Cell<Value>,
    next: Cell<Option<Gc<Registration>>>,
}

// SAFETY: It begins with the header; target and token are referred to weakly.
unsafe impl HeapCell for Registration {
    const KIND: CellKind = kinds::REGISTRATION;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.word(self.held.bits());
        if let Some(next) = self.next.get() {
            tracer.cell(next);
        }
    }
}

impl Registration {
    /// Whether the target is dead.
    pub fn is_dead(&self) -> bool {
        self.target.get().is_empty()
    }

    /// Whether a token takes it back.
    pub fn has_token(&self, token: Value) -> bool {
        self.token.get() == token
    }
}

/// How registrations take part in a collection.
pub const REGISTRATIONS: WeakType = WeakType {
    ephemerons: |_, _| {},
    sweep: |cell, liveness: &Liveness<'_>| {
        // SAFETY: The cell is a live one of this kind.
        let registration: Gc<Registration> = unsafe { Gc::from_ptr(cell.cast()) };
        if is_dead(registration.target.get(), liveness) {
            registration.target.set(Value::EMPTY);
        }
        if is_dead(registration.token.get(), liveness) {
            registration.token.set(Value::UNDEFINED);
        }
    },
};
