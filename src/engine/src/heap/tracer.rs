//! Marking: what is reachable.

use std::ptr::NonNull;

use super::block::BlockRef;
use super::cell::{CellType, Gc, Header, HeapCell, OLD, cell_in_word};
use super::shapes::ShapeTable;

/// Visits cells during a collection.
pub struct Tracer<'h> {
    types: &'static [CellType],
    shapes: &'h ShapeTable,
    /// Marked cells whose references have not been visited.
    work: Vec<NonNull<Header>>,
    /// The bytes of all cells marked by this collection.
    marked_bytes: usize,
}

impl<'h> Tracer<'h> {
    pub(super) fn new(types: &'static [CellType], shapes: &'h ShapeTable) -> Self {
        Self { types, shapes, work: Vec::new(), marked_bytes: 0 }
    }

    /// Visits a cell.
    #[inline]
    pub fn cell<T>(&mut self, cell: Gc<T>) {
        self.header(cell.header_ptr());
    }

    /// Visits the cell that a word refers to, if any: values are such words.
    #[inline]
    pub fn word(&mut self, word: u64) {
        if let Some(cell) = cell_in_word(word) {
            self.header(cell);
        }
    }

    /// Visits the shape of a number, and gives it.
    ///
    /// # Safety
    /// Shapes are of this type.
    #[inline]
    pub unsafe fn shape<T: HeapCell>(&mut self, number: u32) -> Option<Gc<T>> {
        let cell = self.shapes.get(number)?;
        self.header(cell);
        // SAFETY: By the caller's word; an object keeps its shape alive.
        Some(unsafe { Gc::from_ptr(cell.cast()) })
    }

    #[inline]
    pub(super) fn header(&mut self, cell: NonNull<Header>) {
        // SAFETY: References are to the beginnings of live cells.
        let block = unsafe { BlockRef::of(cell) };
        if block.mark(cell) {
            // SAFETY: The cell is alive.
            unsafe { cell.as_ref() }.set_collector_flags(OLD);
            self.marked_bytes += block.cell_size();
            self.work.push(cell);
        }
    }

    /// Visits what a cell that is already marked refers to.
    pub(super) fn children(&mut self, cell: NonNull<Header>) {
        // SAFETY: The cell is alive.
        let kind = unsafe { cell.as_ref() }.kind();
        // SAFETY: The cell is alive and of this kind.
        unsafe { (self.types[usize::from(kind.0)].trace)(cell, self) };
    }

    /// Visits until everything reachable is marked.
    pub(super) fn drain(&mut self) {
        while let Some(cell) = self.work.pop() {
            self.children(cell);
        }
    }

    pub(super) fn has_work(&self) -> bool {
        !self.work.is_empty()
    }

    pub(super) fn marked_bytes(&self) -> usize {
        self.marked_bytes
    }

    /// Whether a cell is known to be alive so far: for ephemerons.
    #[must_use]
    pub fn is_alive<T>(&self, cell: Gc<T>) -> bool {
        is_marked(cell.header_ptr())
    }
}

/// Says what a collection has found alive: for weak references.
pub struct Liveness<'h> {
    pub(super) is_minor: bool,
    pub(super) collection: std::marker::PhantomData<&'h ()>,
}

impl Liveness<'_> {
    /// Whether the collection is a minor one: cells that were there before it are
    /// alive.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        self.is_minor
    }

    /// Whether a cell is alive.
    #[must_use]
    pub fn is_alive<T>(&self, cell: Gc<T>) -> bool {
        is_marked(cell.header_ptr())
    }
}

pub(super) fn is_marked(cell: NonNull<Header>) -> bool {
    // SAFETY: Weak references too are to the beginnings of cells whose memory has
    // not been handed out again: this collection decides about them.
    unsafe { BlockRef::of(cell) }.is_marked(cell)
}
