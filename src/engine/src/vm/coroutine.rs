//! Coroutines: generators and the states of async functions (ECMA-262 §27.5, §27.6,
//! §27.7).

use std::cell::Cell;

use super::iteration::Told;
use super::{Completion, Vm, dispatch, unwinding};
use crate::bytecode::{CodeFlags, Op};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::object::{Elements, Function, Memory, Object, Shape};
use crate::realm::Intrinsic;
use crate::value::Value;

/// Where a coroutine is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CoroutineState {
    /// Before its body.
    Start,
    /// At a `yield`.
    Suspended,
    /// At an `await`.
    Awaiting,
    /// An async generator that has ended and awaits what it is to return.
    Returning,
    /// It runs.
    Running,
    /// It has come to its end.
    Finished,
}

/// What a generator gives.
pub(super) enum Advance {
    /// The value of a `yield`.
    Yielded(Value),
    /// What it returns.
    Returned(Value),
    /// A result that an iterator has given to which it delegates.
    Result(Value),
}

/// A generator, or the state of an async function.
#[repr(C)]
pub struct Coroutine {
    object: Object,
    /// Whose code it runs.
    pub function: Gc<Function>,
    state: Cell<CoroutineState>,
    /// Whether its caller has been given the promise of an async function.
    has_returned: Cell<bool>,
    /// Whether who resumes it wants what it yields as it is, without an object around it.
    is_stepped: Cell<bool>,
    /// The instruction at which it is suspended.
    instruction: Cell<u32>,
    /// `this` and the registers in use, while it is suspended.
    registers: Cell<Option<Gc<Elements>>>,
    /// The promise of an async function; the queue of requests of an async generator.
    pub extra: Cell<Value>,
}

// SAFETY: It begins with an object; all references are visited.
unsafe impl HeapCell for Coroutine {
    const KIND: CellKind = kinds::COROUTINE;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.cell(self.function);
        if let Some(registers) = self.registers.get() {
            tracer.cell(registers);
        }
        tracer.word(self.extra.get().bits());
    }
}

impl Gc<Coroutine> {
    fn new(memory: &Memory, shape: Gc<Shape>, function: Gc<Function>) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let coroutine = Coroutine {
            object: Object::new(shape),
            function,
            state: Cell::new(CoroutineState::Running),
            has_returned: Cell::new(false),
            is_stepped: Cell::new(false),
            instruction: Cell::new(0),
            registers: Cell::new(None),
            extra: Cell::new(Value::UNDEFINED),
        };
        memory.allocate_object(coroutine, shape, inside)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }

    /// Where it is.
    pub fn state(self) -> CoroutineState {
        self.state.get()
    }

    fn is_async(self) -> bool {
        self.function.code.flags.contains(CodeFlags::ASYNC)
    }

    /// Whether it is a generator, and no async one.
    pub fn is_generator(self) -> bool {
        !self.is_async()
    }

    /// Whether it is an async generator.
    pub fn is_async_generator(self) -> bool {
        self.is_async() && self.function.code.flags.contains(CodeFlags::GENERATOR)
    }

    /// What the caller of a coroutine that ends, or is suspended by `await`, is given.
    pub(super) fn result_of_first_run(self) -> Value {
        let is_first = !self.has_returned.replace(true);
        if is_first && !self.is_async_generator() { self.extra.get() } else { Value::UNDEFINED }
    }

    /// `this`, and the instruction at which it is suspended.
    pub(super) fn suspended_at(self) -> (Value, u32) {
        let this = self.registers.get().map_or(Value::UNDEFINED, |saved| saved.get(0));
        (this, self.instruction.get())
    }

    /// Where in the source text it is suspended.
    pub(crate) fn offset(self) -> u32 {
        self.function.code.offset_of(self.instruction.get())
    }

    /// The promise of what it is doing: an async function's, or that of the first
    /// request to an async generator.
    pub(super) fn awaited_by(self) -> Option<Value> {
        if self.is_async_generator() {
            return Vm::first_request(self).map(|request| Value::cell(request.promise));
        }
        self.is_async().then(|| self.extra.get())
    }

    /// An async generator that has ended awaits what it is to return.
    pub(super) fn set_returning(self) {
        self.state.set(CoroutineState::Returning);
    }

    /// It has come to its end without running any further.
    pub fn set_finished(self) {
        self.state.set(CoroutineState::Finished);
        self.registers.set(None);
    }
}

impl Vm {
    /// The generator of a call (§27.5.3.1).
    pub(super) fn new_generator(&mut self, function: Gc<Function>) -> Completion<Gc<Coroutine>> {
        let is_async = function.code.flags.contains(CodeFlags::ASYNC);
        if function.code.module.is_some() {
            // Nobody gets to see it.
            let shape = self.shape_for_prototype(None, kinds::COROUTINE, 0);
            let coroutine = Gc::<Coroutine>::new(&self.memory, shape, function);
            if is_async {
                self.set_promise(coroutine);
            }
            return Ok(coroutine);
        }
        let default = if is_async {
            Intrinsic::AsyncGeneratorPrototype
        } else {
            Intrinsic::GeneratorPrototype
        };
        let prototype = self.get_prototype_from_constructor(function.as_object(), default)?;
        let shape = self.shape_for_prototype(Some(prototype), kinds::COROUTINE, 0);
        Ok(Gc::<Coroutine>::new(&self.memory, shape, function))
    }

    /// The state of an async function that has been called, with its promise.
    pub(super) fn new_async_function(&mut self, function: Gc<Function>) -> Gc<Coroutine> {
        let shape = self.shape_for_prototype(None, kinds::COROUTINE, 0);
        let coroutine = Gc::<Coroutine>::new(&self.memory, shape, function);
        self.set_promise(coroutine);
        coroutine
    }

    /// Puts aside the registers in use of a coroutine that runs.
    ///
    /// # Safety
    /// The registers are those of its frame, so many of them in use.
    pub(super) unsafe fn suspend(
        &mut self,
        coroutine: Gc<Coroutine>,
        pc: *const u64,
        registers: *mut Value,
        live: usize,
    ) {
        let code = coroutine.function.code;
        let is_first = coroutine.registers.get().is_none();
        let saved = match coroutine.registers.get() {
            Some(saved) if saved.capacity() as usize > live => saved,
            // All will be in use at once at most.
            _ => Gc::<Elements>::with_capacity(&self.memory, code.registers() + 1),
        };
        saved.set_length(live as u32 + 1);
        // SAFETY: `this` stands right below the registers. What earlier calls have left
        // behind refers to cells that are there: the collector looks at the whole stack.
        let words = unsafe { std::slice::from_raw_parts(registers.sub(1), live + 1) };
        for (place, word) in saved.as_cells().iter().zip(words) {
            place.set(*word);
        }
        coroutine.registers.set(Some(saved));
        self.memory.write_barrier_all(saved);
        self.memory.write_barrier(coroutine, saved.to_word());
        // SAFETY: The instruction is one of the coroutine's code.
        coroutine.instruction.set(unsafe { pc.offset_from(code.words().as_ptr()) } as u32);
        let is_start = is_first && coroutine.function.code.flags.contains(CodeFlags::GENERATOR);
        // SAFETY: As above.
        let op = Op::ALL[usize::from(unsafe { pc.cast::<u8>().read() })];
        coroutine.state.set(match op {
            Op::Await => CoroutineState::Awaiting,
            _ if is_start => CoroutineState::Start,
            _ => CoroutineState::Suspended,
        });
    }

    /// Lets a coroutine go on from where it is suspended.
    ///
    /// # Errors
    /// What its code throws.
    pub(crate) fn resume(
        &mut self,
        coroutine: Gc<Coroutine>,
        told: Told,
        value: Value,
    ) -> Completion {
        let Some(saved) = coroutine.registers.get() else { return Ok(Value::UNDEFINED) };
        let code = coroutine.function.code;
        let at = coroutine.instruction.get() as usize;
        let word = code.words()[at];
        let op = Op::ALL[usize::from(word as u8)];
        if op != Op::BeginGenerator {
            let register = (word >> 16) as u16;
            saved.set(&self.memory, u32::from(register) + 1, value);
        }
        coroutine.state.set(CoroutineState::Running);
        let (handler, next): (dispatch::Handler, usize) = match (told, op) {
            (Told::Throw, _) => {
                self.throw(value);
                (unwinding::unwind, at)
            }
            (Told::Next, Op::Yield) => (dispatch::proceed, at + 2),
            _ => (dispatch::proceed, at + 1),
        };
        let pc = &raw const code.words()[next];
        // SAFETY: The instruction is one of the function's.
        unsafe { self.run_coroutine(coroutine, saved.as_cells(), handler, pc) }
    }

    /// What a generator gives for a `yield`: the result that its consumer gets.
    pub(super) fn yielded(
        &mut self,
        coroutine: Gc<Coroutine>,
        value: Value,
        is_result: bool,
    ) -> Value {
        if coroutine.is_async_generator() {
            self.async_generator_yield(coroutine, value);
            return Value::UNDEFINED;
        }
        if is_result {
            // It is an object already, of the iterator that is delegated to.
            coroutine.is_stepped.set(false);
            return value;
        }
        if coroutine.is_stepped.get() {
            return value;
        }
        self.create_iterator_result(value, false)
    }

    /// The next value of a generator; None at its end.
    ///
    /// # Errors
    /// What its code throws.
    pub(super) fn step_generator(&mut self, coroutine: Gc<Coroutine>) -> Completion<Option<Value>> {
        match self.advance(coroutine, Value::UNDEFINED)? {
            Advance::Yielded(value) => Ok(Some(value)),
            Advance::Returned(_) => Ok(None),
            Advance::Result(result) => self.iterator_value(result),
        }
    }

    /// Lets a generator go on, without an object for what it gives.
    ///
    /// # Errors
    /// What its code throws.
    pub(super) fn advance(
        &mut self,
        coroutine: Gc<Coroutine>,
        value: Value,
    ) -> Completion<Advance> {
        if coroutine.state() == CoroutineState::Finished {
            return Ok(Advance::Returned(Value::UNDEFINED));
        }
        coroutine.is_stepped.set(true);
        let result = self.resume(coroutine, Told::Next, value);
        let is_bare = coroutine.is_stepped.replace(false);
        let value = result?;
        Ok(match coroutine.state() {
            _ if !is_bare => Advance::Result(value),
            CoroutineState::Finished => Advance::Returned(value),
            _ => Advance::Yielded(value),
        })
    }

    /// A coroutine returns a value.
    pub(super) fn finish(&mut self, coroutine: Gc<Coroutine>, value: Value) -> Value {
        coroutine.set_finished();
        if coroutine.is_generator() {
            if coroutine.is_stepped.get() {
                return value;
            }
            return self.create_iterator_result(value, true);
        }
        if coroutine.is_async_generator() {
            self.async_generator_finish(coroutine, Ok(value));
            return Value::UNDEFINED;
        }
        self.settle_async_function(coroutine, Ok(value));
        coroutine.result_of_first_run()
    }

    /// A coroutine throws.
    ///
    /// # Errors
    /// The exception, of a generator.
    pub(super) fn fail(&mut self, coroutine: Gc<Coroutine>, exception: Value) -> Completion {
        coroutine.set_finished();
        if coroutine.is_generator() {
            return Err(self.throw(exception));
        }
        if coroutine.is_async_generator() {
            self.async_generator_finish(coroutine, Err(exception));
            return Ok(Value::UNDEFINED);
        }
        self.settle_async_function(coroutine, Err(exception));
        Ok(coroutine.result_of_first_run())
    }
}
