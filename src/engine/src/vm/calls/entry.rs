//! How functions are entered: their frames laid out, and gone into.

use std::cell::Cell;

use super::frame::{FRAME, ReturnTo, Running, size};
use crate::bytecode::{Code, CodeFlags};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Array, Function};
use crate::realm::RootShape;
use crate::value::Value;
use crate::vm::dispatch::go;
use crate::vm::{Completion, Vm};

/// Enters a function whose frame has callee, `this` and arguments: the other words are
/// filled in. None if the function is not an ordinary one.
///
/// # Safety
/// The frame lies on the machine's stack, behind that of the caller.
#[inline(always)]
pub(in crate::vm) unsafe fn enter(
    frame: *mut Value,
    count: usize,
    return_to: ReturnTo,
    vm: *mut Vm,
) -> Option<(*const u64, *mut Value, *const u64)> {
    // SAFETY: By the caller's word; a cell has a header.
    unsafe {
        let callee = *frame;
        if !callee.is_cell()
            || callee.cell_unchecked::<crate::heap::Header>().kind() != kinds::FUNCTION
        {
            return None;
        }
        let code: Gc<Code> = callee.cell_unchecked::<Function>().code;
        let registers = frame.add(FRAME);
        let end = registers.add(code.registers() as usize).cast_const().cast();
        let is_plain = code.is_ordinary() && count >= code.parameters as usize;
        if !is_plain || end > (*vm).stack.high() {
            return None;
        }
        return_to.write(frame);
        Some((code.entry(), registers, code.constants()))
    }
}

/// Enters a getter, or a setter with its argument, in a frame behind the caller's
/// registers: None if it is no ordinary function.
///
/// # Safety
/// The caller runs; `dst` is one of its registers, or the first word of the frame.
#[inline(always)]
pub(in crate::vm) unsafe fn enter_accessor(
    function: Value,
    this: Value,
    argument: Option<Value>,
    dst: usize,
    caller: Running,
    vm: *mut Vm,
) -> Option<(*const u64, *mut Value, *const u64)> {
    // SAFETY: There is room up to `high`, and what lies behind the caller's registers is
    // in use by nobody.
    unsafe {
        let Running { pc, registers, constants } = caller;
        let size = size(constants);
        let frame = registers.add(size);
        if size > usize::from(u16::MAX) || !(*vm).stack.reserve(frame.add(FRAME + 1)) {
            return None;
        }
        *frame = function;
        *frame.add(FRAME - 1) = this;
        if let Some(argument) = argument {
            *frame.add(FRAME) = argument;
        }
        let return_to = ReturnTo { pc: pc.add(1), constants, frame: size, dst };
        enter(frame, usize::from(argument.is_some()), return_to, vm)
    }
}

/// Enters a function that wants more than a frame, or more room than there is.
///
/// # Errors
/// A `RangeError` if the stack is full; a `TypeError` for the constructor of a class
/// without a new target.
///
/// # Safety
/// As for [`enter`]; the callee is a function.
pub(super) unsafe fn enter_slowly(
    frame: *mut Value,
    count: usize,
    new_target: Value,
    return_to: ReturnTo,
    vm: &mut Vm,
) -> Completion<()> {
    // SAFETY: By the caller's word.
    unsafe {
        let code = (*frame).cell_unchecked::<Function>().code;
        let registers = frame.add(FRAME);
        if code.flags.contains(CodeFlags::CLASS_CONSTRUCTOR) && new_target.is_undefined() {
            let name = code.name.to_rust(&vm.memory);
            let message = format!("Class constructor {name} cannot be invoked without 'new'");
            let realm = vm.realm_of_function(*frame);
            return Err(vm.in_realm(realm, |vm| vm.throw_type_error(&message)));
        }
        let end = registers.add((code.registers() as usize).max(count));
        if !vm.stack.reserve(end) {
            return Err(vm.throw_range_error("Maximum call stack size exceeded"));
        }
        let mut next = code.parameters as usize;
        let list = code.flags.contains(CodeFlags::COLLECTS_ARGUMENTS).then(|| {
            let shape = vm.realm().shape(RootShape::Array);
            let list = Gc::<Array>::new(&vm.memory, shape, count as u32);
            let arguments = std::slice::from_raw_parts(registers.cast::<Cell<Value>>(), count);
            list.extend(&vm.memory, arguments);
            list
        });
        for missing in count..next {
            *registers.add(missing) = Value::UNDEFINED;
        }
        if let Some(list) = list {
            *registers.add(next) = Value::cell(list);
            next += 1;
        }
        if code.flags.contains(CodeFlags::TAKES_NEW_TARGET) {
            *registers.add(next) = new_target;
        }
        return_to.write(frame);
        Ok(())
    }
}

/// Goes to the function that has been entered.
///
/// # Safety
/// The frame is one that [`enter_slowly`] has filled in.
#[inline(always)]
pub(super) unsafe fn go_into(frame: *mut Value, vm: *mut Vm) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let code = (*frame).cell_unchecked::<Function>().code;
        go!(code.entry(), frame.add(FRAME), code.constants(), vm)
    }
}
