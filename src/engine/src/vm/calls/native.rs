//! Functions that were written in Rust.

use std::cell::Cell;
use std::marker::PhantomData;

use super::FRAME;
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::object::{Environment, Memory, Object, Shape};
use crate::realm::Realm;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// The code of a native function.
pub type NativeCode = fn(&mut Vm, Arguments<'_>) -> Completion;

/// `this` and the arguments of a call of a native function.
#[derive(Clone, Copy)]
pub struct Arguments<'f> {
    frame: *const Value,
    count: usize,
    new_target: Value,
    lifetime: PhantomData<&'f Value>,
}

impl<'f> Arguments<'f> {
    /// The argument of a number; `undefined` if there is none.
    #[inline]
    pub fn get(self, index: usize) -> Value {
        if index < self.count {
            // SAFETY: So many arguments lie in the frame, which stays as it is while
            // the native function runs.
            unsafe { self.frame.add(FRAME + index).read() }
        } else {
            Value::UNDEFINED
        }
    }

    /// The number of arguments.
    #[inline]
    pub fn len(self) -> usize {
        self.count
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// The arguments from a number on.
    #[inline]
    pub fn from(self, index: usize) -> &'f [Value] {
        let count = self.count.saturating_sub(index);
        // SAFETY: As above.
        unsafe { std::slice::from_raw_parts(self.frame.add(FRAME + self.count - count), count) }
    }

    /// `this`
    #[inline]
    pub fn this(self) -> Value {
        // SAFETY: As above.
        unsafe { self.frame.add(FRAME - 1).read() }
    }

    /// The function itself.
    #[inline]
    pub fn callee(self) -> Value {
        // SAFETY: As above.
        unsafe { self.frame.read() }
    }

    /// What the function closes over.
    ///
    /// # Panics
    /// If it has been made without.
    pub fn captured(self) -> Gc<Environment> {
        let function = self.callee().downcast::<NativeFunction>();
        function.and_then(|function| function.captured).expect("a closure has an environment")
    }

    /// `new.target`: `undefined` in a call without `new`.
    #[inline]
    pub fn new_target(self) -> Value {
        self.new_target
    }
}

/// A function that was written in Rust.
#[repr(C)]
pub struct NativeFunction {
    object: Object,
    /// What it does.
    pub code: NativeCode,
    /// `[[InitialName]]`
    pub name: Gc<JsString>,
    /// Whether it can be called with `new`.
    pub is_constructor: Cell<bool>,
    /// What it closes over: its internal slots, where the specification gives it some.
    pub captured: Option<Gc<Environment>>,
    /// `[[Realm]]`, if it has been made when there were several.
    pub realm: Cell<Option<Gc<Realm>>>,
}

// SAFETY: It begins with an object, which is visited.
unsafe impl HeapCell for NativeFunction {
    const KIND: CellKind = kinds::NATIVE_FUNCTION;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.cell(self.name);
        if let Some(captured) = self.captured {
            tracer.cell(captured);
        }
        if let Some(realm) = self.realm.get() {
            tracer.cell(realm);
        }
    }
}

impl Gc<NativeFunction> {
    /// A function without properties.
    pub fn new(memory: &Memory, shape: Gc<Shape>, name: Gc<JsString>, code: NativeCode) -> Self {
        Self::closure(memory, shape, name, code, None)
    }

    /// A function without properties that closes over something.
    pub fn closure(
        memory: &Memory,
        shape: Gc<Shape>,
        name: Gc<JsString>,
        code: NativeCode,
        captured: Option<Gc<Environment>>,
    ) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let (object, is_constructor) = (Object::new(shape), Cell::new(false));
        let realm = Cell::new(None);
        let function = NativeFunction { object, code, name, is_constructor, captured, realm };
        memory.allocate_object(function, shape, inside)
    }

    /// The object that it is.
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A function begins with one.
        unsafe { self.cast() }
    }
}

impl Vm {
    /// Calls the native function that stands in a frame.
    ///
    /// # Safety
    /// The frame has callee, `this` and so many arguments.
    #[inline(never)]
    pub(super) unsafe fn call_native(
        &mut self,
        frame: *mut Value,
        count: usize,
        new_target: Value,
    ) -> Completion {
        self.check_native_stack()?;
        // SAFETY: By the caller's word.
        let function = unsafe { (*frame).cell_unchecked::<NativeFunction>() };
        let arguments = Arguments { frame, count, new_target, lifetime: PhantomData };
        if self.has_realms.get() {
            let realm = self.realm_of_function(Value::cell(function));
            return self.in_realm(realm, |vm| (function.code)(vm, arguments));
        }
        (function.code)(self, arguments)
    }
}
