//! Disposal that waits (ECMA-262 §9.5.5, §27.4.3.3).

use super::{AsyncDisposableStack, define_symbol};
use crate::heap::Gc;
use crate::object::{Array, Attributes, Environment, Promise};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Target, Vm, WellKnown};

/// Gives asynchronous iterators the method by which they are disposed of.
pub(super) fn install(vm: &Vm) {
    let prototype = vm.realm().get(Intrinsic::AsyncIteratorPrototype);
    let dispose = vm.new_native_function("[Symbol.asyncDispose]", 0, |vm, arguments| {
        Ok(dispose_iterator(vm, arguments.this()))
    });
    let (symbol, method) = (WellKnown::AsyncDispose, Attributes::METHOD);
    define_symbol(vm, prototype, symbol, Value::cell(dispose), method);
}

/// `%AsyncIteratorPrototype% [ @@asyncDispose ]` (§27.1.5.2)
fn dispose_iterator(vm: &mut Vm, iterator: Value) -> Value {
    let promise = vm.new_promise();
    if close(vm, iterator, promise).is_err() {
        let reason = vm.take_exception();
        vm.reject_promise(promise, reason);
    }
    Value::cell(promise)
}

/// Calls an iterator's `return`, and settles a promise when what it gives is settled.
fn close(vm: &mut Vm, iterator: Value, promise: Gc<Promise>) -> Completion<()> {
    let Some(method) = vm.get_method(iterator, vm.memory.keys().return_)? else {
        vm.resolve_promise(promise, Value::UNDEFINED);
        return Ok(());
    };
    let result = vm.call(method, iterator, &[Value::UNDEFINED])?;
    let result = vm.promise_resolve(result)?;
    let forget = vm.new_native_closure("", 1, |_, _| Ok(Value::UNDEFINED), &[]);
    let target = Target::Promise(promise);
    vm.perform_promise_then(result, Value::cell(forget), Value::UNDEFINED, target);
    Ok(())
}

/// `AsyncDisposableStack.prototype.disposeAsync` (§27.4.3.3)
pub(super) fn dispose(vm: &mut Vm, stack: Value) -> Value {
    let promise = vm.new_promise();
    let Some(stack) = stack.downcast::<AsyncDisposableStack>() else {
        vm.throw_type_error("Receiver is not an AsyncDisposableStack");
        let reason = vm.take_exception();
        vm.reject_promise(promise, reason);
        return Value::cell(promise);
    };
    match stack.take_resources() {
        None => vm.resolve_promise(promise, Value::UNDEFINED),
        Some(resources) => Disposal::new(vm, resources, promise).go_on(vm),
    }
    Value::cell(promise)
}

/// A disposal that is under way: what its steps share.
#[derive(Clone, Copy)]
struct Disposal(Gc<Environment>);

/// The variables of a disposal: the resources, the promise for the end, and the exception
/// so far, `EMPTY` if there is none.
const RESOURCES: usize = 0;
const PROMISE: usize = 1;
const EXCEPTION: usize = 2;
/// Whether something has to be awaited, and whether something has been.
const PENDING: usize = 3;
const AWAITED: usize = 4;

impl Disposal {
    fn new(vm: &Vm, resources: Gc<Array>, promise: Gc<Promise>) -> Self {
        let [resources, promise] = [Value::cell(resources), Value::cell(promise)];
        let exception = Value::EMPTY;
        Self(vm.new_captured(&[resources, promise, exception, Value::FALSE, Value::FALSE]))
    }

    fn get(self, variable: usize) -> Value {
        self.0.variables()[variable].get()
    }

    fn set(self, vm: &Vm, variable: usize, value: Value) {
        self.0.variables()[variable].set(value);
        vm.memory.write_barrier(self.0, value.bits());
    }

    /// Disposes of resources up to the first that has to be waited for.
    fn go_on(self, vm: &mut Vm) {
        let Some(resources) = self.get(RESOURCES).downcast::<Array>() else { return };
        loop {
            let [value, method, _] = crate::vm::next_resource(resources);
            if method.is_empty() {
                return self.finish(vm);
            }
            if method.is_undefined() {
                // There is nothing to dispose of, but that takes its time.
                self.set(vm, PENDING, Value::TRUE);
                continue;
            }
            let outcome = vm.call(method, value, &[]);
            let outcome = outcome.and_then(|result| {
                self.set(vm, AWAITED, Value::TRUE);
                self.wait(vm, result)
            });
            match outcome {
                Ok(()) => return,
                Err(_) => {
                    let exception = vm.take_exception();
                    self.note(vm, exception);
                }
            }
        }
    }

    /// Goes on when a value is settled.
    fn wait(self, vm: &mut Vm, value: Value) -> Completion<()> {
        let promise = vm.promise_resolve(value)?;
        let captured = [Value::cell(self.0)];
        let go_on = vm.new_native_closure(
            "",
            1,
            |vm, arguments| {
                Self::of(arguments).inspect(|disposal| disposal.go_on(vm));
                Ok(Value::UNDEFINED)
            },
            &captured,
        );
        let note = vm.new_native_closure(
            "",
            1,
            |vm, arguments| {
                Self::of(arguments).inspect(|disposal| {
                    disposal.note(vm, arguments.get(0));
                    disposal.go_on(vm);
                });
                Ok(Value::UNDEFINED)
            },
            &captured,
        );
        vm.perform_promise_then(promise, Value::cell(go_on), Value::cell(note), Target::None);
        Ok(())
    }

    /// The disposal that a step belongs to.
    fn of(arguments: Arguments<'_>) -> Option<Self> {
        arguments.captured().variables()[0].get().downcast().map(Self)
    }

    /// Takes up an exception, on top of the one before.
    fn note(self, vm: &mut Vm, exception: Value) {
        let before = self.get(EXCEPTION);
        let exception =
            if before.is_empty() { exception } else { vm.new_suppressed_error(exception, before) };
        self.set(vm, EXCEPTION, exception);
    }

    /// There is nothing left.
    fn finish(self, vm: &mut Vm) {
        if self.get(PENDING) == Value::TRUE && self.get(AWAITED) == Value::FALSE {
            self.set(vm, AWAITED, Value::TRUE);
            let waits = self.wait(vm, Value::UNDEFINED);
            debug_assert!(waits.is_ok());
            return;
        }
        let Some(promise) = self.get(PROMISE).downcast::<Promise>() else { return };
        let exception = self.get(EXCEPTION);
        if exception.is_empty() {
            vm.resolve_promise(promise, Value::UNDEFINED);
        } else {
            vm.reject_promise(promise, exception);
        }
    }
}
