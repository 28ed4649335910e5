//! Iterator helpers: iterators that pass on what others give, one value at a time.
//! <https://tc39.es/ecma262/#sec-iterator-helper-objects>
//!
//! The specification writes them as generators. Here they are small machines with the
//! states of generators, which native code can step without result objects.

use super::{Strings, iterator_flattenable};
use crate::builtins::{Entry, add_entries, define_tag, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Array, HelperKind, HelperState, IteratorHelper};
use crate::operators::{as_object, to_boolean};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm};

const PROTOTYPE: &[Entry] = &[function("next", 0, next), function("return", 0, return_)];

pub(super) fn install(vm: &mut Vm) {
    let prototype = vm.realm().get(Intrinsic::IteratorHelperPrototype);
    vm.fill_lazily(prototype, |vm, prototype| {
        add_entries(vm, prototype, PROTOTYPE);
        define_tag(vm, prototype, "Iterator Helper");
        vm.note_next(prototype, Intrinsic::IteratorHelperNext);
    });
}

fn receiver(vm: &mut Vm, this: Value, method: &str) -> Completion<Gc<IteratorHelper>> {
    let Some(helper) = this.downcast::<IteratorHelper>() else {
        let text = vm.display(this);
        return Err(vm.throw_type_error(&format!(
            "Method Iterator Helper.prototype.{method} called on incompatible receiver {text}"
        )));
    };
    if helper.state.get() == HelperState::Running {
        return Err(vm.throw_type_error("Generator is already running"));
    }
    Ok(helper)
}

/// `%IteratorHelperPrototype%.next` (§27.1.2.1.1)
fn next(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let helper = receiver(vm, arguments.this(), "next")?;
    let value = vm.step_helper(helper)?;
    Ok(vm.create_iterator_result(value.unwrap_or(Value::UNDEFINED), value.is_none()))
}

/// `%IteratorHelperPrototype%.return` (§27.1.2.1.2)
fn return_(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let helper = receiver(vm, arguments.this(), "return")?;
    let state = helper.state.get();
    if state == HelperState::Start {
        helper.state.set(HelperState::Finished);
        close_outer(vm, helper)?;
    } else if state == HelperState::Suspended {
        helper.state.set(HelperState::Running);
        let closed = close(vm, helper);
        helper.state.set(HelperState::Finished);
        closed?;
    }
    Ok(vm.create_iterator_result(Value::UNDEFINED, true))
}

/// Closes the iterators that a helper takes values from, the inner one first.
fn close(vm: &mut Vm, helper: Gc<IteratorHelper>) -> Completion<()> {
    vm.check_native_stack()?;
    if let Some(inner) = helper.inner().and_then(|(inner, _)| as_object(inner))
        && let Err(throw) = vm.iterator_close(inner)
    {
        return Err(close_throwing(vm, helper, throw));
    }
    close_outer(vm, helper)
}

fn close_outer(vm: &mut Vm, helper: Gc<IteratorHelper>) -> Completion<()> {
    vm.check_native_stack()?;
    match as_object(helper.outer().0) {
        Some(iterator) => vm.iterator_close(iterator),
        None => Ok(()),
    }
}

/// `IfAbruptCloseIterator` (§7.4.13)
fn close_throwing(vm: &mut Vm, helper: Gc<IteratorHelper>, throw: Throw) -> Throw {
    match as_object(helper.outer().0) {
        Some(iterator) => vm.iterator_close_throwing(iterator, throw),
        None => throw,
    }
}

/// What a helper's function makes of a value; an exception closes the iterator.
fn call(vm: &mut Vm, helper: Gc<IteratorHelper>, value: Value) -> Completion {
    let counter = helper.counter.get();
    helper.counter.set(counter + 1.0);
    vm.call(helper.function, Value::UNDEFINED, &[value, Value::number(counter)])
        .map_err(|throw| close_throwing(vm, helper, throw))
}

impl Vm {
    /// A helper of a kind, with the iterator that it takes values from, its function and
    /// its counter.
    pub(super) fn new_iterator_helper(
        &self,
        kind: HelperKind,
        outer: (Value, Value),
        function: Value,
        counter: f64,
    ) -> Value {
        let prototype = self.realm().get(Intrinsic::IteratorHelperPrototype);
        let shape = self.shape_for_prototype(Some(prototype), kinds::ITERATOR_HELPER, 0);
        let helper = Gc::<IteratorHelper>::new(&self.memory, shape, kind, outer, function, counter);
        Value::cell(helper.as_object())
    }

    /// The next value of a helper that is not at work; none at the end.
    pub(crate) fn step_helper(&mut self, helper: Gc<IteratorHelper>) -> Completion<Option<Value>> {
        if helper.state.get() == HelperState::Finished {
            return Ok(None);
        }
        // Helpers may stand behind each other as deep as a program likes.
        self.check_native_stack()?;
        helper.state.set(HelperState::Running);
        let value = self.advance_helper(helper);
        let is_value = matches!(value, Ok(Some(_)));
        helper.state.set(if is_value { HelperState::Suspended } else { HelperState::Finished });
        value
    }

    fn advance_helper(&mut self, helper: Gc<IteratorHelper>) -> Completion<Option<Value>> {
        let outer = helper.outer();
        match helper.kind {
            HelperKind::Map => match self.step_iterator(outer)? {
                Some(value) => call(self, helper, value).map(Some),
                None => Ok(None),
            },
            HelperKind::Filter => {
                while let Some(value) = self.step_iterator(outer)? {
                    if to_boolean(call(self, helper, value)?) {
                        return Ok(Some(value));
                    }
                }
                Ok(None)
            }
            HelperKind::Take => {
                let remaining = helper.counter.get();
                if remaining == 0.0 {
                    close_outer(self, helper)?;
                    return Ok(None);
                }
                helper.counter.set(remaining - 1.0);
                self.step_iterator(outer)
            }
            HelperKind::Drop => {
                while helper.counter.get() > 0.0 {
                    helper.counter.set(helper.counter.get() - 1.0);
                    if !self.skip_value(outer)? {
                        return Ok(None);
                    }
                }
                self.step_iterator(outer)
            }
            HelperKind::FlatMap => self.advance_flat_map(helper),
            HelperKind::Concat => self.advance_concat(helper),
        }
    }

    fn advance_flat_map(&mut self, helper: Gc<IteratorHelper>) -> Completion<Option<Value>> {
        loop {
            let Some(inner) = helper.inner() else {
                let Some(value) = self.step_iterator(helper.outer())? else { return Ok(None) };
                let mapped = call(self, helper, value)?;
                let method = "prototype.flatMap";
                let inner = iterator_flattenable(self, mapped, Strings::Reject, method)
                    .map_err(|throw| close_throwing(self, helper, throw))?;
                helper.set_inner(&self.memory, Some(inner));
                continue;
            };
            match self.step_iterator(inner) {
                Ok(None) => helper.set_inner(&self.memory, None),
                Ok(value) => return Ok(value),
                Err(throw) => return Err(close_throwing(self, helper, throw)),
            }
        }
    }

    fn advance_concat(&mut self, helper: Gc<IteratorHelper>) -> Completion<Option<Value>> {
        loop {
            if let Some(inner) = helper.inner() {
                if let Some(value) = self.step_iterator(inner)? {
                    return Ok(Some(value));
                }
                helper.set_inner(&self.memory, None);
            }
            let index = helper.counter.get() as u32;
            let list = helper.function.downcast::<Array>();
            let Some(list) = list.filter(|list| index < list.length.get()) else {
                return Ok(None);
            };
            helper.counter.set(f64::from(index + 2));
            let list = list.as_object();
            let iterable = list.element(index);
            let iterator = self.call(list.element(index + 1), iterable, &[])?;
            let Some(iterator) = as_object(iterator) else {
                let text = self.display(iterator);
                return Err(self.throw_type_error(&format!("{text} is not iterable")));
            };
            let record = self.get_iterator_direct(iterator)?;
            helper.set_inner(&self.memory, Some((Value::cell(record.iterator), record.next)));
        }
    }
}
