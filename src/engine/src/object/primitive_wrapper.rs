//! Objects that stand for a primitive value (ECMA-262 §20.3.4, §20.4.4, §21.1.4,
//! §22.1.4).

use super::{Attributes, EXOTIC, Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::string::JsString;
use crate::value::Value;

/// A Boolean, Number, String or Symbol object.
#[repr(C)]
pub struct PrimitiveWrapper {
    object: Object,
    value: Value,
}

// SAFETY: It begins with an object, which is visited, and so is the value.
unsafe impl HeapCell for PrimitiveWrapper {
    const KIND: CellKind = kinds::PRIMITIVE_WRAPPER;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.word(self.value.bits());
    }
}

impl PrimitiveWrapper {
    /// `[[BooleanData]]`, `[[NumberData]]`, `[[StringData]]` or `[[SymbolData]]`
    #[inline]
    pub fn value(&self) -> Value {
        self.value
    }
}

impl Gc<PrimitiveWrapper> {
    /// An object for a value. For a string, `length` is an ordinary property, since it
    /// never changes; the units are not (§10.4.3).
    pub fn new(memory: &Memory, shape: Gc<Shape>, value: Value) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let wrapper = PrimitiveWrapper { object: Object::new(shape), value };
        let wrapper = memory.allocate_object(wrapper, shape, inside);
        if let Some(string) = value.downcast::<JsString>() {
            let (key, length) = (memory.key("length"), Value::from(string.len()));
            wrapper.as_object().add_property(memory, key, length, Attributes::FIXED);
            // Without units nothing is out of the ordinary: so %String.prototype% is not.
            wrapper.object.header().set_flag(EXOTIC, !string.is_empty());
        }
        wrapper
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A wrapper begins with one.
        unsafe { self.cast() }
    }
}
