//! Sorting (ECMA-262 §23.1.3.30, §23.1.3.34).
//!
//! The values are taken out of the array first, so that nothing a comparator does to the
//! array can get in the way, and put back at the end.

use std::cmp::Ordering;

use super::super::{Entry, function};
use super::{dense_elements, receiver, timsort};
use crate::heap::{Gc, RootedVec};
use crate::object::{Array, Elements, MOST_VALUES, Object};
use crate::operators::{is_callable, to_number, to_string};
use crate::string::{JsString, Units};
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
    if let Some((_, elements)) = without_holes(object, values.len()) {
        for (to, value) in elements.as_cells().iter().zip(values.as_slice()) {
            to.set(*value);
        }
        vm.memory.write_barrier_all(elements);
        index = values.len() as f64;
    }
    while index < values.len() as f64 {
        let value = values.get(index as usize).unwrap_or(Value::UNDEFINED);
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
    let mut index = 0.0;
    if count < MOST_VALUES as usize && count > 0 {
        let elements = Gc::<Elements>::from_values(&vm.memory, values.as_slice());
        target.set_elements(&vm.memory, Some(elements));
        index = count as f64;
    }
    while index < count as f64 + undefined {
        let value = values.get(index as usize).unwrap_or(Value::UNDEFINED);
        vm.define_index(target, index, value)?;
        index += 1.0;
    }
    Ok(Value::cell(target))
}

/// The elements of an array, if at least so many are there and none of those is a hole.
fn without_holes(object: Gc<Object>, count: usize) -> Option<(Gc<Array>, Gc<Elements>)> {
    let (array, elements) = dense_elements(object)?;
    let first = elements.as_cells().get(..count)?;
    first.iter().all(|value| !value.get().is_empty()).then_some((array, elements))
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
    if let Some((_, elements)) = without_holes(object, length as usize) {
        for value in &elements.as_cells()[..length as usize] {
            match value.get() {
                value if value.is_undefined() => undefined += 1.0,
                value => values.push(value),
            }
        }
        return Ok((values, undefined));
    }
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
    let mut texts = vm.memory.rooted_vec::<Value>();
    for index in 0..values.len() {
        vm.heed_interrupt()?;
        let value = values.get(index).unwrap_or(Value::UNDEFINED);
        let text = Value::cell(to_string(vm, value)?);
        texts.push(text);
    }
    let order = order_of_texts(vm, &texts)?;
    let mut sorted = vm.memory.rooted_vec::<Value>();
    for index in order {
        sorted.push(values.get(index as usize).unwrap_or(Value::UNDEFINED));
    }
    *values = sorted;
    Ok(())
}

/// The numbers of some strings in their order. They are sorted by their first units, which
/// make a word; only where those are the same the strings themselves are asked.
fn order_of_texts(vm: &mut Vm, texts: &RootedVec<Value>) -> Completion<Vec<u32>> {
    let text = |index: u32| texts.get(index as usize).and_then(Value::downcast::<JsString>);
    let count = texts.len() as u32;
    let is_latin1 = texts
        .as_slice()
        .iter()
        .all(|text| text.downcast().is_some_and(|text: Gc<JsString>| text.is_latin1()));
    let mut keys = Vec::new();
    if keys.try_reserve_exact(texts.len()).is_err() {
        return Err(vm.throw_range_error("Invalid array length"));
    }
    for index in 0..count {
        let Some(text) = text(index) else { continue };
        keys.push((beginning(text.units(&vm.memory), is_latin1), index));
    }
    let keys = sort_in_parts(vm, keys, Ord::cmp)?;
    let mut order = Vec::with_capacity(keys.len());
    for alike in keys.chunk_by(|(one, _), (other, _)| one == other) {
        if let [(_, index)] = alike {
            order.push(*index);
            continue;
        }
        let mut numbers = vm.memory.rooted_vec();
        for (_, index) in alike {
            numbers.push(Value::from(*index));
        }
        timsort::sort(vm, &mut numbers, |vm, one, other| {
            vm.heed_interrupt()?;
            let text = |number: Value| text(number.as_number().unwrap_or(0.0) as u32);
            let (Some(one), Some(other)) = (text(one), text(other)) else { return Ok(false) };
            Ok(one.units(&vm.memory) < other.units(&vm.memory))
        })?;
        order.extend(
            numbers
                .as_slice()
                .iter()
                .filter_map(|number| number.as_number())
                .map(|number| number as u32),
        );
    }
    Ok(order)
}

/// The first units of a string as a word that is less where they come before others: eight
/// of a byte each, or four.
fn beginning(units: Units<'_>, is_latin1: bool) -> u64 {
    let mut bytes = [0; 8];
    match units {
        Units::Latin1(units) if is_latin1 => {
            let count = units.len().min(8);
            bytes[..count].copy_from_slice(&units[..count]);
        }
        _ => {
            for (to, unit) in bytes.chunks_exact_mut(2).zip(units.iter()) {
                to.copy_from_slice(&unit.to_be_bytes());
            }
        }
    }
    u64::from_be_bytes(bytes)
}

/// Sorts parts that take no time to speak of, and merges them: nobody would hear an
/// interrupt while the library sorts everything at once. Items that compare as equal are
/// not to be told apart.
pub(in crate::builtins) fn sort_in_parts<T: Copy>(
    vm: &mut Vm,
    mut items: Vec<T>,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Completion<Vec<T>> {
    const PART: usize = 1 << 18;
    for part in items.chunks_mut(PART) {
        vm.heed_interrupt()?;
        part.sort_unstable_by(&compare);
    }
    let mut width = PART;
    while width < items.len() {
        let mut merged = Vec::new();
        if merged.try_reserve_exact(items.len()).is_err() {
            return Err(vm.throw_range_error("Array buffer allocation failed"));
        }
        for pair in items.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some(one), Some(other)) = (left.first(), right.first()) {
                vm.heed_interrupt()?;
                let takes_left = compare(one, other) != Ordering::Greater;
                let from = if takes_left { &mut left } else { &mut right };
                merged.push(from[0]);
                *from = &from[1..];
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        items = merged;
        width *= 2;
    }
    Ok(items)
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
