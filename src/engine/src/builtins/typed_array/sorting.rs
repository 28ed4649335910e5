//! Sorting (ECMA-262 §23.2.3.29, §23.2.3.34).

use std::cmp::Ordering;

use super::super::array::sorting::{comparator, compare_by, sort_in_parts};
use super::super::{Entry, function};
use super::construction::create_same_type;
use super::{element, receiver};
use crate::heap::{Gc, RootedVec};
use crate::object::{ElementType, TypedArray};
use crate::value::Value;
use crate::vm::{Arguments, Callback, Completion, Vm};

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
    let Some(comparator) = comparator else {
        let mut bits = Vec::new();
        if bits.try_reserve_exact(length).is_err() {
            return Err(vm.throw_range_error("Array buffer allocation failed"));
        }
        for index in 0..length {
            vm.heed_interrupt()?;
            bits.extend(array.bits_at(index));
        }
        let bits = sort_bits(vm, bits, element_type)?;
        for (index, bits) in bits.into_iter().enumerate() {
            vm.heed_interrupt()?;
            target.set_bits(index, bits);
        }
        return Ok(());
    };
    let (mut values, mut scratch) = (vm.memory.rooted_vec(), vm.memory.rooted_vec());
    for index in 0..length {
        let value = element(vm, array, index);
        values.push(value);
        scratch.push(value);
    }
    if length > 1 {
        let comparator = vm.callback(comparator);
        merge_sort(vm, &comparator, &mut scratch, &mut values, 0, length)?;
    }
    for index in 0..length {
        let value = values.get(index).unwrap_or(Value::UNDEFINED);
        let bits = vm.element_bits(element_type, value)?;
        target.set_bits(index, bits);
    }
    Ok(())
}

/// Sorts a stretch of one list into another that holds the same: the halves are sorted the
/// other way round, and merged. V8 asks a comparator the same questions.
fn merge_sort(
    vm: &mut Vm,
    comparator: &Callback,
    from: &mut RootedVec<Value>,
    to: &mut RootedVec<Value>,
    start: usize,
    end: usize,
) -> Completion<()> {
    let middle = start + (end - start) / 2;
    for (start, end) in [(start, middle), (middle, end)] {
        if end - start > 1 {
            merge_sort(vm, comparator, to, from, start, end)?;
        }
    }
    let value = |list: &RootedVec<Value>, index| list.get(index).unwrap_or(Value::UNDEFINED);
    let (mut left, mut right) = (start, middle);
    for index in start..end {
        let takes_left = left < middle && {
            right >= end || {
                let order = compare_by(vm, comparator, value(from, left), value(from, right))?;
                order <= 0.0 || order.is_nan()
            }
        };
        let next = if takes_left { &mut left } else { &mut right };
        to.set(index, value(from, *next));
        *next += 1;
    }
    Ok(())
}

/// Sorts elements by their bits. Doubles are turned into integers that have the same order.
fn sort_bits(vm: &mut Vm, mut bits: Vec<u64>, element: ElementType) -> Completion<Vec<u64>> {
    const SIGN: u64 = 1 << 63;
    if element != ElementType::Float64 {
        return sort_in_parts(vm, bits, |one, other| compare(element, *one, *other));
    }
    // As integers, doubles that are negative have the wrong order, and come last; those
    // that are no number come behind all others whatever their sign.
    for bits in &mut bits {
        if f64::from_bits(*bits).is_nan() {
            *bits |= SIGN;
        } else {
            *bits ^= if *bits & SIGN == 0 { SIGN } else { u64::MAX };
        }
    }
    let mut bits = sort_in_parts(vm, bits, Ord::cmp)?;
    for bits in &mut bits {
        *bits ^= if *bits & SIGN == 0 { u64::MAX } else { SIGN };
    }
    Ok(bits)
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
