//! Sorting (ECMA-262 §23.1.3.30, §23.1.3.34).
//!
//! The values are taken out of the array first, so that nothing a comparator does to the
//! array can get in the way, and put back at the end.

use super::super::{Entry, function};
use super::{receiver, timsort};
use crate::heap::{Gc, RootedVec};
use crate::object::Object;
use crate::operators::{is_callable, to_number, to_string};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Callback, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] =
    &[function("sort", 1, sort), function("toSorted", 1, to_sorted)];

/// The comparator of a method: none is the order of strings.
pub(in crate::builtins) fn comparator(vm: &mut Vm, value: Value) -> Completion<Option<Value>> {
    if value.is_undefined() {
        return Ok(None);
    }
    if is_callable(value) {
        return Ok(Some(value));
    }
    let text = vm.display(value);
    Err(vm.throw_type_error(&format!(
        "The comparison function must be either a function or undefined: {text}"
    )))
}

/// `sort` (§23.1.3.30)
fn sort(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let comparator = comparator(vm, arguments.get(0))?;
    let (object, length) = receiver(vm, arguments, "sort")?;
    let (mut values, undefined) = collect(vm, object, length, false)?;
    let found = values.len() as f64 + undefined;
    sort_values(vm, &mut values, comparator, Few::Inserted)?;
    let mut index = 0.0;
    for at in 0..values.len() {
        let value = values.get(at).unwrap_or(Value::UNDEFINED);
        vm.set_index(object, index, value)?;
        index += 1.0;
    }
    while index < found {
        vm.set_index(object, index, Value::UNDEFINED)?;
        index += 1.0;
    }
    while index < length {
        vm.delete_index(object, index)?;
        index += 1.0;
    }
    Ok(Value::cell(object))
}

/// `toSorted` (§23.1.3.34)
fn to_sorted(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let comparator = comparator(vm, arguments.get(0))?;
    let (object, length) = receiver(vm, arguments, "toSorted")?;
    let target = vm.array_create(length)?;
    let (mut values, undefined) = collect(vm, object, length, true)?;
    sort_values(vm, &mut values, comparator, Few::Merged)?;
    let count = values.len();
    for at in 0..count {
        let value = values.get(at).unwrap_or(Value::UNDEFINED);
        vm.define_index(target, at as f64, value)?;
    }
    let mut index = count as f64;
    while index < count as f64 + undefined {
        vm.define_index(target, index, Value::UNDEFINED)?;
        index += 1.0;
    }
    Ok(Value::cell(target))
}

/// `SortIndexedProperties` (§23.1.3.30.1), up to the sorting: the values that are not
/// `undefined`, and the number of those that are. Holes count only with `read_holes`.
fn collect(
    vm: &mut Vm,
    object: Gc<Object>,
    length: f64,
    read_holes: bool,
) -> Completion<(RootedVec<Value>, f64)> {
    let mut values = vm.memory.rooted_vec();
    let (mut undefined, mut index) = (0.0, 0.0);
    while index < length {
        let value = match vm.find_index(object, index)? {
            None if read_holes => Some(Value::UNDEFINED),
            value => value,
        };
        match value {
            Some(value) if value.is_undefined() => undefined += 1.0,
            Some(value) => values.push(value),
            None => {}
        }
        index += 1.0;
    }
    Ok((values, undefined))
}

/// How a few values are sorted: V8 looks for no runs among them in `sort`, but does in
/// `toSorted`, which comparators can tell.
#[derive(Clone, Copy)]
enum Few {
    Inserted,
    Merged,
}

impl Few {
    /// From so many on, values are not few.
    const LIMIT: usize = 8;
}

fn sort_values(
    vm: &mut Vm,
    values: &mut RootedVec<Value>,
    comparator: Option<Value>,
    few: Few,
) -> Completion<()> {
    if let Some(comparator) = comparator {
        let comparator = vm.callback(comparator);
        let less = |vm: &mut Vm, one, other| Ok(compare_by(vm, &comparator, one, other)? < 0.0);
        return match few {
            Few::Inserted if values.len() < Few::LIMIT => timsort::insert(vm, values, less),
            _ => timsort::sort(vm, values, less),
        };
    }
    if values.as_slice().iter().all(|value| value.downcast::<JsString>().is_some()) {
        return timsort::sort(vm, values, is_less);
    }
    // Each is converted once: pairs of a string and its value are sorted.
    let count = values.len();
    let mut texts = vm.memory.rooted_vec::<Value>();
    for index in 0..count {
        vm.heed_interrupt()?;
        let value = values.get(index).unwrap_or(Value::UNDEFINED);
        let text = Value::cell(to_string(vm, value)?);
        texts.push(text);
    }
    let mut order = vm.memory.rooted_vec::<Value>();
    for index in 0..count {
        order.push(Value::number(index as f64));
    }
    let text = |index: Value| {
        let index = index.as_number().unwrap_or(0.0) as usize;
        texts.get(index).unwrap_or(Value::UNDEFINED)
    };
    timsort::sort(vm, &mut order, |vm, one, other| is_less(vm, text(one), text(other)))?;
    let mut sorted = vm.memory.rooted_vec::<Value>();
    for at in 0..count {
        let index = order.get(at).and_then(Value::as_number).unwrap_or(0.0) as usize;
        sorted.push(values.get(index).unwrap_or(Value::UNDEFINED));
    }
    *values = sorted;
    Ok(())
}

/// What a comparator says of two values; NaN is as good as zero.
pub(in crate::builtins) fn compare_by(
    vm: &mut Vm,
    comparator: &Callback,
    one: Value,
    other: Value,
) -> Completion<f64> {
    let order = vm.call_back(comparator, Value::UNDEFINED, [one, other])?;
    match order.as_number() {
        Some(order) => Ok(order),
        None => to_number(vm, order),
    }
}

/// Whether a string comes before another one by its units.
fn is_less(vm: &mut Vm, one: Value, other: Value) -> Completion<bool> {
    vm.heed_interrupt()?;
    Ok(match (one.downcast::<JsString>(), other.downcast::<JsString>()) {
        (Some(one), Some(other)) => one.units(&vm.memory).iter().lt(other.units(&vm.memory).iter()),
        _ => false,
    })
}
