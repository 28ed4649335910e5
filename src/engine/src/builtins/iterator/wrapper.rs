//! Wrappers around iterators that do not inherit from `Iterator.prototype`.
//! <https://tc39.es/ecma262/#sec-%wrapforvaliditeratorprototype%-object>

use crate::builtins::{Entry, add_entries, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::IteratorWrapper;
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

const PROTOTYPE: &[Entry] = &[function("next", 0, next), function("return", 0, return_)];

pub(super) fn install(vm: &mut Vm) {
    let prototype = vm.realm().get(Intrinsic::WrapForValidIteratorPrototype);
    vm.fill_lazily(prototype, |vm, prototype| add_entries(vm, prototype, PROTOTYPE));
}

/// A wrapper around an iterator.
pub(super) fn wrap(vm: &Vm, iterator: Value, next: Value) -> Value {
    let prototype = vm.realm().get(Intrinsic::WrapForValidIteratorPrototype);
    let shape = vm.shape_for_prototype(Some(prototype), kinds::ITERATOR_WRAPPER, 0);
    Value::cell(Gc::<IteratorWrapper>::new(&vm.memory, shape, iterator, next).as_object())
}

fn receiver(vm: &mut Vm, this: Value, method: &str) -> Completion<Gc<IteratorWrapper>> {
    match this.downcast() {
        Some(wrapper) => Ok(wrapper),
        None => {
            let text = vm.display(this);
            Err(vm.throw_type_error(&format!(
                "Method %WrapForValidIteratorPrototype%.{method} called on incompatible receiver {text}"
            )))
        }
    }
}

/// `next` (§27.1.3.2.2.1.1)
fn next(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let wrapper = receiver(vm, arguments.this(), "next")?;
    vm.call(wrapper.next, wrapper.iterator, &[])
}

/// `return` (§27.1.3.2.2.1.2)
fn return_(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let wrapper = receiver(vm, arguments.this(), "return")?;
    match vm.get_method(wrapper.iterator, vm.memory.keys().return_)? {
        Some(method) => vm.call(method, wrapper.iterator, &[]),
        None => Ok(vm.create_iterator_result(Value::UNDEFINED, true)),
    }
}
