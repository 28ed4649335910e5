//! Dispatch: from one instruction to the next.
//!
//! Each instruction has a handler. In optimised builds a handler ends in a call of the
//! next one, which the compiler makes a jump because nothing is left to do after it:
//! instruction pointer, registers, constants and machine stay in processor registers,
//! and every instruction has an indirect jump of its own to be predicted. In debug
//! builds, where that would pile up native frames, a handler returns to a loop.

use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::bytecode::Op;
use crate::value::Value;

use super::{Vm, handlers, interrupts};

/// What a handler is given: the instruction, the first register, the first constant,
/// the machine. What it returns counts only when the machine stops.
pub(super) type Handler = unsafe extern "C" fn(*const u64, *mut Value, *const u64, *mut Vm) -> u64;

/// The machine has come to [`Op::Halt`].
pub(super) const HALTED: u64 = 0;
/// An exception has left the outermost frame of this run.
pub(super) const THROWN: u64 = 1;
/// The loop is to go on.
#[cfg(debug_assertions)]
const GO_ON: u64 = 2;

/// Where the machine goes on.
#[cfg(debug_assertions)]
#[derive(Clone, Copy)]
pub(super) struct Resume {
    pub(super) pc: *const u64,
    pub(super) registers: *mut Value,
    pub(super) constants: *const u64,
}

#[cfg(debug_assertions)]
impl Resume {
    pub(super) const NOWHERE: Self =
        Self { pc: std::ptr::null(), registers: std::ptr::null_mut(), constants: std::ptr::null() };
}

/// The handlers that [`proceed`] goes to, by opcode: addresses of [`Handler`]s. A relaxed
/// load is a plain one, so it costs nothing that they can be exchanged.
static HANDLERS: [AtomicPtr<()>; Op::ALL.len()] = {
    let mut table = [const { AtomicPtr::new(std::ptr::null_mut()) }; Op::ALL.len()];
    let mut index = 0;
    while index < table.len() {
        table[index] = AtomicPtr::new(ORIGINAL[index] as *mut ());
        index += 1;
    }
    table
};

/// The handler of an opcode at the moment.
///
/// # Safety
/// It is an opcode.
#[inline(always)]
unsafe fn handler(op: u8) -> Handler {
    // SAFETY: By the caller's word there is an entry, and entries are handlers.
    unsafe {
        let handler = HANDLERS.get_unchecked(usize::from(op)).load(Ordering::Relaxed);
        std::mem::transmute::<*mut (), Handler>(handler)
    }
}

/// The handler that belongs to an instruction.
///
/// # Safety
/// There is one at `pc`.
pub(super) unsafe fn original(pc: *const u64) -> Handler {
    // SAFETY: The first byte of an instruction is an opcode.
    ORIGINAL[usize::from(unsafe { pc.cast::<u8>().read() })]
}

/// How many watch the instructions of the process.
static WATCHES: Mutex<usize> = Mutex::new(0);

/// Has all instructions of the process go by way of [`interrupts::watched`], until as many
/// have called [`unwatch`].
pub(super) fn watch() {
    let mut watches = WATCHES.lock().unwrap_or_else(PoisonError::into_inner);
    *watches += 1;
    if *watches == 1 {
        for entry in &HANDLERS {
            let handler: Handler = interrupts::watched;
            entry.store(handler as *mut (), Ordering::Relaxed);
        }
    }
}

/// Ends one [`watch`].
pub(super) fn unwatch() {
    let mut watches = WATCHES.lock().unwrap_or_else(PoisonError::into_inner);
    *watches = watches.saturating_sub(1);
    if *watches == 0 {
        for (entry, original) in HANDLERS.iter().zip(ORIGINAL) {
            entry.store(original as *mut (), Ordering::Relaxed);
        }
    }
}

/// The handler of each instruction, by opcode.
const ORIGINAL: [Handler; Op::ALL.len()] = {
    let mut table = [handlers::of(Op::Halt); Op::ALL.len()];
    let mut index = 0;
    while index < table.len() {
        table[index] = handlers::of(Op::ALL[index]);
        index += 1;
    }
    table
};

/// Ends a handler: goes to the instruction at `pc`.
macro_rules! go {
    ($pc:expr, $registers:expr, $constants:expr, $vm:expr) => {
        return $crate::vm::dispatch::proceed($pc, $registers, $constants, $vm)
    };
}
pub(super) use go;

/// Goes to the instruction at `pc`.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub(super) unsafe extern "C" fn proceed(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: The first byte of an instruction is an opcode.
    unsafe { handler(pc.cast::<u8>().read())(pc, registers, constants, vm) }
}

/// Goes to the instruction at `pc`, by way of the loop.
#[cfg(debug_assertions)]
pub(super) unsafe extern "C" fn proceed(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: The machine is there.
    unsafe { (*vm).resume = Resume { pc, registers, constants } };
    GO_ON
}

/// Runs from an instruction on, beginning with a handler, until the machine stops.
///
/// # Safety
/// The pointers are those of a frame of this machine.
pub(super) unsafe fn run(
    first: Handler,
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    #[cfg(debug_assertions)]
    // SAFETY: The machine is there.
    unsafe {
        (*vm).is_left.set(false);
    }
    // SAFETY: By the caller's word.
    let status = unsafe { first(pc, registers, constants, vm) };
    #[cfg(debug_assertions)]
    {
        let mut status = status;
        while status == GO_ON {
            // SAFETY: The handler before has left a frame of this machine.
            status = unsafe {
                let Resume { pc, registers, constants } = (*vm).resume;
                (*vm).is_left.set(false);
                handler(pc.cast::<u8>().read())(pc, registers, constants, vm)
            };
        }
        // SAFETY: The machine is there.
        unsafe { (*vm).is_left.set(true) };
        status
    }
    #[cfg(not(debug_assertions))]
    status
}
