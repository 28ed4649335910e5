//! The numbers of shapes.
//!
//! A cell's header has 32 bits for its shape, so shapes are numbered. What a shape
//! is the heap does not know: for it they are cells that other cells refer to by
//! number. A number is never given again, so an inline cache that holds the number
//! of a dead shape matches nothing.

use std::cell::UnsafeCell;
use std::ptr::NonNull;

use super::cell::Header;
use super::tracer::is_marked;

/// Strings and symbols have numbers from here on where objects have their shape.
/// The last number before those is no shape's.
const MOST_SHAPES: usize = (1 << 31) - 1;

/// The cells of shapes by number. Number 0 is none.
pub(super) struct ShapeTable {
    cells: UnsafeCell<Vec<Option<NonNull<Header>>>>,
}

impl ShapeTable {
    pub(super) fn new() -> Self {
        Self { cells: UnsafeCell::new(vec![None]) }
    }

    #[inline]
    pub(super) fn get(&self, number: u32) -> Option<NonNull<Header>> {
        // SAFETY: No reference into the table outlives a method.
        unsafe { &*self.cells.get() }.get(number as usize).copied().flatten()
    }

    /// Gives a shape a number.
    pub(super) fn add(&self, cell: NonNull<Header>) -> u32 {
        // SAFETY: No reference into the table outlives a method.
        let cells = unsafe { &mut *self.cells.get() };
        let number = cells.len();
        assert!(number < MOST_SHAPES, "too many shapes");
        cells.push(Some(cell));
        number as u32
    }

    /// Forgets dead shapes.
    pub(super) fn sweep(&self) {
        // SAFETY: No reference into the table outlives a method.
        let cells = unsafe { &mut *self.cells.get() };
        for slot in cells {
            if slot.is_some_and(|cell| !is_marked(cell)) {
                *slot = None;
            }
        }
    }
}
