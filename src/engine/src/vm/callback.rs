//! Functions that native code calls again and again: what a call has to find out is found
//! out once.

use super::calls::{FRAME, ReturnTo, enter};
use super::stack_trace::Entry;
use super::{Completion, Vm};
use crate::kinds;
use crate::object::Function;
use crate::value::Value;

/// A function that is called from one place in native code, with the native function that
/// it is in having called nothing that still runs.
pub(crate) struct Callback {
    function: Value,
    /// Where its frames lie, if it is an ordinary function.
    entry: Option<Entry>,
}

impl Vm {
    /// Prepares calls of a function, or of whatever it may be.
    pub(crate) fn callback(&self, function: Value) -> Callback {
        let ordinary = function.downcast::<Function>().filter(|function| {
            let code = function.code;
            let end = FRAME + code.registers().max(code.parameters) as usize;
            code.is_ordinary() && self.stack.reserve(self.top.get().wrapping_add(end))
        });
        Callback { function, entry: ordinary.map(|_| Entry::here(self, None)) }
    }

    /// Calls it.
    ///
    /// # Errors
    /// As for [`Self::call`].
    #[inline]
    pub(crate) fn call_back<const COUNT: usize>(
        &mut self,
        callback: &Callback,
        this: Value,
        arguments: [Value; COUNT],
    ) -> Completion {
        if let Some(entry) = &callback.entry {
            debug_assert_eq!(callback.function.kind(), Some(kinds::FUNCTION));
            let frame = entry.frame();
            debug_assert_eq!(frame, self.top.get(), "calls from one place have one place");
            // SAFETY: There is room behind all frames in use.
            let entered = unsafe {
                *frame = callback.function;
                *frame.add(FRAME - 1) = this;
                for (index, argument) in arguments.iter().enumerate() {
                    *frame.add(FRAME + index) = *argument;
                }
                enter(frame, COUNT, ReturnTo::native(self), self)
            };
            if let Some((pc, registers, constants)) = entered {
                return self.in_entry(entry, |vm| {
                    // SAFETY: The function has been entered.
                    unsafe { vm.run_frame(frame, pc, registers, constants) }
                });
            }
        }
        self.call(callback.function, this, &arguments)
    }
}
