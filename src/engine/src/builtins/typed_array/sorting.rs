//! Sorting (ECMA-262 §23.2.3.29, §23.2.3.34).

use std::cmp::Ordering;

use super::super::array::sorting::{comparator, sort_values};
use super::super::{Entry, function};
use super::construction::create_same_type;
use super::{element, receiver};
use crate::heap::Gc;
use crate::object::{ElementType, TypedArray};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] =
    &[function("sort", 1, sort), function("toSorted", 1, to_sorted)];

/// `sort` (§23.2.3.29)
fn sort(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let comparator = comparator(vm, arguments.get(0))?;
    let (array, length) = receiver(vm, arguments, "sort")?;
    sort_into(vm, array, array, length, comparator)?;
    Ok(Value::cell(array))
}

/// `toSorted` (§23.2.3.34)
fn to_sorted(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let comparator = comparator(vm, arguments.get(0))?;
    let (array, length) = receiver(vm, arguments, "toSorted")?;
    let target = create_same_type(vm, array, length)?;
    sort_into(vm, array, target, length, comparator)?;
    Ok(Value::cell(target))
}

/// Sorts the elements of one array into another, or itself.
fn sort_into(
    vm: &mut Vm,
    array: Gc<TypedArray>,
    target: Gc<TypedArray>,
    length: usize,
    comparator: Option<Value>,
) -> Completion<()> {
    let element_type = array.element;
    if comparator.is_none() {
        let mut bits: Vec<u64> = (0..length).filter_map(|index| array.bits_at(index)).collect();
        bits.sort_unstable_by(|one, other| compare(element_type, *one, *other));
        for (index, bits) in bits.into_iter().enumerate() {
            target.set_bits(index, bits);
        }
        return Ok(());
    }
    let mut values = vm.memory.rooted_vec::<Value>();
    for index in 0..length {
        values.push(element(vm, array, index));
    }
    sort_values(vm, &mut values, comparator)?;
    for index in 0..length {
        let value = values.get(index).unwrap_or(Value::UNDEFINED);
        let bits = vm.element_bits(element_type, value)?;
        target.set_bits(index, bits);
    }
    Ok(())
}

/// `CompareTypedArrayElements` (§23.2.4.7) without a comparator: −0 comes before 0, and
/// NaN last.
fn compare(element: ElementType, one: u64, other: u64) -> Ordering {
    match element {
        ElementType::BigInt64 => (one as i64).cmp(&(other as i64)),
        ElementType::BigUint64 => one.cmp(&other),
        _ => {
            let (one, other) = (element.to_number(one), element.to_number(other));
            match (one.is_nan(), other.is_nan()) {
                (false, false) => one.total_cmp(&other),
                (one, other) => one.cmp(&other),
            }
        }
    }
}
