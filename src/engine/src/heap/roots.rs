//! Roots: references to cells from Rust's own data.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use super::cell::Gc;
use super::tracer::Tracer;

/// The words that are roots, by slot.
#[derive(Default)]
pub(super) struct RootTable {
    slots: RefCell<Slots>,
    vectors: RefCell<Vec<Option<Words>>>,
}

type Words = Rc<RefCell<Vec<u64>>>;

#[derive(Default)]
struct Slots {
    words: Vec<u64>,
    free: Vec<usize>,
}

impl RootTable {
    pub(super) fn trace(&self, tracer: &mut Tracer<'_>) {
        for word in &self.slots.borrow().words {
            tracer.word(*word);
        }
        for vector in self.vectors.borrow().iter().flatten() {
            for word in vector.borrow().iter() {
                tracer.word(*word);
            }
        }
    }

    fn add(&self, word: u64) -> usize {
        let mut slots = self.slots.borrow_mut();
        if let Some(slot) = slots.free.pop() {
            slots.words[slot] = word;
            slot
        } else {
            slots.words.push(word);
            slots.words.len() - 1
        }
    }
}

/// Keeps a cell alive from anywhere.
pub struct Root<T> {
    table: Rc<RootTable>,
    slot: usize,
    /// Cells do not move, so what the slot keeps alive need not be read from it.
    cell: Gc<T>,
}

impl<T> Root<T> {
    pub(super) fn new(table: &Rc<RootTable>, cell: Gc<T>) -> Self {
        let slot = table.add(cell.as_ptr().addr().get() as u64);
        // The word is made a reference again by the collector.
        let _ = cell.as_ptr().expose_provenance();
        Self { table: Rc::clone(table), slot, cell }
    }

    /// The cell.
    #[inline]
    pub fn get(&self) -> Gc<T> {
        self.cell
    }
}

impl<T> Drop for Root<T> {
    fn drop(&mut self) {
        let mut slots = self.table.slots.borrow_mut();
        slots.words[self.slot] = 0;
        slots.free.push(self.slot);
    }
}

/// A type that is one word which the collector understands: a value, or a
/// reference to a cell.
///
/// # Safety
/// It has the size of a `u64`, any bits of a valid one are a word as
/// [`cell_in_word`](super::cell::cell_in_word) takes it, and back.
pub unsafe trait Word: Copy {}

// SAFETY: It is the address of a cell.
unsafe impl<T> Word for Gc<T> {}

/// A growing list of values or cells that may stand anywhere.
pub struct RootedVec<T: Word> {
    table: Rc<RootTable>,
    slot: usize,
    words: Words,
    items: PhantomData<T>,
}

impl<T: Word> RootedVec<T> {
    pub(super) fn new(table: &Rc<RootTable>) -> Self {
        const { assert!(size_of::<T>() == size_of::<u64>()) };
        let words = Words::default();
        let mut vectors = table.vectors.borrow_mut();
        let slot = vectors.iter().position(Option::is_none).unwrap_or(vectors.len());
        if slot == vectors.len() {
            vectors.push(None);
        }
        vectors[slot] = Some(Rc::clone(&words));
        Self { table: Rc::clone(table), slot, words, items: PhantomData }
    }

    fn word(item: T) -> u64 {
        // SAFETY: The trait says so.
        unsafe { std::mem::transmute_copy(&item) }
    }

    fn item(word: u64) -> T {
        // SAFETY: Only `word` makes the words that are kept.
        unsafe { std::mem::transmute_copy(&word) }
    }

    /// Adds an item.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.words.borrow_mut().push(Self::word(item));
    }

    /// Removes the last item.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.words.borrow_mut().pop().map(Self::item)
    }

    /// The number of items.
    #[inline]
    pub fn len(&self) -> usize {
        self.words.borrow().len()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at an index.
    #[inline]
    pub fn get(&self, index: usize) -> Option<T> {
        self.words.borrow().get(index).copied().map(Self::item)
    }

    /// Replaces the item at an index.
    ///
    /// # Panics
    /// If there is none.
    #[inline]
    pub fn set(&mut self, index: usize, item: T) {
        self.words.borrow_mut()[index] = Self::word(item);
    }

    /// Copies items from one index on to another one.
    ///
    /// # Panics
    /// If some of either are not there.
    pub fn copy_within(&mut self, from: usize, to: usize, count: usize) {
        self.words.borrow_mut().copy_within(from..from + count, to);
    }

    /// Copies items of another list to an index.
    ///
    /// # Panics
    /// If some of either are not there.
    pub fn copy_from(&mut self, to: usize, other: &Self, from: usize, count: usize) {
        let items = other.words.borrow();
        self.words.borrow_mut()[to..to + count].copy_from_slice(&items[from..from + count]);
    }

    /// Adds items of a list at the end of another one.
    ///
    /// # Panics
    /// If some of them are not there.
    pub fn append_from(&mut self, other: &Self, from: usize, count: usize) {
        let items = other.words.borrow();
        self.words.borrow_mut().extend_from_slice(&items[from..from + count]);
    }

    /// Drops all items from an index on.
    pub fn truncate(&mut self, length: usize) {
        self.words.borrow_mut().truncate(length);
    }

    /// All items, in order.
    #[inline]
    pub fn as_slice(&self) -> &[T] {
        let words = self.words.borrow();
        // SAFETY: Items are words. Changes take the vector by `&mut`, so the
        // words stay where they are while the slice is in use.
        unsafe { std::slice::from_raw_parts(words.as_ptr().cast(), words.len()) }
    }
}

impl<T: Word> Drop for RootedVec<T> {
    fn drop(&mut self) {
        self.table.vectors.borrow_mut()[self.slot] = None;
    }
}
