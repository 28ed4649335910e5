//! Regular expression objects (ECMA-262 §22.2.8).

use std::cell::Cell;

use super::{Attributes, Memory, Object, Shape};
use crate::heap::{CellKind, Gc, Header, HeapCell, Tracer};
use crate::kinds;
use crate::regexp::Pattern;
use crate::string::JsString;
use crate::value::Value;

/// A pattern that objects share: those of one literal do.
#[repr(C)]
pub struct SharedPattern {
    header: Header,
    /// `[[OriginalSource]]`
    pub source: Gc<JsString>,
    /// What it matches.
    pub pattern: Pattern,
}

// SAFETY: It begins with the header; the source is visited.
unsafe impl HeapCell for SharedPattern {
    const KIND: CellKind = kinds::PATTERN;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.cell(self.source);
    }
}

impl SharedPattern {
    /// A pattern with the text it was made of.
    pub fn new(source: Gc<JsString>, pattern: Pattern) -> Self {
        Self { header: Header::new(kinds::PATTERN, 0), source, pattern }
    }
}

/// A regular expression. Its `lastIndex` is its first property.
#[repr(C)]
pub struct RegExp {
    object: Object,
    /// `[[RegExpMatcher]]`, with source and flags.
    pub pattern: Cell<Gc<SharedPattern>>,
}

// SAFETY: It begins with an object, which is visited, and so is the pattern.
unsafe impl HeapCell for RegExp {
    const KIND: CellKind = kinds::REGEXP;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.cell(self.pattern.get());
    }
}

/// The slot of `lastIndex`, which is never deleted.
const LAST_INDEX: u32 = 0;

impl Gc<RegExp> {
    /// A regular expression whose `lastIndex` is 0.
    pub fn new(memory: &Memory, shape: Gc<Shape>, pattern: Gc<SharedPattern>) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let regexp = RegExp { object: Object::new(shape), pattern: Cell::new(pattern) };
        let regexp = memory.allocate_object(regexp, shape, inside);
        let key = memory.keys().last_index;
        regexp.as_object().add_property(memory, key, Value::ZERO, Attributes::WRITABLE);
        regexp
    }

    /// `lastIndex`
    #[inline]
    pub fn last_index(self, memory: &Memory) -> Value {
        self.as_object().get_slot(memory, LAST_INDEX)
    }

    /// Changes `lastIndex`, of which it is known that it can be changed.
    #[inline]
    pub fn put_last_index(self, memory: &Memory, index: Value) {
        self.as_object().set_slot(memory, LAST_INDEX, index);
    }

    /// Changes `lastIndex`; not if it cannot be changed.
    pub fn set_last_index(self, memory: &Memory, index: Value) -> bool {
        let object = self.as_object();
        let property = object.own_property(memory, memory.keys().last_index);
        let is_writable = property.is_some_and(|property| property.attributes.is_writable());
        if is_writable {
            object.set_slot(memory, LAST_INDEX, index);
        }
        is_writable
    }

    /// Gives it another pattern.
    pub fn set_pattern(self, memory: &Memory, pattern: Gc<SharedPattern>) {
        self.pattern.set(pattern);
        memory.write_barrier(self, pattern.to_word());
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A regular expression begins with one.
        unsafe { self.cast() }
    }
}

/// What goes through all matches in a string (§22.2.9).
#[repr(C)]
pub struct RegExpStringIterator {
    object: Object,
    /// `[[IteratingRegExp]]` and `[[IteratedString]]`, until it is done.
    pub ends: Cell<Option<(Gc<Object>, Gc<JsString>)>>,
    /// `[[Global]]`
    pub is_global: bool,
    /// `[[Unicode]]`
    pub is_unicode: bool,
}

// SAFETY: It begins with an object; all references are visited.
unsafe impl HeapCell for RegExpStringIterator {
    const KIND: CellKind = kinds::REGEXP_STRING_ITERATOR;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        if let Some((regexp, string)) = self.ends.get() {
            tracer.cell(regexp);
            tracer.cell(string);
        }
    }
}

impl Gc<RegExpStringIterator> {
    /// An iterator at the beginning.
    pub fn new(
        memory: &Memory,
        shape: Gc<Shape>,
        ends: (Gc<Object>, Gc<JsString>),
        is_global: bool,
        is_unicode: bool,
    ) -> Gc<Object> {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let (object, ends) = (Object::new(shape), Cell::new(Some(ends)));
        let iterator = RegExpStringIterator { object, ends, is_global, is_unicode };
        // SAFETY: It begins with an object.
        unsafe { memory.allocate_object(iterator, shape, inside).cast() }
    }
}
