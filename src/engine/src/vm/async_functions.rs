//! Async functions and async generators: what awaits promises (ECMA-262 §27.1.6, §27.6,
//! §27.7).

use std::cell::Cell;

use super::coroutine::{Coroutine, CoroutineState};
use super::iteration::Told;
use super::{Arguments, Completion, Vm};
use crate::heap::{CellKind, Gc, Header, HeapCell, Tracer};
use crate::internal_methods::IteratorRecord;
use crate::kinds;
use crate::object::{Object, Promise};
use crate::operators::{as_object, to_boolean};
use crate::realm::Intrinsic;
use crate::value::Value;

/// What an async generator has been told (§27.6.3.1), and what comes after it.
#[repr(C)]
pub struct AsyncRequest {
    header: Header,
    told: Told,
    value: Value,
    pub(super) promise: Gc<Promise>,
    next: Cell<Option<Gc<AsyncRequest>>>,
}

// SAFETY: It begins with the header; all references are visited.
unsafe impl HeapCell for AsyncRequest {
    const KIND: CellKind = kinds::ASYNC_REQUEST;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.word(self.value.bits());
        tracer.cell(self.promise);
        if let Some(next) = self.next.get() {
            tracer.cell(next);
        }
    }
}

// ---------------------------------------------------------------------------
// Async functions
// ---------------------------------------------------------------------------

impl Vm {
    /// Gives an async function its promise.
    pub(super) fn set_promise(&mut self, coroutine: Gc<Coroutine>) {
        let promise = Value::cell(self.begin_promise());
        coroutine.extra.set(promise);
        self.memory.write_barrier(coroutine, promise.bits());
    }

    /// Settles the promise of an async function by how it has ended.
    pub(super) fn settle_async_function(
        &mut self,
        coroutine: Gc<Coroutine>,
        outcome: Result<Value, Value>,
    ) {
        let Some(promise) = coroutine.extra.get().downcast::<Promise>() else { return };
        match outcome {
            Ok(value) => self.resolve_promise(promise, value),
            Err(reason) => self.reject_promise(promise, reason),
        }
    }

    /// `Await` (§27.7.5.3), up to where the coroutine is suspended.
    pub(super) fn begin_await(&mut self, coroutine: Gc<Coroutine>, value: Value) -> Completion<()> {
        let outer = coroutine.extra.get().downcast::<Promise>();
        let promise = self.promise_resolve_for(value, outer)?;
        self.await_promise(promise, Value::cell(coroutine));
        Ok(())
    }

    /// Goes on with a coroutine that waits for a promise, now that it is settled: it
    /// gets the value, or the reason is thrown where it waits.
    pub(crate) fn resume_coroutine(&mut self, coroutine: Value, is_rejection: bool, value: Value) {
        let Some(coroutine) = coroutine.downcast::<Coroutine>() else { return };
        if coroutine.state() == CoroutineState::Returning {
            let outcome = if is_rejection { Err(value) } else { Ok(value) };
            self.complete_request(coroutine, outcome, true);
            self.drain_requests(coroutine);
            return;
        }
        let told = if is_rejection { Told::Throw } else { Told::Next };
        self.run_async(coroutine, told, value);
        self.serve_requests(coroutine);
    }

    /// Lets a coroutine go on whose exceptions are those of its promise. There may be no
    /// room for its frame: that is an exception too.
    fn run_async(&mut self, coroutine: Gc<Coroutine>, told: Told, value: Value) {
        if self.resume(coroutine, told, value).is_err() {
            let exception = self.take_exception();
            // Nobody is there to be thrown at.
            let failed = self.fail(coroutine, exception);
            debug_assert!(failed.is_ok());
        }
    }
}

// ---------------------------------------------------------------------------
// Async generators
// ---------------------------------------------------------------------------

impl Vm {
    /// `next`, `return` and `throw` of an async generator (§27.6.1.2 – §27.6.1.4)
    pub(crate) fn tell_async_generator(
        &mut self,
        arguments: Arguments<'_>,
        told: Told,
        method: &str,
    ) -> Value {
        let (this, value) = (arguments.this(), arguments.get(0));
        let promise = self.begin_promise();
        let generator =
            this.downcast::<Coroutine>().filter(|generator| generator.is_async_generator());
        let Some(generator) = generator else {
            let text = self.display(this);
            let message = format!("{method} method called on incompatible receiver {text}");
            let _ = self.throw_type_error(&message);
            let reason = self.take_exception();
            self.reject_promise(promise, reason);
            return Value::cell(promise);
        };
        if generator.state() == CoroutineState::Start && told == Told::Throw {
            generator.set_finished();
        }
        if generator.state() == CoroutineState::Finished && told != Told::Return {
            if told == Told::Throw {
                self.reject_promise(promise, value);
            } else {
                let result = self.create_iterator_result(Value::UNDEFINED, true);
                self.resolve_promise(promise, result);
            }
            return Value::cell(promise);
        }
        self.enqueue_request(generator, told, value, promise);
        match (generator.state(), told) {
            (CoroutineState::Start | CoroutineState::Finished, Told::Return) => {
                generator.set_finished();
                self.await_return(generator);
            }
            (CoroutineState::Start | CoroutineState::Suspended, _) => {
                self.serve_requests(generator);
            }
            _ => {}
        }
        Value::cell(promise)
    }

    fn enqueue_request(
        &mut self,
        generator: Gc<Coroutine>,
        told: Told,
        value: Value,
        promise: Gc<Promise>,
    ) {
        let header = Header::new(kinds::ASYNC_REQUEST, 0);
        let next = Cell::new(None);
        let request = self.memory.allocate(AsyncRequest { header, told, value, promise, next });
        match generator.extra.get().downcast::<AsyncRequest>() {
            None => {
                generator.extra.set(Value::cell(request));
                self.memory.write_barrier(generator, request.to_word());
            }
            Some(mut last) => {
                while let Some(next) = last.next.get() {
                    last = next;
                }
                last.next.set(Some(request));
                self.memory.write_barrier(last, request.to_word());
            }
        }
    }

    pub(super) fn first_request(generator: Gc<Coroutine>) -> Option<Gc<AsyncRequest>> {
        generator.extra.get().downcast()
    }

    /// `AsyncGeneratorCompleteStep` (§27.6.3.5): the first request is answered.
    fn complete_request(
        &mut self,
        generator: Gc<Coroutine>,
        outcome: Result<Value, Value>,
        done: bool,
    ) {
        let Some(request) = Self::first_request(generator) else { return };
        let next = request.next.get().map_or(Value::UNDEFINED, Value::cell);
        generator.extra.set(next);
        self.memory.write_barrier(generator, next.bits());
        match outcome {
            Ok(value) => {
                let result = self.create_iterator_result(value, done);
                self.resolve_promise(request.promise, result);
            }
            Err(reason) => self.reject_promise(request.promise, reason),
        }
    }

    /// Runs an async generator as long as it stands at a `yield`, or at its beginning,
    /// and somebody has told it something.
    fn serve_requests(&mut self, generator: Gc<Coroutine>) {
        if !generator.is_async_generator() {
            return;
        }
        while matches!(generator.state(), CoroutineState::Start | CoroutineState::Suspended)
            && let Some(request) = Self::first_request(generator)
        {
            self.run_async(generator, request.told, request.value);
        }
    }

    /// `AsyncGeneratorYield` (§27.6.3.8), for a value that has been awaited.
    pub(super) fn async_generator_yield(&mut self, generator: Gc<Coroutine>, value: Value) {
        self.complete_request(generator, Ok(value), false);
    }

    /// An async generator has come to its end (§27.6.3.2).
    pub(super) fn async_generator_finish(
        &mut self,
        generator: Gc<Coroutine>,
        outcome: Result<Value, Value>,
    ) {
        self.complete_request(generator, outcome, true);
        self.drain_requests(generator);
    }

    /// `AsyncGeneratorAwaitReturn` (§27.6.3.9)
    fn await_return(&mut self, generator: Gc<Coroutine>) {
        let Some(request) = Self::first_request(generator) else { return };
        generator.set_returning();
        match self.promise_resolve(request.value) {
            Ok(promise) => self.await_promise(promise, Value::cell(generator)),
            Err(_) => {
                let reason = self.take_exception();
                self.complete_request(generator, Err(reason), true);
                self.drain_requests(generator);
            }
        }
    }

    /// `AsyncGeneratorDrainQueue` (§27.6.3.10)
    fn drain_requests(&mut self, generator: Gc<Coroutine>) {
        generator.set_finished();
        while let Some(request) = Self::first_request(generator) {
            match request.told {
                Told::Return => return self.await_return(generator),
                Told::Throw => self.complete_request(generator, Err(request.value), true),
                Told::Next => self.complete_request(generator, Ok(Value::UNDEFINED), true),
            }
        }
    }
}

// ---------------------------------------------------------------------------
// Iterators that are no async ones
// ---------------------------------------------------------------------------

/// An `%AsyncFromSyncIteratorPrototype%` object (§27.1.6): what it stands for is in
/// variables of its methods, so nobody but the machine calls them.
impl Vm {
    /// `CreateAsyncFromSyncIterator` (§27.1.6.1)
    pub(crate) fn create_async_from_sync_iterator(
        &mut self,
        record: IteratorRecord,
    ) -> Completion<IteratorRecord> {
        let prototype = self.realm().get(Intrinsic::AsyncFromSyncIteratorPrototype);
        let iterator = self.ordinary_object_create(Some(prototype));
        let captured = self.new_captured(&[Value::cell(record.iterator), record.next]);
        let next = self.new_native(
            "next",
            1,
            |vm, arguments| Ok(vm.tell_sync_iterator(arguments, Told::Next)),
            Some(captured),
        );
        let key = self.memory.keys();
        let (return_key, throw_key) = (key.return_, key.throw);
        let returns = self.new_native(
            "return",
            1,
            |vm, arguments| Ok(vm.tell_sync_iterator(arguments, Told::Return)),
            Some(captured),
        );
        let throws = self.new_native(
            "throw",
            1,
            |vm, arguments| Ok(vm.tell_sync_iterator(arguments, Told::Throw)),
            Some(captured),
        );
        self.create_data_property(iterator, return_key, Value::cell(returns))?;
        self.create_data_property(iterator, throw_key, Value::cell(throws))?;
        Ok(IteratorRecord { iterator, next: Value::cell(next), done: false })
    }

    /// `next`, `return` and `throw` (§27.1.6.2.1 – §27.1.6.2.3)
    fn tell_sync_iterator(&mut self, arguments: Arguments<'_>, told: Told) -> Value {
        let promise = self.new_promise();
        if self.forward_to_sync_iterator(arguments, told, promise).is_err() {
            let reason = self.take_exception();
            self.reject_promise(promise, reason);
        }
        Value::cell(promise)
    }

    fn forward_to_sync_iterator(
        &mut self,
        arguments: Arguments<'_>,
        told: Told,
        promise: Gc<Promise>,
    ) -> Completion<()> {
        let captured = arguments.captured();
        let [iterator, next] = [0, 1].map(|index: usize| captured.variables()[index].get());
        let Some(object) = as_object(iterator) else { return Ok(()) };
        let method = match told {
            Told::Next => Some(next),
            Told::Return => self.get_method(iterator, self.memory.keys().return_)?,
            Told::Throw => self.get_method(iterator, self.memory.keys().throw)?,
        };
        let Some(method) = method else {
            if told == Told::Return {
                let result = self.create_iterator_result(arguments.get(0), true);
                self.resolve_promise(promise, result);
                return Ok(());
            }
            self.iterator_close(object)?;
            return Err(self.throw_type_error("The iterator does not provide a 'throw' method."));
        };
        let result = self.call(method, iterator, arguments.from(0))?;
        let Some(result) = as_object(result) else {
            let text = self.display(result);
            return Err(self.throw_type_error(&format!("Iterator result {text} is not an object")));
        };
        let done = self.get(result, self.memory.keys().done)?;
        let done = to_boolean(done);
        let value = self.get(result, self.memory.keys().value)?;
        self.continue_sync_iterator(value, done, promise, object, told != Told::Return)
    }

    /// `AsyncFromSyncIteratorContinuation` (§27.1.6.4)
    fn continue_sync_iterator(
        &mut self,
        value: Value,
        done: bool,
        promise: Gc<Promise>,
        iterator: Gc<Object>,
        closes: bool,
    ) -> Completion<()> {
        let wrapped = match self.promise_resolve(value) {
            Ok(wrapped) => wrapped,
            Err(throw) if !done && closes => {
                return Err(self.iterator_close_throwing(iterator, throw));
            }
            Err(throw) => return Err(throw),
        };
        let fulfilled = self.new_native_closure(
            "",
            1,
            |vm, arguments| {
                let done = arguments.captured().variables()[0].get().is_true();
                Ok(vm.create_iterator_result(arguments.get(0), done))
            },
            &[Value::bool(done)],
        );
        let rejected = if done || !closes {
            Value::UNDEFINED
        } else {
            let close = self.new_native_closure(
                "",
                1,
                |vm, arguments| {
                    let iterator = arguments.captured().variables()[0].get();
                    let throw = vm.throw(arguments.get(0));
                    match as_object(iterator) {
                        Some(iterator) => Err(vm.iterator_close_throwing(iterator, throw)),
                        None => Err(throw),
                    }
                },
                &[Value::cell(iterator)],
            );
            Value::cell(close)
        };
        let target = super::promises::Target::Promise(promise);
        self.perform_promise_then(wrapped, Value::cell(fulfilled), rejected, target);
        Ok(())
    }
}
