//! Interrupts: how a program that runs is stopped from outside.
//!
//! Nothing in a program asks whether it is to stop, so loops pay nothing for it. Whoever
//! wants one to stop has the dispatch table exchanged: the next instruction, wherever it
//! is, goes by way of [`watched`], which looks. An interrupted program is unwound past all
//! its handlers: neither `catch` nor `finally` holds it up. Native code that may take long
//! asks by itself, in its loops: [`Vm::heed_interrupt`].

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use super::{Completion, Throw, Vm, dispatch, unwinding};
use crate::value::Value;

/// Nobody wants the program to stop.
const IDLE: u8 = 0;
/// It is to stop.
const REQUESTED: u8 = 1;
/// The machine is gone.
const GONE: u8 = 2;

/// Stops the program of a machine, from any thread.
///
/// ```
/// use axil_engine::heap::Settings;
/// use axil_engine::vm::Vm;
///
/// let vm = Vm::new(Settings::default());
/// let interrupter = vm.interrupter();
/// std::thread::spawn(move || interrupter.interrupt());
/// ```
#[derive(Clone, Debug)]
pub struct Interrupter {
    state: Arc<AtomicU8>,
}

impl Interrupter {
    /// Has the program stop at its next instruction, and every other one that is begun
    /// until [`Vm::clear_interrupt`].
    pub fn interrupt(&self) {
        let wanted =
            self.state.compare_exchange(IDLE, REQUESTED, Ordering::Relaxed, Ordering::Relaxed);
        if wanted.is_ok() {
            dispatch::watch();
        }
    }
}

/// What a machine knows of interrupts.
pub(crate) struct Interrupts {
    interrupter: Interrupter,
    /// The program is being unwound.
    is_unwinding: Cell<bool>,
    /// How many instructions may still be executed, if somebody counts.
    budget: Cell<Option<u64>>,
}

impl Interrupts {
    pub(super) fn new() -> Self {
        let interrupter = Interrupter { state: Arc::new(AtomicU8::new(IDLE)) };
        Self { interrupter, is_unwinding: Cell::new(false), budget: Cell::new(None) }
    }

    /// Whether handlers of exceptions are passed over.
    #[inline]
    pub(super) fn is_unwinding(&self) -> bool {
        self.is_unwinding.get()
    }

    /// Whether the program is to stop before one instruction more.
    fn is_due(&self) -> bool {
        match self.budget.get() {
            Some(0) => {
                self.budget.set(None);
                // The watch that has been kept for counting goes on.
                if self.interrupter.state.swap(REQUESTED, Ordering::Relaxed) == REQUESTED {
                    dispatch::unwatch();
                }
            }
            Some(left) => self.budget.set(Some(left - 1)),
            None => {}
        }
        self.is_requested()
    }

    /// Takes steps that native code has made off the budget. Whether it is to stop.
    pub(crate) fn spend(&self, steps: u64) -> bool {
        let left = self.budget.get().map(|left| left.saturating_sub(steps));
        self.budget.set(left);
        if left == Some(0) { self.is_due() } else { self.is_requested() }
    }

    fn is_requested(&self) -> bool {
        self.interrupter.state.load(Ordering::Relaxed) == REQUESTED
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        if self.interrupter.state.swap(GONE, Ordering::Relaxed) == REQUESTED {
            dispatch::unwatch();
        }
        if self.budget.get().is_some() {
            dispatch::unwatch();
        }
    }
}

impl Vm {
    /// What stops this machine's program from another thread.
    pub fn interrupter(&self) -> Interrupter {
        self.interrupts.interrupter.clone()
    }

    /// Interrupts the program when it has executed so many instructions; with None, not
    /// for that reason. To count them makes a program several times slower: where time
    /// is what matters, let a thread use the [`Interrupter`].
    pub fn set_budget(&mut self, instructions: Option<u64>) {
        let before = self.interrupts.budget.replace(instructions);
        match (before, instructions) {
            (None, Some(_)) => dispatch::watch(),
            (Some(_), None) => dispatch::unwatch(),
            _ => {}
        }
    }

    /// Whether the program has been told to stop.
    pub fn is_interrupted(&self) -> bool {
        self.interrupts.is_requested()
    }

    /// Lets programs run again after an interrupt. The jobs that wait were the interrupted
    /// program's, and are dropped.
    pub fn clear_interrupt(&mut self) {
        self.interrupts.is_unwinding.set(false);
        if self.interrupts.interrupter.state.swap(IDLE, Ordering::Relaxed) == REQUESTED {
            dispatch::unwatch();
            self.drop_jobs();
        }
    }

    /// Throws if the program is to stop: for loops of native code whose length is that of
    /// something which the program has made.
    ///
    /// # Errors
    /// An exception that no handler catches.
    #[inline]
    pub fn heed_interrupt(&mut self) -> Completion<()> {
        if self.interrupts.is_requested() { self.stop() } else { Ok(()) }
    }

    #[cold]
    #[inline(never)]
    fn stop(&mut self) -> Completion<()> {
        if self.is_to_stop() { Err(Throw) } else { Ok(()) }
    }

    /// Stops the program from within native code that was to ask.
    pub(crate) fn throw_interrupt(&mut self) -> Throw {
        self.interrupts.is_unwinding.set(true);
        self.throw_error("Script execution was interrupted.")
    }

    /// Begins to unwind, if the program is to stop.
    #[cold]
    #[inline(never)]
    fn is_to_stop(&mut self) -> bool {
        if !self.interrupts.is_due() {
            return false;
        }
        self.interrupts.is_unwinding.set(true);
        if self.exception.is_empty() {
            let _ = self.throw_error("Script execution was interrupted.");
        }
        true
    }
}

/// The handler of all instructions while somebody watches: to trace, or to interrupt.
pub(super) unsafe extern "C" fn watched(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: The machine is at an instruction of this frame.
    unsafe {
        // What ends a call from native code belongs to no program.
        if pc != &raw const *(*vm).native_return {
            (*vm).leave(pc, registers, constants);
            if (*vm).is_to_stop() {
                return unwinding::unwind(pc, registers, constants, vm);
            }
        }
        (*vm).trace_step(pc, registers, constants);
        dispatch::original(pc)(pc, registers, constants, vm)
    }
}
