//! Sorting (ECMA-262 §23.1.3.30, §23.1.3.34): a stable merge of runs.
//!
//! The values are taken out of the array first, so that nothing a comparator does to the
//! array can get in the way, and put back at the end.

use std::cmp::Ordering;

use super::super::{Entry, function};
use super::receiver;
use crate::heap::{Gc, RootedVec};
use crate::object::Object;
use crate::operators::{is_callable, to_number, to_string};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

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
    sort_values(vm, &mut values, comparator)?;
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
    sort_values(vm, &mut values, comparator)?;
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

pub(in crate::builtins) fn sort_values(
    vm: &mut Vm,
    values: &mut RootedVec<Value>,
    comparator: Option<Value>,
) -> Completion<()> {
    if let Some(comparator) = comparator {
        let comparator = vm.callback(comparator);
        return merge_sort(vm, values, |vm, one, other| {
            let order = vm.call_back(&comparator, Value::UNDEFINED, [one, other])?;
            let order = match order.as_number() {
                Some(order) => order,
                None => to_number(vm, order)?,
            };
            Ok(order.partial_cmp(&0.0).unwrap_or(Ordering::Equal))
        });
    }
    if values.as_slice().iter().all(|value| value.downcast::<JsString>().is_some()) {
        return merge_sort(vm, values, |vm, one, other| Ok(compare_strings(vm, one, other)));
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
    merge_sort(vm, &mut order, |vm, one, other| Ok(compare_strings(vm, text(one), text(other))))?;
    let mut sorted = vm.memory.rooted_vec::<Value>();
    for at in 0..count {
        let index = order.get(at).and_then(Value::as_number).unwrap_or(0.0) as usize;
        sorted.push(values.get(index).unwrap_or(Value::UNDEFINED));
    }
    *values = sorted;
    Ok(())
}

/// The order of two strings by their units.
fn compare_strings(vm: &Vm, one: Value, other: Value) -> Ordering {
    match (one.downcast::<JsString>(), other.downcast::<JsString>()) {
        (Some(one), Some(other)) => {
            one.units(&vm.memory).iter().cmp(other.units(&vm.memory).iter())
        }
        _ => Ordering::Equal,
    }
}

/// Sorts: stable, whatever the order says, and with no more than n log n questions.
fn merge_sort(
    vm: &mut Vm,
    values: &mut RootedVec<Value>,
    mut order: impl FnMut(&mut Vm, Value, Value) -> Completion<Ordering>,
) -> Completion<()> {
    /// Runs of this length are made by insertion.
    const RUN: usize = 8;
    let count = values.len();
    let get = |list: &RootedVec<Value>, index: usize| list.get(index).unwrap_or(Value::UNDEFINED);
    for start in (0..count).step_by(RUN) {
        vm.heed_interrupt()?;
        for at in start + 1..(start + RUN).min(count) {
            let value = get(values, at);
            let mut place = at;
            while place > start {
                let before = get(values, place - 1);
                if order(vm, before, value)? != Ordering::Greater {
                    break;
                }
                values.set(place, before);
                place -= 1;
            }
            values.set(place, value);
        }
    }
    let mut merged = vm.memory.rooted_vec::<Value>();
    for index in 0..count {
        merged.push(get(values, index));
    }
    let mut width = RUN;
    while width < count {
        for start in (0..count).step_by(width * 2) {
            let (middle, end) = ((start + width).min(count), (start + width * 2).min(count));
            let (mut left, mut right) = (start, middle);
            for to in start..end {
                vm.heed_interrupt()?;
                let takes_left = left < middle
                    && (right >= end
                        || order(vm, get(values, left), get(values, right))? != Ordering::Greater);
                let from = if takes_left { &mut left } else { &mut right };
                merged.set(to, get(values, *from));
                *from += 1;
            }
        }
        std::mem::swap(values, &mut merged);
        width *= 2;
    }
    Ok(())
}
