//! Property descriptors (ECMA-262 §6.2.6), and the accessors they may hold.

use std::cell::Cell;

use super::Attributes;
use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// The getter and the setter of a property; `undefined` where there is none.
#[repr(C)]
pub struct Accessor {
    header: Header,
    /// The getter.
    pub get: Cell<Value>,
    /// The setter.
    pub set: Cell<Value>,
    /// The property is plain data as far as programs can tell: the getter makes it so.
    pub is_deferred: Cell<bool>,
}

// SAFETY: It begins with the header; both functions are visited.
unsafe impl HeapCell for Accessor {
    const KIND: CellKind = kinds::ACCESSOR;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.word(self.get.get().bits());
        tracer.word(self.set.get().bits());
    }
}

impl Gc<Accessor> {
    /// An accessor.
    pub fn new(heap: &Heap, get: Value, set: Value) -> Self {
        heap.allocate(Accessor {
            header: Header::new(kinds::ACCESSOR, 0),
            get: Cell::new(get),
            set: Cell::new(set),
            is_deferred: Cell::new(false),
        })
    }

    /// An accessor in the place of a value that is made when somebody wants it. Getter and
    /// setter put a data property in its place, and so does whoever asks for its descriptor.
    pub fn deferred(heap: &Heap, get: Value, set: Value) -> Self {
        heap.allocate(Accessor {
            header: Header::new(kinds::ACCESSOR, 0),
            get: Cell::new(get),
            set: Cell::new(set),
            is_deferred: Cell::new(true),
        })
    }
}

/// A property descriptor: each field may be absent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PropertyDescriptor {
    /// `[[Value]]`
    pub value: Option<Value>,
    /// `[[Get]]`
    pub get: Option<Value>,
    /// `[[Set]]`
    pub set: Option<Value>,
    /// `[[Writable]]`
    pub writable: Option<bool>,
    /// `[[Enumerable]]`
    pub enumerable: Option<bool>,
    /// `[[Configurable]]`
    pub configurable: Option<bool>,
}

impl PropertyDescriptor {
    /// That of a data property.
    #[must_use]
    pub fn data(value: Value, attributes: Attributes) -> Self {
        Self {
            value: Some(value),
            writable: Some(attributes.is_writable()),
            enumerable: Some(attributes.is_enumerable()),
            configurable: Some(attributes.is_configurable()),
            ..Self::default()
        }
    }

    /// That of an accessor property.
    #[must_use]
    pub fn accessor(get: Value, set: Value, attributes: Attributes) -> Self {
        Self {
            get: Some(get),
            set: Some(set),
            enumerable: Some(attributes.is_enumerable()),
            configurable: Some(attributes.is_configurable()),
            ..Self::default()
        }
    }

    /// `IsAccessorDescriptor`
    #[must_use]
    pub fn is_accessor(&self) -> bool {
        self.get.is_some() || self.set.is_some()
    }

    /// `IsDataDescriptor`
    #[must_use]
    pub fn is_data(&self) -> bool {
        self.value.is_some() || self.writable.is_some()
    }

    /// `IsGenericDescriptor`
    #[must_use]
    pub fn is_generic(&self) -> bool {
        !self.is_accessor() && !self.is_data()
    }

    /// The attributes of a property made of it; what is absent is false.
    #[must_use]
    pub fn attributes(&self) -> Attributes {
        let mut attributes = Attributes::empty();
        attributes.set(Attributes::WRITABLE, self.writable == Some(true));
        attributes.set(Attributes::ENUMERABLE, self.enumerable == Some(true));
        attributes.set(Attributes::CONFIGURABLE, self.configurable == Some(true));
        attributes.set(Attributes::ACCESSOR, self.is_accessor());
        attributes
    }
}
