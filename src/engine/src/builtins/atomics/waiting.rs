//! Waiting for other agents (ECMA-262 §25.4.3, §25.4.13 – §25.4.15).

use std::time::{Duration, Instant};

use super::{access, operand, place, validate, validate_access};
use crate::heap::Gc;
use crate::object::{ElementType, Object, TypedArray};
use crate::operators::{to_index, to_integer_or_infinity, to_number};
use crate::realm::RootShape;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

/// What somebody wants to wait for.
struct Wait {
    array: Gc<TypedArray>,
    index: usize,
    expected: u64,
    /// None is for ever.
    timeout: Option<Duration>,
}

/// The first half of `DoWait` (§25.4.3.15).
fn prepare(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Wait> {
    let (array, length) = validate(vm, arguments.get(0), method, true)?;
    if !array.buffer.is_shared {
        let text = vm.display(arguments.get(0));
        return Err(vm.throw_type_error(&format!("{text} is not a shared typed array.")));
    }
    let index = to_index(vm, arguments.get(1), "Invalid atomic access index")?;
    if index >= length as u64 {
        return Err(vm.throw_range_error("Invalid atomic access index"));
    }
    let expected = if array.element == ElementType::Int32 {
        vm.element_bits(array.element, arguments.get(2))? & u64::from(u32::MAX)
    } else {
        operand(vm, array.element, arguments.get(2))?.1
    };
    let timeout = to_number(vm, arguments.get(3))?;
    // What is past the clock's range is for ever.
    let timeout = if timeout.is_nan() {
        None
    } else {
        Duration::try_from_secs_f64(timeout.max(0.0) / 1000.0).ok()
    };
    Ok(Wait { array, index: index as usize, expected, timeout })
}

/// The moment after a time; None is never.
fn deadline(timeout: Option<Duration>) -> Option<Instant> {
    timeout.and_then(|timeout| Instant::now().checked_add(timeout))
}

/// `Atomics.wait` (§25.4.13)
fn wait_for(vm: &mut Vm, wait: &Wait) -> Completion<&'static str> {
    let Wait { array, index, expected, timeout } = *wait;
    let (size, place) = (array.element.size(), place(vm, array, index, "wait")?);
    let Some(block) = array.buffer.block() else { return Ok("timed-out") };
    let offset = array.byte_offset + index * size;
    // SAFETY: The element lies in the block, which stays, aligned.
    let is_expected = || unsafe { access::load(place, size) } == expected;
    let interrupted = || vm.is_interrupted();
    let outcome = block.waiters().wait(offset, is_expected, deadline(timeout), interrupted);
    vm.heed_interrupt()?;
    Ok(outcome)
}

pub(super) fn wait(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let wait = prepare(vm, arguments, "wait")?;
    let outcome = wait_for(vm, &wait)?;
    Ok(Value::cell(vm.memory.intern_str(outcome)))
}

/// `Atomics.waitAsync` (§25.4.14)
pub(super) fn wait_async(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let wait = prepare(vm, arguments, "waitAsync")?;
    let Wait { array, index, expected, timeout } = wait;
    let (size, place) = (array.element.size(), place(vm, array, index, "waitAsync")?);
    let Some(block) = array.buffer.block() else { return Ok(Value::UNDEFINED) };
    let offset = array.byte_offset + index * size;
    // SAFETY: As above.
    let is_expected = || unsafe { access::load(place, size) } == expected;
    let is_over = timeout == Some(Duration::ZERO);
    let outcome = vm.wait_asynchronously(&block, offset, is_expected, deadline(timeout), is_over);
    let (is_async, value) = match outcome {
        Ok(promise) => (true, Value::cell(promise)),
        Err(text) => (false, Value::cell(vm.memory.intern_str(text))),
    };
    let shape = vm.realm().shape(RootShape::Object);
    let result = Gc::<Object>::ordinary(&vm.memory, shape);
    let key = vm.memory.literal_key("async");
    vm.create_data_property(result, key, Value::bool(is_async))?;
    vm.create_data_property(result, vm.memory.keys().value, value)?;
    Ok(Value::cell(result))
}

/// `Atomics.notify` (§25.4.15)
pub(super) fn notify(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (array, index) = validate_access(vm, arguments, "notify", true)?;
    let count = match arguments.get(2) {
        count if count.is_undefined() => f64::INFINITY,
        count => to_integer_or_infinity(vm, count)?.max(0.0),
    };
    let block = array.buffer.block().filter(|_| array.buffer.is_shared);
    let Some(block) = block else { return Ok(Value::ZERO) };
    let offset = array.byte_offset + index * array.element.size();
    // Saturates: there are never so many.
    let notified = block.waiters().notify(offset, count as usize);
    Ok(Value::number(notified as f64))
}
