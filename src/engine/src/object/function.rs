//! Functions, and the environments they close over (ECMA-262 §10.2, §9.1).

use std::cell::Cell;
use std::ptr::NonNull;

use super::{Memory, Object, Shape};
use crate::bytecode::Code;
use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// Variables that closures share: `EMPTY` until they are initialised.
#[repr(C)]
pub struct Environment {
    header: Header,
    /// The environment around it.
    pub parent: Cell<Option<Gc<Environment>>>,
    size: u32,
}

// SAFETY: It begins with the header; parent and variables are visited.
unsafe impl HeapCell for Environment {
    const KIND: CellKind = kinds::ENVIRONMENT;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(parent) = self.parent.get() {
            tracer.cell(parent);
        }
        // SAFETY: A cell of this kind that is traced lies in the heap.
        let this = unsafe { Gc::from_ptr(NonNull::from(self)) };
        for variable in this.variables() {
            tracer.word(variable.get().bits());
        }
    }
}

impl Gc<Environment> {
    /// An environment with so many variables, none initialised.
    pub fn new(heap: &Heap, parent: Option<Self>, size: u32) -> Self {
        let environment = Environment {
            header: Header::new(kinds::ENVIRONMENT, 0),
            parent: Cell::new(parent),
            size,
        };
        heap.allocate_with_tail(environment, size as usize * size_of::<Value>())
    }

    /// Its variables.
    #[inline]
    pub fn variables(&self) -> &[Cell<Value>] {
        let start = self.as_ptr().as_ptr().wrapping_add(1).cast();
        // SAFETY: So many variables are there as long as the cell is.
        unsafe { std::slice::from_raw_parts(start, self.size as usize) }
    }

    /// Changes a variable.
    ///
    /// # Panics
    /// If there is none of that number.
    #[inline]
    pub fn set(self, heap: &Heap, index: u32, value: Value) {
        self.variables()[index as usize].set(value);
        heap.write_barrier(self, value.bits());
    }

    /// An environment with the same parent and variables.
    pub fn copy(self, heap: &Heap) -> Self {
        let copy = Self::new(heap, self.parent.get(), self.size);
        for (to, from) in copy.variables().iter().zip(self.variables()) {
            to.set(from.get());
        }
        copy
    }
}

/// A function that was written in ECMAScript.
#[repr(C)]
pub struct Function {
    object: Object,
    /// What it does.
    pub code: Gc<Code>,
    /// What it closes over.
    pub environment: Option<Gc<Environment>>,
    /// The object whose method it is: where `super` begins.
    pub home: Cell<Option<Gc<Object>>>,
}

// SAFETY: It begins with an object; all references are visited.
unsafe impl HeapCell for Function {
    const KIND: CellKind = kinds::FUNCTION;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.cell(self.code);
        if let Some(environment) = self.environment {
            tracer.cell(environment);
        }
        if let Some(home) = self.home.get() {
            tracer.cell(home);
        }
    }
}

impl Gc<Function> {
    /// A function without properties.
    pub fn new(
        memory: &Memory,
        shape: Gc<Shape>,
        code: Gc<Code>,
        environment: Option<Gc<Environment>>,
    ) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let function =
            Function { object: Object::new(shape), code, environment, home: Cell::new(None) };
        memory.allocate_object(function, shape, inside)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A function begins with one.
        unsafe { self.cast() }
    }
}
