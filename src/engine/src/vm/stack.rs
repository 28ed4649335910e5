//! The stack of the virtual machine.

use std::alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error};
use std::cell::Cell;

use crate::heap::Heap;
use crate::value::Value;

/// How many values fit: 8 MiB. The system gives memory to what is touched.
const SIZE: usize = 1 << 20;

/// So many values at the end are for native functions that report the overflow.
const RESERVE: usize = 1 << 12;

/// Memory for registers, all `EMPTY` at first.
pub(super) struct Stack {
    start: *mut Value,
    /// Up to where the collector looks: past all registers in use. It grows with
    /// calls.
    high: Box<Cell<*const u64>>,
}

impl Stack {
    fn layout() -> Layout {
        Layout::array::<Value>(SIZE).expect("the size is a small constant")
    }

    pub(super) fn new(heap: &Heap) -> Self {
        // SAFETY: The size is not zero. Zeroed words are values.
        let start = unsafe { alloc_zeroed(Self::layout()) }.cast::<Value>();
        if start.is_null() {
            handle_alloc_error(Self::layout());
        }
        let high = Box::new(Cell::new(start.cast_const().cast()));
        // SAFETY: The stack is initialised; it and the box live as long as the
        // machine, which has the heap too.
        unsafe { heap.add_root_range(start.cast(), &raw const *high) };
        Self { start, high }
    }

    /// The first register.
    pub(super) fn start(&self) -> *mut Value {
        self.start
    }

    /// Past the registers that calls have used so far.
    #[inline]
    pub(super) fn high(&self) -> *const u64 {
        self.high.get()
    }

    /// Makes registers up to `end` usable; not if they are too many.
    pub(super) fn reserve(&self, end: *mut Value) -> bool {
        if end >= self.start.wrapping_add(SIZE - RESERVE) {
            return false;
        }
        if end.cast_const().cast() > self.high.get() {
            self.high.set(end.cast_const().cast());
        }
        true
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: It was allocated with this layout.
        unsafe { dealloc(self.start.cast(), Self::layout()) };
    }
}
