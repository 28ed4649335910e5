//! Slots and elements: cells full of values.

use std::cell::Cell;
use std::ptr::NonNull;

use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// Values in a cell: `length` of them are in use, `capacity` have room.
///
/// What is beyond the length is `EMPTY`.
#[repr(C)]
pub struct Values<const KIND: u8> {
    header: Header,
    capacity: u32,
    length: Cell<u32>,
}

/// The values of properties that do not fit into their object.
pub type Slots = Values<{ kinds::SLOTS.0 }>;

/// The values of an object's indexed properties; `EMPTY` where there is none.
pub type Elements = Values<{ kinds::ELEMENTS.0 }>;

// SAFETY: It begins with the header; the values are visited.
unsafe impl<const KIND: u8> HeapCell for Values<KIND> {
    const KIND: CellKind = CellKind(KIND);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: A cell of this kind that is traced lies in the heap.
        let this = unsafe { Gc::from_ptr(NonNull::from(self)) };
        for value in this.as_cells() {
            tracer.word(value.get().bits());
        }
    }
}

/// The most values that a cell may have room for: as many as an array may have
/// elements close together.
pub const MOST_VALUES: u32 = 1 << 28;

impl<const KIND: u8> Gc<Values<KIND>> {
    /// Room for so many values, none in use.
    pub fn with_capacity(heap: &Heap, capacity: u32) -> Self {
        let values =
            Values { header: Header::new(CellKind(KIND), 0), capacity, length: Cell::new(0) };
        heap.allocate_with_tail(values, capacity as usize * size_of::<Value>())
    }

    /// These values, and room for no others.
    pub fn from_values(heap: &Heap, values: &[Value]) -> Self {
        let cell = Self::with_capacity(heap, values.len() as u32);
        cell.length.set(values.len() as u32);
        // SAFETY: There is room for so many, and the cell is nobody else's yet. It is
        // young, so the collector need not be told.
        unsafe {
            cell.start()
                .cast_mut()
                .cast::<Value>()
                .copy_from_nonoverlapping(values.as_ptr(), values.len());
        };
        cell
    }

    /// How many have room.
    #[inline]
    pub fn capacity(self) -> u32 {
        self.capacity
    }

    /// How many are in use.
    #[inline]
    pub fn length(self) -> u32 {
        self.length.get()
    }

    /// Where the values begin.
    #[inline]
    pub fn start(self) -> *const Cell<Value> {
        self.as_ptr().as_ptr().wrapping_add(1).cast()
    }

    /// The values in use.
    #[inline]
    pub fn as_cells(&self) -> &[Cell<Value>] {
        // SAFETY: So many values are there as long as the cell is.
        unsafe { std::slice::from_raw_parts(self.start(), self.length.get() as usize) }
    }

    /// The value at an index; `EMPTY` if it is not in use.
    #[inline]
    pub fn get(self, index: u32) -> Value {
        if index < self.length.get() {
            // SAFETY: The index is that of a value.
            unsafe { (*self.start().add(index as usize)).get() }
        } else {
            Value::EMPTY
        }
    }

    /// Changes the value at an index in use.
    ///
    /// # Panics
    /// If it is not.
    #[inline]
    pub fn set(self, heap: &Heap, index: u32, value: Value) {
        self.as_cells()[index as usize].set(value);
        heap.write_barrier(self, value.bits());
    }

    /// [`Self::set`], unless the collector would have to be told: then nothing is changed.
    #[inline]
    pub fn set_quietly(self, index: u32, value: Value) -> bool {
        let is_quiet = !Heap::needs_write_barrier(self, value.bits());
        if is_quiet {
            self.as_cells()[index as usize].set(value);
        }
        is_quiet
    }

    /// Changes how many are in use. What is beyond becomes `EMPTY`.
    ///
    /// # Panics
    /// If there is no room for so many.
    pub fn set_length(self, length: u32) {
        assert!(length <= self.capacity);
        for value in self.as_cells().iter().skip(length as usize) {
            value.set(Value::EMPTY);
        }
        self.length.set(length);
    }

    /// Adds values behind those in use.
    ///
    /// # Panics
    /// If there is no room for so many.
    pub fn append(self, heap: &Heap, values: &[Cell<Value>]) {
        let length = self.length();
        self.set_length(length + values.len() as u32);
        for (to, from) in self.as_cells()[length as usize..].iter().zip(values) {
            to.set(from.get());
        }
        heap.write_barrier_all(self);
    }

    /// Copies values in use from one index on to another one.
    ///
    /// # Panics
    /// If some of either are not in use.
    pub fn move_within(self, heap: &Heap, from: u32, to: u32, count: u32) {
        let (from, to, count) = (from as usize, to as usize, count as usize);
        let values = self.as_cells();
        let (source, target) = (&values[from..from + count], &values[to..to + count]);
        // SAFETY: Both lie among the values, which are plain words; they may overlap. Cells
        // may be written to by way of what is shared.
        unsafe { std::ptr::copy(source.as_ptr(), target.as_ptr().cast_mut(), count) };
        heap.write_barrier_all(self);
    }

    /// A copy with more room.
    pub fn grown(self, heap: &Heap, capacity: u32) -> Self {
        let grown = Self::with_capacity(heap, capacity);
        let length = self.length().min(capacity);
        grown.length.set(length);
        for (to, from) in grown.as_cells().iter().zip(self.as_cells()) {
            to.set(from.get());
        }
        grown
    }
}
