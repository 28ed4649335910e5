//! The `Atomics` object. <https://tc39.es/ecma262/#sec-atomics-object>

mod access;
mod waiting;

use super::{Entry, add_entries, define_tag, function, lazy_namespace};
use crate::heap::Gc;
use crate::object::{ElementType, Object, TypedArray};
use crate::operators::{to_bigint, to_index, to_integer_or_infinity};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};
use access::Operation;

const ATOMICS: &[Entry] = &[
    function("load", 2, load),
    function("store", 3, store),
    function("add", 3, |vm, arguments| modify(vm, arguments, "add", Operation::Add)),
    function("sub", 3, |vm, arguments| modify(vm, arguments, "sub", Operation::Sub)),
    function("and", 3, |vm, arguments| modify(vm, arguments, "and", Operation::And)),
    function("or", 3, |vm, arguments| modify(vm, arguments, "or", Operation::Or)),
    function("xor", 3, |vm, arguments| modify(vm, arguments, "xor", Operation::Xor)),
    function("exchange", 3, |vm, arguments| modify(vm, arguments, "exchange", Operation::Exchange)),
    function("compareExchange", 4, compare_exchange),
    function("isLockFree", 1, is_lock_free),
    function("pause", 0, pause),
    function("wait", 4, waiting::wait),
    function("waitAsync", 4, waiting::wait_async),
    function("notify", 3, waiting::notify),
];

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    lazy_namespace(vm, global, "Atomics", |vm, atomics| {
        add_entries(vm, atomics, ATOMICS);
        define_tag(vm, atomics, "Atomics");
    });
}

/// `ValidateIntegerTypedArray` (§25.4.3.1): its length too.
fn validate(
    vm: &mut Vm,
    value: Value,
    method: &str,
    waitable: bool,
) -> Completion<(Gc<TypedArray>, usize)> {
    let array = value.downcast::<TypedArray>().filter(|array| match array.element {
        ElementType::Int32 | ElementType::BigInt64 => true,
        ElementType::Uint8Clamped
        | ElementType::Float16
        | ElementType::Float32
        | ElementType::Float64 => false,
        _ => !waitable,
    });
    let Some(array) = array else {
        let text = vm.display(value);
        let wanted = if waitable { "int32 or BigInt64" } else { "integer" };
        return Err(vm.throw_type_error(&format!("{text} is not an {wanted} typed array.")));
    };
    match array.length() {
        Some(length) => Ok((array, length)),
        None => Err(throw_out_of_bounds(vm, method)),
    }
}

fn throw_out_of_bounds(vm: &mut Vm, method: &str) -> crate::vm::Throw {
    vm.throw_type_error(&format!(
        "Cannot perform Atomics.{method} on a detached or out-of-bounds ArrayBuffer"
    ))
}

/// `ValidateAtomicAccessOnIntegerTypedArray` (§25.4.3.3): the array, and the index of an
/// element.
fn validate_access(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    waitable: bool,
) -> Completion<(Gc<TypedArray>, usize)> {
    let (array, length) = validate(vm, arguments.get(0), method, waitable)?;
    let index = to_index(vm, arguments.get(1), "Invalid atomic access index")?;
    if index >= length as u64 {
        return Err(vm.throw_range_error("Invalid atomic access index"));
    }
    Ok((array, index as usize))
}

/// `RevalidateAtomicAccess` (§25.4.3.4): the place of the element.
fn place(vm: &mut Vm, array: Gc<TypedArray>, index: usize, method: &str) -> Completion<*mut u8> {
    let Some(length) = array.length() else { return Err(throw_out_of_bounds(vm, method)) };
    if index >= length {
        return Err(vm.throw_range_error("Invalid atomic access index"));
    }
    Ok(array.start().wrapping_add(index * array.element.size()))
}

/// An operand: the value that it is converted to, and its bits.
fn operand(vm: &mut Vm, element: ElementType, value: Value) -> Completion<(Value, u64)> {
    if element.is_bigint() {
        let value = to_bigint(vm, value)?;
        return Ok((Value::cell(value), value.to_u64_wrapping()));
    }
    let number = to_integer_or_infinity(vm, value)?;
    Ok((Value::number(number), element.of_number(number)))
}

/// `Atomics.load` (§25.4.9)
fn load(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, index) = validate_access(vm, arguments, "load", false)?;
    let place = place(vm, array, index, "load")?;
    // SAFETY: The element lies in the buffer, aligned.
    let bits = unsafe { access::load(place, array.element.size()) };
    Ok(array.element.to_value(&vm.memory, bits))
}

/// `Atomics.store` (§25.4.12)
fn store(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, index) = validate_access(vm, arguments, "store", false)?;
    let (value, bits) = operand(vm, array.element, arguments.get(2))?;
    let place = place(vm, array, index, "store")?;
    // SAFETY: As above.
    unsafe { access::modify(place, array.element.size(), Operation::Exchange, bits) };
    Ok(value)
}

/// `AtomicReadModifyWrite` (§25.4.3.14)
fn modify(vm: &mut Vm, arguments: Arguments<'_>, method: &str, operation: Operation) -> Completion {
    let (array, index) = validate_access(vm, arguments, method, false)?;
    let (_, bits) = operand(vm, array.element, arguments.get(2))?;
    let place = place(vm, array, index, method)?;
    // SAFETY: As above.
    let old = unsafe { access::modify(place, array.element.size(), operation, bits) };
    Ok(array.element.to_value(&vm.memory, old))
}

/// `Atomics.compareExchange` (§25.4.6)
fn compare_exchange(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, index) = validate_access(vm, arguments, "compareExchange", false)?;
    let (_, expected) = operand(vm, array.element, arguments.get(2))?;
    let (_, replacement) = operand(vm, array.element, arguments.get(3))?;
    let place = place(vm, array, index, "compareExchange")?;
    let size = array.element.size();
    // SAFETY: As above.
    let old = unsafe { access::compare_exchange(place, size, expected, replacement) };
    Ok(array.element.to_value(&vm.memory, old))
}

/// `Atomics.isLockFree` (§25.4.8)
fn is_lock_free(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let size = to_integer_or_infinity(vm, arguments.get(0))?;
    Ok(Value::bool([1.0, 2.0, 4.0, 8.0].contains(&size)))
}

/// `Atomics.pause` (§25.4.10)
fn pause(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let count = arguments.get(0);
    let is_integer =
        count.as_number().is_some_and(|count| count.trunc() == count && count.is_finite());
    if !count.is_undefined() && !is_integer {
        let message = "Atomics.pause argument must be undefined or an integer";
        return Err(vm.throw_type_error(message));
    }
    std::hint::spin_loop();
    Ok(Value::UNDEFINED)
}
