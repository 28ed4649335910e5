//! Arguments exotic objects (ECMA-262 §10.4.4).

use std::cell::Cell;

use super::{EXOTIC, Environment, Function, Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// The `arguments` of a sloppy mode function: the first elements are its parameters, as
/// long as they are ordinary elements.
///
/// Those of other functions are ordinary objects of the same kind, without an
/// environment.
#[repr(C)]
pub struct MappedArguments {
    object: Object,
    environment: Cell<Option<Gc<Environment>>>,
    function: Option<Gc<Function>>,
    /// Elements that are no parameters any more: a bit each.
    unmapped: Cell<u64>,
}

/// So many parameters at most are elements.
pub const MOST_MAPPED: u32 = u64::BITS;

// SAFETY: It begins with an object; environment and function are visited.
unsafe impl HeapCell for MappedArguments {
    const KIND: CellKind = kinds::ARGUMENTS;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        if let Some(environment) = self.environment.get() {
            tracer.cell(environment);
        }
        if let Some(function) = self.function {
            tracer.cell(function);
        }
    }
}

impl Gc<MappedArguments> {
    /// An object without properties; its elements up to `count` are parameters of a
    /// function, whose variables are in an environment.
    pub fn new(
        memory: &Memory,
        shape: Gc<Shape>,
        mapped: Option<(Gc<Function>, Gc<Environment>, u32)>,
    ) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let count = mapped.map_or(0, |(.., count)| count);
        let arguments = MappedArguments {
            object: Object::new(shape),
            environment: Cell::new(mapped.map(|(_, environment, _)| environment)),
            function: mapped.map(|(function, ..)| function),
            unmapped: Cell::new(u64::MAX.checked_shl(count).unwrap_or(0)),
        };
        let arguments = memory.allocate_object(arguments, shape, inside);
        if mapped.is_some() {
            arguments.object.header().set_flag(EXOTIC, true);
        }
        arguments
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }

    /// The environment and the number of the variable that an element is.
    pub fn variable(self, index: u32) -> Option<(Gc<Environment>, u32)> {
        if index >= MOST_MAPPED || self.unmapped.get() >> index & 1 != 0 {
            return None;
        }
        let variables = &self.function?.code.parameter_variables;
        let variable = variables.get(index as usize)?.checked_sub(1)?;
        Some((self.environment.get()?, variable))
    }

    /// The element is no parameter any more.
    pub fn unmap(self, index: u32) {
        if index < MOST_MAPPED {
            self.unmapped.set(self.unmapped.get() | 1 << index);
        }
    }
}
