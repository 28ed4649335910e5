//! What `using` declarations dispose of (ECMA-262 §9.5).

use super::{Completion, Vm, WellKnown};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Array, Attributes, Object};
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::value::Value;

/// How many elements of a list a resource takes: value, method, whether it is
/// asynchronous.
const RESOURCE: u32 = 3;

impl Vm {
    /// `AddDisposableResource` (§9.5.3): value and method, in a list that no program gets
    /// to see.
    pub(super) fn add_resource(
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
                let text = self.display(value);
                let message = format!("{text} is not an object");
                return Err(self.throw_type_error(&message));
            }
            self.dispose_method(value, is_async)?
        };
        for element in [value, method, Value::bool(is_async)] {
            list.push(&self.memory, element);
        }
        Ok(())
    }

    /// `GetDisposeMethod` (§9.5.4.1)
    fn dispose_method(&mut self, value: Value, is_async: bool) -> Completion {
        let (dispose, async_dispose) =
            (self.well_known_key(WellKnown::Dispose), self.well_known_key(WellKnown::AsyncDispose));
        if is_async && let Some(method) = self.get_method(value, async_dispose)? {
            return Ok(method);
        }
        let Some(method) = self.get_method(value, dispose)? else {
            let name = if is_async { "Symbol.asyncDispose" } else { "Symbol.dispose" };
            return Err(self.throw_type_error(&format!("Symbol({name}) is not a function")));
        };
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

    /// A `SuppressedError` (§20.5.10) for an exception that comes on top of another.
    pub(crate) fn new_suppressed_error(&mut self, error: Value, suppressed: Value) -> Value {
        let prototype = self.realm().get(Intrinsic::SuppressedErrorPrototype);
        let shape = self.shape_for_prototype(Some(prototype), kinds::ERROR, 4);
        let object = Gc::<Object>::ordinary(&self.memory, shape);
        let memory = &self.memory;
        for (name, value) in [("error", error), ("suppressed", suppressed)] {
            object.add_property(memory, memory.key(name), value, Attributes::METHOD);
        }
        Value::cell(object)
    }
}

/// The last resource of a list, which it leaves: value, method, whether it is
/// asynchronous. The method is `EMPTY` if there is none left.
pub(super) fn next_resource(list: Gc<Array>) -> [Value; 3] {
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
