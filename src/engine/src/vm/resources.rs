//! What `using` declarations dispose of (ECMA-262 §9.5).

use super::stack_trace::Skip;
use super::{Completion, Vm, WellKnown};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Array, Attributes, Object};
use crate::operators::{as_object, is_callable};
use crate::realm::Intrinsic;
use crate::value::Value;

/// How many elements of a list a resource takes: value, method, whether it is
/// asynchronous.
const RESOURCE: u32 = 3;

impl Vm {
    /// `AddDisposableResource` (§9.5.3): value and method, in a list that no program gets
    /// to see.
    pub(crate) fn add_resource(
        &mut self,
        list: Gc<Array>,
        value: Value,
        is_async: bool,
    ) -> Completion<()> {
        let method = if value.is_nullish() {
            if !is_async {
                return Ok(());
            }
            Value::UNDEFINED
        } else {
            if as_object(value).is_none() {
                let message = "An object is expected with `using` declarations";
                return Err(self.throw_type_error(message));
            }
            self.dispose_method(value, is_async)?
        };
        for element in [value, method, Value::bool(is_async)] {
            list.push(&self.memory, element);
        }
        Ok(())
    }

    /// Adds a function that is called as a resource is disposed of.
    pub(crate) fn add_deferred(&self, list: Gc<Array>, function: Value, is_async: bool) {
        for element in [Value::UNDEFINED, function, Value::bool(is_async)] {
            list.push(&self.memory, element);
        }
    }

    /// `DisposeResources` (§9.5.5) of resources that are not asynchronous.
    ///
    /// # Errors
    /// What the methods throw.
    pub(crate) fn dispose_resources(&mut self, list: Gc<Array>) -> Completion<()> {
        let mut exception = Value::EMPTY;
        loop {
            let [value, method, _] = next_resource(list);
            if method.is_empty() {
                break;
            }
            if self.call(method, value, &[]).is_err() {
                let error = self.take_exception();
                exception = if exception.is_empty() {
                    error
                } else {
                    self.new_suppressed_error(error, exception)
                };
            }
        }
        if exception.is_empty() { Ok(()) } else { Err(self.throw(exception)) }
    }

    /// `GetDisposeMethod` (§9.5.4.1)
    fn dispose_method(&mut self, value: Value, is_async: bool) -> Completion {
        let (dispose, async_dispose) =
            (self.well_known_key(WellKnown::Dispose), self.well_known_key(WellKnown::AsyncDispose));
        if is_async {
            let method = self.get_of_value(value, async_dispose)?;
            if !method.is_nullish() {
                return self.require_method(method, "Symbol.asyncDispose");
            }
        }
        let method = self.get_of_value(value, dispose)?;
        let method = self.require_method(method, "Symbol.dispose")?;
        if !is_async {
            return Ok(method);
        }
        // What the method gives is of no interest; what it throws comes with a promise.
        let wrapper = self.new_native_closure(
            "",
            0,
            |vm, arguments| {
                let method = arguments.captured().variables()[0].get();
                let promise = vm.new_promise();
                match vm.call(method, arguments.this(), &[]) {
                    Ok(_) => vm.resolve_promise(promise, Value::UNDEFINED),
                    Err(_) => {
                        let reason = vm.take_exception();
                        vm.reject_promise(promise, reason);
                    }
                }
                Ok(Value::cell(promise))
            },
            &[method],
        );
        Ok(Value::cell(wrapper))
    }

    fn require_method(&mut self, method: Value, symbol: &str) -> Completion {
        if is_callable(method) {
            return Ok(method);
        }
        Err(self.throw_type_error(&format!("Symbol({symbol}) is not a function")))
    }

    /// A `SuppressedError` (§20.5.10) for an exception that comes on top of another.
    pub(crate) fn new_suppressed_error(&mut self, error: Value, suppressed: Value) -> Value {
        let prototype = self.realm().get(Intrinsic::SuppressedErrorPrototype);
        let shape = self.shape_for_prototype(Some(prototype), kinds::ERROR, 4);
        let object = Gc::<Object>::ordinary(&self.memory, shape);
        self.install_stack(object, Skip::Nothing);
        let memory = &self.memory;
        let message = Value::cell(memory.intern_str("An error was suppressed during disposal"));
        for (name, value) in [("message", message), ("error", error), ("suppressed", suppressed)] {
            object.add_property(memory, memory.key(name), value, Attributes::METHOD);
        }
        Value::cell(object)
    }
}

/// The last resource of a list, which it leaves: value, method, whether it is
/// asynchronous. The method is `EMPTY` if there is none left.
pub(crate) fn next_resource(list: Gc<Array>) -> [Value; 3] {
    let Some(first) = list.length.get().checked_sub(RESOURCE) else {
        return [Value::UNDEFINED, Value::EMPTY, Value::FALSE];
    };
    let resource = [0, 1, 2].map(|offset| list.as_object().element(first + offset));
    list.length.set(first);
    if let Some(elements) = list.as_object().elements() {
        elements.set_length(first);
    }
    resource
}
