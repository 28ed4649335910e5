//! Groups of what an iterable gives (ECMA-262 §7.3.35): `Object.groupBy` and `Map.groupBy`.

use std::ops::ControlFlow;

use crate::heap::Gc;
use crate::object::Array;
use crate::operators::is_callable;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

/// `GroupBy` (§7.3.35): each element is appended to the group of the key that the callback
/// gives for it; `group` finds that, or makes it.
///
/// # Errors
/// A `TypeError` if there is nothing to iterate over or no callback; what iterating, the
/// callback and `group` throw.
pub(super) fn group_by(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    mut group: impl FnMut(&mut Vm, Value) -> Completion<Gc<Array>>,
) -> Completion<()> {
    let [items, function] = [0, 1].map(|index| arguments.get(index));
    if items.is_nullish() {
        return Err(vm.throw_type_error(&format!("{method} called on null or undefined")));
    }
    if !is_callable(function) {
        let text = vm.display(function);
        return Err(vm.throw_type_error(&format!("{text} is not a function")));
    }
    let record = vm.get_iterator(items)?;
    let mut index = 0.0;
    vm.iterate_record(record, |vm, item| {
        let key = vm.call(function, Value::UNDEFINED, &[item, Value::number(index)])?;
        index += 1.0;
        let group = group(vm, key)?;
        group.push(&vm.memory, item);
        Ok(ControlFlow::Continue(()))
    })
}
