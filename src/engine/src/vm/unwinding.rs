//! Exceptions: from where they are thrown to where they are caught.

use super::Vm;
use super::calls::{Caller, callee, caller};
use super::dispatch::{THROWN, go};
use crate::value::Value;

/// Goes to the innermost handler of the instruction at `pc`, or of the calls that led
/// there. Like a handler it ends by going on, or stops the machine.
#[cold]
#[inline(never)]
pub(super) unsafe extern "C" fn unwind(
    mut pc: *const u64,
    mut registers: *mut Value,
    _constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word the registers are those of a frame, and so are
    // those of its callers, up to where native code has called.
    unsafe {
        if (*vm).thrown_in.is_empty() {
            let code = callee(registers).code;
            (*vm).thrown_in.push(Value::cell(code));
            (*vm).thrown_at.set(pc.offset_from(code.words().as_ptr()) as u32);
        }
        (*vm).trace_throw();
        loop {
            let code = callee(registers).code;
            let instruction = pc.offset_from(code.words().as_ptr()) as u32;
            if !(*vm).interrupts.is_unwinding()
                && let Some(handler) = code.handler_of(instruction)
            {
                *registers.add(usize::from(handler.exception)) = (*vm).take_exception();
                let target = code.words().as_ptr().add(handler.target as usize);
                go!(target, registers, code.constants(), vm);
            }
            let Caller { pc: next, registers: outer, .. } = caller(registers);
            if next == &raw const *(*vm).native_return {
                return THROWN;
            }
            pc = next.sub(1);
            registers = outer;
        }
    }
}
