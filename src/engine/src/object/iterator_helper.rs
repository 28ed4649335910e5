//! Iterator helpers, and iterators around those of programs (ECMA-262 §27.1.2).

use std::cell::Cell;

use super::{Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// What an iterator helper does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HelperKind {
    /// `map`
    Map,
    /// `filter`
    Filter,
    /// `take`
    Take,
    /// `drop`
    Drop,
    /// `flatMap`
    FlatMap,
    /// `Iterator.concat`
    Concat,
}

/// How far an iterator helper is: the states of a generator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HelperState {
    /// Nobody has asked it for anything.
    Start,
    /// It waits between two values.
    Suspended,
    /// It is at work.
    Running,
    /// There is nothing more to come.
    Finished,
}

/// An iterator helper.
#[repr(C)]
pub struct IteratorHelper {
    object: Object,
    /// What it does.
    pub kind: HelperKind,
    /// How far it is.
    pub state: Cell<HelperState>,
    /// How many values it has passed on, or how many are left: never negative.
    pub counter: Cell<f64>,
    /// The function that it calls; of `concat` a list of iterables and their methods.
    pub function: Value,
    /// The iterator that it takes values from, and its `next`.
    outer: (Value, Value),
    /// The iterator that a value of the other one has given; `undefined` if there is none.
    inner: Cell<(Value, Value)>,
}

// SAFETY: It begins with an object; all values are visited.
unsafe impl HeapCell for IteratorHelper {
    const KIND: CellKind = kinds::ITERATOR_HELPER;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        let (inner, outer) = (self.inner.get(), self.outer);
        for value in [self.function, outer.0, outer.1, inner.0, inner.1] {
            tracer.word(value.bits());
        }
    }
}

impl Gc<IteratorHelper> {
    /// A helper that takes values from an iterator with this `next`.
    pub fn new(
        memory: &Memory,
        shape: Gc<Shape>,
        kind: HelperKind,
        outer: (Value, Value),
        function: Value,
        counter: f64,
    ) -> Self {
        let helper = IteratorHelper {
            object: Object::new(shape),
            kind,
            state: Cell::new(HelperState::Start),
            counter: Cell::new(counter),
            function,
            outer,
            inner: Cell::new((Value::UNDEFINED, Value::UNDEFINED)),
        };
        memory.allocate_object(helper, shape, 0)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }

    /// The iterator that it takes values from, and its `next`.
    #[inline]
    pub fn outer(self) -> (Value, Value) {
        self.outer
    }

    /// The iterator that a value of the other one has given, and its `next`.
    #[inline]
    pub fn inner(self) -> Option<(Value, Value)> {
        Some(self.inner.get()).filter(|(iterator, _)| !iterator.is_undefined())
    }

    /// It goes on with the values of another iterator, or of none.
    pub fn set_inner(self, memory: &Memory, inner: Option<(Value, Value)>) {
        let (iterator, next) = inner.unwrap_or((Value::UNDEFINED, Value::UNDEFINED));
        self.inner.set((iterator, next));
        memory.write_barrier(self, iterator.bits());
        memory.write_barrier(self, next.bits());
    }
}

/// What `Iterator.from` makes of an iterator that inherits from nothing helpful.
#[repr(C)]
pub struct IteratorWrapper {
    object: Object,
    /// The iterator.
    pub iterator: Value,
    /// Its `next`.
    pub next: Value,
}

// SAFETY: It begins with an object; all values are visited.
unsafe impl HeapCell for IteratorWrapper {
    const KIND: CellKind = kinds::ITERATOR_WRAPPER;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.word(self.iterator.bits());
        tracer.word(self.next.bits());
    }
}

impl Gc<IteratorWrapper> {
    /// A wrapper for an iterator.
    pub fn new(memory: &Memory, shape: Gc<Shape>, iterator: Value, next: Value) -> Self {
        let wrapper = IteratorWrapper { object: Object::new(shape), iterator, next };
        memory.allocate_object(wrapper, shape, 0)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }
}
