//! What object literals with constant keys make.

use std::cell::Cell;

use super::{Attributes, Elements, Memory, Object, Shape};
use crate::heap::{CellKind, Gc, Header, HeapCell, Tracer};
use crate::kinds;
use crate::string::PropertyKey;
use crate::value::Value;

/// The keys of a literal, in order and all different, none of them an index; and the shape
/// of what it makes, once it has made something.
#[repr(C)]
pub struct LiteralForm {
    header: Header,
    keys: Gc<Elements>,
    shape: Cell<Option<Gc<Shape>>>,
}

// SAFETY: It begins with the header; keys and shape are visited.
unsafe impl HeapCell for LiteralForm {
    const KIND: CellKind = kinds::LITERAL_FORM;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.cell(self.keys);
        if let Some(shape) = self.shape.get() {
            tracer.cell(shape);
        }
    }
}

impl Gc<LiteralForm> {
    /// A literal that has made nothing so far.
    pub fn new(memory: &Memory, keys: &[PropertyKey]) -> Self {
        let count = keys.len() as u32;
        let list = Gc::<Elements>::with_capacity(memory, count);
        list.set_length(count);
        for (index, key) in (0..).zip(keys) {
            list.set(memory, index, key.as_cell_value().unwrap_or(Value::UNDEFINED));
        }
        let header = Header::new(kinds::LITERAL_FORM, 0);
        memory.allocate(LiteralForm { header, keys: list, shape: Cell::new(None) })
    }

    /// The number of properties.
    pub fn len(self) -> usize {
        self.keys.length() as usize
    }

    /// The keys as text.
    pub fn key(self, index: usize) -> Value {
        self.keys.get(index as u32)
    }

    /// The shape of what it has made last.
    #[inline]
    pub fn last_shape(self) -> Option<Gc<Shape>> {
        self.shape.get()
    }

    /// The shape of what it makes, given what an empty object of this realm has.
    #[inline(never)]
    pub fn shape(self, memory: &Memory, empty: Gc<Shape>) -> Gc<Shape> {
        if let Some(shape) = self.shape.get().filter(|shape| shape.prototype() == empty.prototype())
        {
            return shape;
        }
        let model = Gc::<Object>::ordinary(memory, empty);
        for index in 0..self.len() {
            let key = memory.key_of_value(self.key(index)).expect("a key is one");
            model.add_property(memory, key, Value::UNDEFINED, Attributes::DATA);
        }
        let shape = model.shape(memory);
        self.shape.set(Some(shape));
        memory.write_barrier(self, shape.to_word());
        shape
    }
}
