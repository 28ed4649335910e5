//! `Array.fromAsync` (ECMA-262 §23.1.2.2).
//!
//! The specification writes it as an async function. Here its state between two awaits
//! stands in variables that the reactions of promises share.

use super::construct_for;
use crate::heap::Gc;
use crate::object::{Environment, Object, Promise};
use crate::operators::is_callable;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Target, Throw, Vm, WellKnown};

/// What is known of a call in between.
#[derive(Clone, Copy)]
struct Filling(Gc<Environment>);

/// The variables: the promise for the array, the array, the mapping function and its
/// `this`, the iterator or what is like an array, `next` or `EMPTY`, the next index, the
/// length of what is like an array, what is being awaited, and the exception that has
/// closed the iterator.
const PROMISE: usize = 0;
const TARGET: usize = 1;
const MAPPER: usize = 2;
const THIS: usize = 3;
const SOURCE: usize = 4;
const NEXT: usize = 5;
const INDEX: usize = 6;
const LENGTH: usize = 7;
const AWAITED: usize = 8;
const EXCEPTION: usize = 9;
const COUNT: usize = 10;

/// What is being awaited.
#[derive(Clone, Copy)]
#[repr(i32)]
enum Awaited {
    /// The result of an iterator.
    Result,
    /// The element of what is like an array.
    Element,
    /// What the mapping function has given.
    Mapped,
    /// That the iterator is closed.
    Closing,
}

/// `Array.fromAsync`
pub(super) fn from_async(vm: &mut Vm, arguments: Arguments<'_>) -> Value {
    let promise = vm.new_promise();
    let variables = vm.new_captured(&[Value::UNDEFINED; COUNT]);
    let filling = Filling(variables);
    filling.set(vm, PROMISE, Value::cell(promise));
    let outcome = filling.begin(vm, arguments);
    filling.reject_if_thrown(vm, outcome);
    Value::cell(promise)
}

impl Filling {
    fn get(self, variable: usize) -> Value {
        self.0.variables()[variable].get()
    }

    fn set(self, vm: &Vm, variable: usize, value: Value) {
        self.0.variables()[variable].set(value);
        vm.memory.write_barrier(self.0, value.bits());
    }

    fn number(self, variable: usize) -> f64 {
        self.get(variable).as_number().unwrap_or_default()
    }

    fn object(self, vm: &mut Vm, variable: usize) -> Completion<Gc<Object>> {
        vm.to_object(self.get(variable))
    }

    fn reject_if_thrown(self, vm: &mut Vm, outcome: Completion<()>) {
        if outcome.is_err() {
            let reason = vm.take_exception();
            self.reject(vm, reason);
        }
    }

    fn reject(self, vm: &mut Vm, reason: Value) {
        if let Some(promise) = self.get(PROMISE).downcast::<Promise>() {
            vm.reject_promise(promise, reason);
        }
    }

    fn begin(self, vm: &mut Vm, arguments: Arguments<'_>) -> Completion<()> {
        let [items, mapper, this] = [0, 1, 2].map(|index| arguments.get(index));
        if !mapper.is_undefined() && !is_callable(mapper) {
            let text = vm.display(mapper);
            return Err(vm.throw_type_error(&format!("{text} is not a function")));
        }
        self.set(vm, MAPPER, mapper);
        self.set(vm, THIS, this);
        self.set(vm, INDEX, Value::ZERO);
        let key = vm.well_known_key(WellKnown::AsyncIterator);
        let record = if let Some(method) = vm.get_method(items, key)? {
            Some(vm.get_iterator_from_method(items, method)?)
        } else {
            let key = vm.well_known_key(WellKnown::Iterator);
            match vm.get_method(items, key)? {
                Some(method) => {
                    let record = vm.get_iterator_from_method(items, method)?;
                    Some(vm.create_async_from_sync_iterator(record)?)
                }
                None => None,
            }
        };
        if let Some(record) = record {
            self.set(vm, SOURCE, Value::cell(record.iterator));
            self.set(vm, NEXT, record.next);
            let target = construct_for(vm, arguments.this(), None)?;
            self.set(vm, TARGET, Value::cell(target));
        } else {
            let source = vm.to_object(items)?;
            let length = vm.length_of_array_like(source)?;
            self.set(vm, SOURCE, Value::cell(source));
            self.set(vm, NEXT, Value::EMPTY);
            self.set(vm, LENGTH, Value::number(length));
            let target = construct_for(vm, arguments.this(), Some(length))?;
            self.set(vm, TARGET, Value::cell(target));
        }
        self.go_on(vm)
    }

    /// Asks for the next element.
    fn go_on(self, vm: &mut Vm) -> Completion<()> {
        let next = self.get(NEXT);
        if !next.is_empty() {
            let result = vm.call(next, self.get(SOURCE), &[])?;
            return self.wait(vm, result, Awaited::Result);
        }
        let index = self.number(INDEX);
        if index >= self.number(LENGTH) {
            return self.finish(vm);
        }
        let source = self.object(vm, SOURCE)?;
        let element = vm.get_index(source, index)?;
        self.wait(vm, element, Awaited::Element)
    }

    /// Goes on when a value is settled.
    fn wait(self, vm: &mut Vm, value: Value, awaited: Awaited) -> Completion<()> {
        let promise = match vm.promise_resolve(value) {
            Ok(promise) => promise,
            Err(throw) => return self.advance(vm, awaited, Err(throw)),
        };
        self.set(vm, AWAITED, Value::int(awaited as i32));
        let captured = [Value::cell(self.0)];
        let fulfilled = vm.new_native_closure(
            "",
            1,
            |vm, arguments| Ok(Self::settled(vm, arguments, |_, value| Ok(value))),
            &captured,
        );
        let rejected = vm.new_native_closure(
            "",
            1,
            |vm, arguments| Ok(Self::settled(vm, arguments, |vm, value| Err(vm.throw(value)))),
            &captured,
        );
        let handlers = [Value::cell(fulfilled), Value::cell(rejected)];
        vm.perform_promise_then(promise, handlers[0], handlers[1], Target::None);
        Ok(())
    }

    /// What has been awaited is settled.
    fn settled(
        vm: &mut Vm,
        arguments: Arguments<'_>,
        outcome: fn(&mut Vm, Value) -> Completion,
    ) -> Value {
        let variables = arguments.captured().variables()[0].get().downcast();
        if let Some(filling) = variables.map(Self) {
            let awaited = match filling.get(AWAITED).as_int() {
                Some(0) => Awaited::Result,
                Some(1) => Awaited::Element,
                Some(2) => Awaited::Mapped,
                _ => Awaited::Closing,
            };
            let outcome = outcome(vm, arguments.get(0));
            let outcome = filling.advance(vm, awaited, outcome);
            filling.reject_if_thrown(vm, outcome);
        }
        Value::UNDEFINED
    }

    fn advance(self, vm: &mut Vm, awaited: Awaited, outcome: Completion) -> Completion<()> {
        match awaited {
            Awaited::Result => {
                let result = outcome?;
                match vm.iterator_value(result)? {
                    Some(value) => self.element(vm, value),
                    None => self.finish(vm),
                }
            }
            Awaited::Element => {
                let value = outcome?;
                self.element(vm, value)
            }
            Awaited::Mapped => match outcome {
                Ok(value) => self.define(vm, value),
                Err(throw) => self.close(vm, throw),
            },
            Awaited::Closing => {
                if outcome.is_err() {
                    vm.take_exception();
                }
                let exception = self.get(EXCEPTION);
                self.reject(vm, exception);
                Ok(())
            }
        }
    }

    /// Has an element mapped, if that is wanted.
    fn element(self, vm: &mut Vm, value: Value) -> Completion<()> {
        let mapper = self.get(MAPPER);
        if mapper.is_undefined() {
            return self.define(vm, value);
        }
        match vm.call(mapper, self.get(THIS), &[value, self.get(INDEX)]) {
            Ok(mapped) => self.wait(vm, mapped, Awaited::Mapped),
            Err(throw) => self.close(vm, throw),
        }
    }

    fn define(self, vm: &mut Vm, value: Value) -> Completion<()> {
        let (target, index) = (self.object(vm, TARGET)?, self.number(INDEX));
        if let Err(throw) = vm.define_index(target, index, value) {
            return self.close(vm, throw);
        }
        self.set(vm, INDEX, Value::number(index + 1.0));
        self.go_on(vm)
    }

    fn finish(self, vm: &mut Vm) -> Completion<()> {
        let target = self.object(vm, TARGET)?;
        vm.set_length(target, self.number(INDEX))?;
        if let Some(promise) = self.get(PROMISE).downcast::<Promise>() {
            vm.resolve_promise(promise, Value::cell(target));
        }
        Ok(())
    }

    /// `AsyncIteratorClose` (§7.4.13) for an exception, which goes on whatever `return`
    /// does.
    fn close(self, vm: &mut Vm, throw: Throw) -> Completion<()> {
        if self.get(NEXT).is_empty() {
            return Err(throw);
        }
        let exception = vm.take_exception();
        self.set(vm, EXCEPTION, exception);
        let iterator = self.get(SOURCE);
        let closed = vm
            .get_method(iterator, vm.memory.keys().return_)
            .and_then(|method| method.map(|method| vm.call(method, iterator, &[])).transpose());
        match closed {
            Ok(Some(result)) => self.wait(vm, result, Awaited::Closing),
            Ok(None) => Err(vm.throw(exception)),
            Err(_) => {
                vm.take_exception();
                Err(vm.throw(exception))
            }
        }
    }
}
