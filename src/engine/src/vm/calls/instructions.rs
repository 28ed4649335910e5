//! The instructions that call, construct and return.

use super::entry::{enter, enter_slowly, go_into};
use super::frame::{Caller, FRAME, ReturnTo, caller, is_constructing, mark_constructing, operand};
use crate::builtins::FUNCTION_CALL;
use crate::bytecode::{Code, CodeFlags};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Array, Function};
use crate::operators::{as_object, is_callable, is_constructor};
use crate::value::Value;
use crate::vm::dispatch::{go, proceed};
use crate::vm::unwinding::unwind;
use crate::vm::{Completion, NativeFunction, Throw, Vm};

/// So many arguments at most come out of an array.
const MOST_SPREAD: usize = 1 << 19;

/// A call as an instruction's handler.
///
/// # Safety
/// As for all handlers.
#[inline(always)]
pub(in crate::vm) unsafe fn call_instruction(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let return_to = ReturnTo::after_call(pc, constants);
        match enter(registers.add(return_to.frame), operand(pc, 2), return_to, vm) {
            Some((pc, registers, constants)) => proceed(pc, registers, constants, vm),
            None => slow_call(pc, registers, constants, vm),
        }
    }
}

/// A call of what is no ordinary function: the instruction is one of a call.
#[inline(never)]
unsafe extern "C" fn slow_call(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        (*vm).leave(pc, registers, constants);
        let frame = registers.add(operand(pc, 1));
        let count = operand(pc, 2);
        if let Some(function) = (*frame).downcast::<Function>()
            && function.code.is_ordinary()
        {
            // Fewer arguments than parameters; or there may be no room.
            let code = function.code;
            let inner = frame.add(FRAME);
            let end = inner.add(code.registers() as usize).cast_const().cast();
            if end <= (*vm).stack.high() {
                for missing in count..code.parameters as usize {
                    *inner.add(missing) = Value::UNDEFINED;
                }
                ReturnTo::after_call(pc, constants).write(frame);
                go!(code.entry(), inner, code.constants(), vm)
            }
        }
        if (*frame).kind() == Some(kinds::NATIVE_FUNCTION) {
            if let Some((frame, code)) = call_by_call(frame, count, vm) {
                let mut return_to = ReturnTo::after_call(pc, constants);
                return_to.frame += 1;
                return_to.write(frame);
                go!(code.entry(), frame.add(FRAME), code.constants(), vm)
            }
            return match (*vm).call_native(frame, count, Value::UNDEFINED) {
                Ok(value) => {
                    *registers.add(operand(pc, 3)) = value;
                    go!(pc.add(1), registers, constants, vm)
                }
                Err(Throw) => unwind(pc, registers, constants, vm),
            };
        }
        call_frame(pc, registers, constants, vm, frame, count)
    }
}

/// `f.call(this, …)`, where `f` is an ordinary function, needs no native code: what follows
/// `f` lies there as its frame, one word further on.
///
/// # Safety
/// The frame has a native function, what it was called on, and so many arguments.
#[inline(always)]
unsafe fn call_by_call(
    frame: *mut Value,
    count: usize,
    vm: *mut Vm,
) -> Option<(*mut Value, Gc<Code>)> {
    // SAFETY: By the caller's word.
    unsafe {
        let native = (*frame).cell_unchecked::<NativeFunction>();
        let callee = *frame.add(FRAME - 1);
        let function = callee.downcast::<Function>().filter(|it| it.code.is_ordinary())?;
        if !std::ptr::fn_addr_eq(native.code, FUNCTION_CALL) {
            return None;
        }
        let code = function.code;
        let frame = frame.add(1);
        let inner = frame.add(FRAME);
        let end = inner.add(code.registers() as usize).cast_const().cast();
        if end > (*vm).stack.high() {
            return None;
        }
        *frame = callee;
        if count == 0 {
            *frame.add(FRAME - 1) = Value::UNDEFINED;
        }
        for missing in count.saturating_sub(1)..code.parameters as usize {
            *inner.add(missing) = Value::UNDEFINED;
        }
        Some((frame, code))
    }
}

/// Ends an instruction of a call: by going into the function, if that is what is to be
/// done, or with a result.
#[inline(always)]
unsafe fn finish_call(
    result: Completion<Option<Value>>,
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
    frame: *mut Value,
) -> u64 {
    // SAFETY: The instruction is one of a call, whose last operand is the destination.
    unsafe {
        match result {
            Ok(None) => go_into(frame, vm),
            Ok(Some(value)) => {
                *registers.add(operand(pc, 3)) = value;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(Throw) => unwind(pc, registers, constants, vm),
        }
    }
}

/// Calls what stands in a frame with so many arguments.
#[inline(never)]
unsafe extern "C" fn call_frame(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
    frame: *mut Value,
    count: usize,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let result = (*vm).begin_call(frame, count, pc, constants);
        finish_call(result, pc, registers, constants, vm, frame)
    }
}

/// `new` as an instruction's handler.
///
/// # Safety
/// As for all handlers.
pub(in crate::vm) unsafe extern "C" fn construct_instruction(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let frame = registers.add(operand(pc, 1));
        if is_plain_constructor(*frame, operand(pc, 2))
            && (*frame.add(FRAME - 1)).kind() == Some(kinds::FUNCTION)
        {
            return construct_plainly(pc, registers, constants, vm);
        }
        slow_construct(pc, registers, constants, vm)
    }
}

/// Whether entering a constructor with so many arguments is no more than laying out a
/// frame.
#[inline(always)]
fn is_plain_constructor(callee: Value, count: usize) -> bool {
    let Some(function) = callee.downcast::<Function>() else { return false };
    let special = CodeFlags::COLLECTS_ARGUMENTS.union(CodeFlags::TAKES_NEW_TARGET);
    let wanted = special.union(CodeFlags::CONSTRUCTOR).union(CodeFlags::DERIVED);
    let code = function.code;
    code.flags.intersection(wanted) == CodeFlags::CONSTRUCTOR && count >= code.parameters as usize
}

/// `new` for a function that has no wishes.
#[inline(never)]
unsafe extern "C" fn construct_plainly(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        (*vm).leave(pc, registers, constants);
        let frame = registers.add(operand(pc, 1));
        let code: Gc<Code> = (*frame).cell_unchecked::<Function>().code;
        let inner = frame.add(FRAME);
        let end = inner.add(code.registers() as usize).cast_const().cast();
        // The making of an instance can be seen, so it comes once it is sure to be done here.
        if end > (*vm).stack.high() {
            return slow_construct(pc, registers, constants, vm);
        }
        let Ok(this) = (*vm).new_instance((*frame.add(FRAME - 1)).cell_unchecked()) else {
            return unwind(pc, registers, constants, vm);
        };
        ReturnTo::after_call(pc, constants).write(frame);
        mark_constructing(frame);
        *frame.add(FRAME - 1) = Value::cell(this);
        go!(code.entry(), inner, code.constants(), vm)
    }
}

/// `new` for anything else.
#[inline(never)]
unsafe extern "C" fn slow_construct(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        (*vm).leave(pc, registers, constants);
        let frame = registers.add(operand(pc, 1));
        construct_frame(pc, registers, constants, vm, frame, operand(pc, 2))
    }
}

/// Calls what stands in a frame as a constructor.
#[inline(never)]
unsafe extern "C" fn construct_frame(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
    frame: *mut Value,
    count: usize,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let result = (*vm).begin_construction(frame, count, pc, constants);
        finish_call(result, pc, registers, constants, vm, frame)
    }
}

/// A call, or a construction, with the elements of an array, as an instruction's
/// handler.
macro_rules! with_array {
    ($($name:ident, $frame:ident;)*) => {
        $(
            /// # Safety
            /// As for all handlers.
            #[inline(never)]
            pub(in crate::vm) unsafe extern "C" fn $name(
                pc: *const u64,
                registers: *mut Value,
                constants: *const u64,
                vm: *mut Vm,
            ) -> u64 {
                // SAFETY: By the caller's word.
                unsafe {
                    (*vm).leave(pc, registers, constants);
                    let frame = registers.add(operand(pc, 1));
                    let array: Gc<Array> = (*registers.add(operand(pc, 2))).cell_unchecked();
                    match (*vm).spread(frame, array) {
                        Ok(count) => $frame(pc, registers, constants, vm, frame, count),
                        Err(Throw) => unwind(pc, registers, constants, vm),
                    }
                }
            }
        )*
    };
}

with_array! {
    call_with_array, call_frame;
    construct_with_array, construct_frame;
}

/// A return as an instruction's handler.
///
/// # Safety
/// As for all handlers.
#[inline(always)]
pub(in crate::vm) unsafe fn return_instruction(
    value: Value,
    registers: *mut Value,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let constructing = is_constructing(registers);
        let this = *registers.sub(1);
        let value = if constructing && as_object(value).is_none() { this } else { value };
        let Caller { pc, registers, constants, dst } = caller(registers);
        *registers.add(dst) = value;
        proceed(pc, registers, constants, vm)
    }
}

impl Vm {
    /// Calls what stands in a frame with so many arguments: None if it is a function that
    /// has been entered, and has to be gone into.
    ///
    /// # Safety
    /// The frame is one of the running function's, behind all that it uses; the other
    /// pointers are those of the instruction.
    #[inline(never)]
    unsafe fn begin_call(
        &mut self,
        frame: *mut Value,
        count: usize,
        pc: *const u64,
        constants: *const u64,
    ) -> Completion<Option<Value>> {
        // SAFETY: By the caller's word.
        unsafe {
            match (*frame).kind() {
                Some(kinds::NATIVE_FUNCTION) => {
                    self.call_native(frame, count, Value::UNDEFINED).map(Some)
                }
                Some(kinds::FUNCTION) => {
                    let undefined = Value::UNDEFINED;
                    let return_to = ReturnTo::after_call(pc, constants);
                    enter_slowly(frame, count, undefined, return_to, self)?;
                    Ok(None)
                }
                _ if is_callable(*frame) => {
                    let arguments = std::slice::from_raw_parts(frame.add(FRAME), count);
                    self.call(*frame, *frame.add(FRAME - 1), arguments).map(Some)
                }
                _ => Err(self.throw_not_a_callee(*frame)),
            }
        }
    }

    /// Calls what stands in a frame as a constructor: an ordinary function with a new
    /// object as `this`, and a flag in its frame that says that this is the result unless
    /// it returns an object itself.
    ///
    /// # Safety
    /// As for [`Self::begin_call`].
    #[inline(never)]
    unsafe fn begin_construction(
        &mut self,
        frame: *mut Value,
        count: usize,
        pc: *const u64,
        constants: *const u64,
    ) -> Completion<Option<Value>> {
        // SAFETY: By the caller's word.
        unsafe {
            let (callee, new_target) = (*frame, *frame.add(FRAME - 1));
            if !is_constructor(callee) {
                let text = self.named_value().unwrap_or_else(|| self.display(callee));
                return Err(self.throw_type_error(&format!("{text} is not a constructor")));
            }
            if callee.kind() == Some(kinds::NATIVE_FUNCTION) {
                *frame.add(FRAME - 1) = Value::UNDEFINED;
                return self.call_native(frame, count, new_target).map(Some);
            }
            let Some(function) = callee.downcast::<Function>() else {
                let arguments = std::slice::from_raw_parts(frame.add(FRAME), count);
                return self.construct(callee, arguments, new_target).map(Some);
            };
            *frame.add(FRAME - 1) = self.this_for(function, new_target)?;
            let return_to = ReturnTo::after_call(pc, constants);
            enter_slowly(frame, count, new_target, return_to, self)?;
            mark_constructing(frame);
            Ok(None)
        }
    }

    /// Lays out the elements of an array as the arguments of a frame.
    ///
    /// # Safety
    /// The frame is one of the running function's, behind all that it uses.
    unsafe fn spread(&mut self, frame: *mut Value, array: Gc<Array>) -> Completion<usize> {
        let count = array.length.get() as usize;
        let end = frame.wrapping_add(FRAME + count);
        if count > MOST_SPREAD || !self.stack.reserve(end) {
            return Err(self.throw_range_error("Maximum call stack size exceeded"));
        }
        for index in 0..count {
            let value = array.as_object().element(index as u32);
            // SAFETY: There is room.
            unsafe { *frame.add(FRAME + index) = value.or_undefined() };
        }
        self.top.set(end.max(self.top.get()));
        Ok(count)
    }
}
