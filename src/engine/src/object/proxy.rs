//! Proxies (ECMA-262 §10.5).

use std::cell::Cell;

use super::{EXOTIC, Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;

/// An object whose internal methods are functions of a program.
#[repr(C)]
pub struct Proxy {
    object: Object,
    /// `[[ProxyTarget]]` and `[[ProxyHandler]]`, until it is revoked.
    ends: Cell<Option<(Gc<Object>, Gc<Object>)>>,
    /// Whether the target can be called.
    pub is_callable: bool,
    /// Whether the target can be called with `new`.
    pub is_constructor: bool,
}

// SAFETY: It begins with an object; all references are visited.
unsafe impl HeapCell for Proxy {
    const KIND: CellKind = kinds::PROXY;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        if let Some((target, handler)) = self.ends.get() {
            tracer.cell(target);
            tracer.cell(handler);
        }
    }
}

impl Proxy {
    /// `[[ProxyTarget]]` and `[[ProxyHandler]]`; None if it has been revoked.
    #[inline]
    pub fn ends(&self) -> Option<(Gc<Object>, Gc<Object>)> {
        self.ends.get()
    }

    /// Lets go of target and handler.
    pub fn revoke(&self) {
        self.ends.set(None);
    }
}

impl Gc<Proxy> {
    /// A proxy of a shape without prototype.
    pub fn new(
        memory: &Memory,
        shape: Gc<Shape>,
        ends: (Gc<Object>, Gc<Object>),
        is_callable: bool,
        is_constructor: bool,
    ) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<crate::value::Value>();
        let (object, ends) = (Object::new(shape), Cell::new(Some(ends)));
        let proxy = Proxy { object, ends, is_callable, is_constructor };
        let proxy = memory.allocate_object(proxy, shape, inside);
        proxy.object.header().set_flag(EXOTIC, true);
        proxy
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A proxy begins with one.
        unsafe { self.cast() }
    }
}
