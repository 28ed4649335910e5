//! Iterators: those of arrays and strings, the `Iterator` constructor, and the methods
//! that all iterators have. <https://tc39.es/ecma262/#sec-iteration>

mod constructor;
mod helpers;
mod indexed;
mod methods;
mod wrapper;

use crate::heap::Gc;
use crate::object::Object;
use crate::operators::as_object;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm, WellKnown};

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    indexed::install(vm);
    constructor::install(vm, global);
    helpers::install(vm);
    wrapper::install(vm);
}

/// The object that `this` is.
fn receiver(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<Object>> {
    match as_object(arguments.this()) {
        Some(object) => Ok(object),
        None => Err(throw_non_object(vm, method)),
    }
}

/// Throws because a method that is called, or given, something else than an object.
fn throw_non_object(vm: &mut Vm, method: &str) -> Throw {
    vm.throw_type_error(&format!("Iterator.{method} called on non-object"))
}

/// What becomes of strings where an iterator is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strings {
    /// They are iterated over.
    Iterate,
    /// They are refused, as other primitive values are.
    Reject,
}

/// `GetIteratorFlattenable` (§7.4.5): an iterator and its `next`.
fn iterator_flattenable(
    vm: &mut Vm,
    value: Value,
    strings: Strings,
    method: &str,
) -> Completion<(Value, Value)> {
    let is_string = value.downcast::<JsString>().is_some();
    if as_object(value).is_none() && !(is_string && strings == Strings::Iterate) {
        return Err(throw_non_object(vm, method));
    }
    let key = vm.well_known_key(WellKnown::Iterator);
    let iterator = match vm.get_method(value, key)? {
        Some(function) => vm.call(function, value, &[])?,
        None => value,
    };
    let Some(iterator) = as_object(iterator) else {
        let text = vm.display(value);
        return Err(vm.throw_type_error(&format!("{text} is not iterable")));
    };
    let record = vm.get_iterator_direct(iterator)?;
    Ok((Value::cell(record.iterator), record.next))
}
