//! Cells: what the heap is made of, and references to them.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;

use super::tracer::{Liveness, Tracer};

/// Cells start at multiples of this many bytes.
pub const GRANULE: usize = 16;

/// What a cell is. The heap itself only hands the number back: what follows from
/// it stands in [`CellType`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(transparent)]
pub struct CellKind(pub u8);

/// The first word of every cell.
///
/// It is never zero while the cell lives, because kinds begin at one: a zeroed
/// word is memory that holds no cell.
#[repr(C)]
#[derive(Debug)]
pub struct Header {
    /// The number of an object's shape; a string keeps its hash here.
    pub shape: Cell<u32>,
    kind: CellKind,
    flags: Cell<u8>,
    /// A kind's own use.
    pub extra: Cell<u16>,
}

/// The cell has survived a collection.
pub(super) const OLD: u8 = 1;
/// The cell is in the remembered set.
pub(super) const REMEMBERED: u8 = 1 << 1;
/// The first flag bit that belongs to the cell's kind.
const OWN_FLAGS: u8 = 2;

impl Header {
    /// The header of a new cell.
    #[inline]
    #[must_use]
    pub const fn new(kind: CellKind, shape: u32) -> Self {
        Self { shape: Cell::new(shape), kind, flags: Cell::new(0), extra: Cell::new(0) }
    }

    /// What the cell is.
    #[inline]
    #[must_use]
    pub fn kind(&self) -> CellKind {
        self.kind
    }

    /// Whether the kind's own flag number `flag`, from 0 to 5, is set.
    #[inline]
    #[must_use]
    pub fn flag(&self, flag: u8) -> bool {
        self.flags.get() & (1 << (OWN_FLAGS + flag)) != 0
    }

    /// Sets or clears the kind's own flag number `flag`, from 0 to 5.
    #[inline]
    pub fn set_flag(&self, flag: u8, on: bool) {
        let bit = 1 << (OWN_FLAGS + flag);
        let flags = self.flags.get();
        self.flags.set(if on { flags | bit } else { flags & !bit });
    }

    #[inline]
    pub(super) fn collector_flags(&self) -> u8 {
        self.flags.get() & (OLD | REMEMBERED)
    }

    #[inline]
    pub(super) fn set_collector_flags(&self, flags: u8) {
        self.flags.set(self.flags.get() & !(OLD | REMEMBERED) | flags);
    }
}

/// What the heap has to know about all cells of a kind.
#[derive(Clone, Copy)]
pub struct CellType {
    /// For statistics.
    pub name: &'static str,
    /// Visits what the cell refers to.
    ///
    /// # Safety
    /// The pointer is to a live cell of this kind.
    pub trace: unsafe fn(NonNull<Header>, &mut Tracer<'_>),
    /// Drops the cell in place, where it owns memory outside the heap; gives how much of
    /// that had been [accounted](super::Heap::external_memory).
    ///
    /// # Safety
    /// The pointer is to a cell of this kind that is dropped only once.
    pub drop: Option<unsafe fn(NonNull<Header>) -> usize>,
    /// What a kind does that refers to others weakly.
    pub weak: Option<WeakType>,
}

/// How a kind with weak references takes part in a collection.
#[derive(Clone, Copy)]
pub struct WeakType {
    /// Visits the values of entries whose keys are alive.
    ///
    /// # Safety
    /// The pointer is to a live cell of this kind.
    pub ephemerons: unsafe fn(NonNull<Header>, &mut Tracer<'_>),
    /// Forgets what is not alive.
    ///
    /// # Safety
    /// The pointer is to a live cell of this kind.
    pub sweep: unsafe fn(NonNull<Header>, &Liveness<'_>),
}

/// A type whose values are cells.
///
/// # Safety
/// The type is `repr(C)` and begins with a [`Header`] of kind `KIND`; `trace`
/// visits every cell it refers to, unless weakly.
pub unsafe trait HeapCell: Sized {
    /// The kind in the header.
    const KIND: CellKind;

    /// Visits what the cell refers to.
    fn trace(&self, tracer: &mut Tracer<'_>);

    /// How many bytes outside the heap have been accounted for the cell.
    fn external(&self) -> usize {
        0
    }
}

/// The entry of a [`HeapCell`] in the table of types.
#[must_use]
pub const fn cell_type<T: HeapCell>(name: &'static str) -> CellType {
    unsafe fn trace<T: HeapCell>(cell: NonNull<Header>, tracer: &mut Tracer<'_>) {
        // SAFETY: The caller passes a live cell of this type.
        unsafe { cell.cast::<T>().as_ref() }.trace(tracer);
    }
    unsafe fn drop<T: HeapCell>(cell: NonNull<Header>) -> usize {
        // SAFETY: The caller passes a cell of this type, once.
        unsafe {
            let external = cell.cast::<T>().as_ref().external();
            cell.cast::<T>().drop_in_place();
            external
        }
    }
    CellType {
        name,
        trace: trace::<T>,
        drop: if std::mem::needs_drop::<T>() { Some(drop::<T>) } else { None },
        weak: None,
    }
}

/// A reference to a cell.
///
/// It keeps the cell alive as long as it stands where the collector looks: on the
/// native stack, on the virtual machine's stack, in another cell, or in a
/// [`Root`](super::Root). Anywhere else (a `Vec`, a `Box`, a map outside the
/// heap) it is forbidden to be; a test of this crate looks for such places.
#[repr(transparent)]
pub struct Gc<T> {
    cell: NonNull<T>,
    /// Cells belong to one thread.
    thread: PhantomData<*const T>,
}

impl<T> Gc<T> {
    /// A reference to the cell at an address.
    ///
    /// # Safety
    /// There is a live cell of this type.
    #[inline]
    #[must_use]
    pub const unsafe fn from_ptr(cell: NonNull<T>) -> Self {
        Self { cell, thread: PhantomData }
    }

    /// A reference to the cell at the address that a word is.
    ///
    /// # Safety
    /// There is a live cell of this type.
    #[inline]
    #[must_use]
    pub unsafe fn from_word(word: u64) -> Self {
        let cell = std::ptr::with_exposed_provenance_mut(word as usize);
        // SAFETY: By the caller's word.
        unsafe { Self::from_ptr(NonNull::new_unchecked(cell)) }
    }

    /// The cell's address as a word.
    #[inline]
    #[must_use]
    pub fn to_word(self) -> u64 {
        self.cell.as_ptr().expose_provenance() as u64
    }

    /// The cell's address.
    #[inline]
    #[must_use]
    pub const fn as_ptr(self) -> NonNull<T> {
        self.cell
    }

    /// The cell's first word.
    #[inline]
    #[must_use]
    pub const fn header_ptr(self) -> NonNull<Header> {
        self.cell.cast()
    }

    /// The same cell as another type.
    ///
    /// # Safety
    /// It is of that type too: the one begins with the other.
    #[inline]
    #[must_use]
    pub const unsafe fn cast<U>(self) -> Gc<U> {
        // SAFETY: By the caller's word.
        unsafe { Gc::from_ptr(self.cell.cast()) }
    }

    /// Whether both are the same cell.
    #[inline]
    #[must_use]
    pub fn same<U>(self, other: Gc<U>) -> bool {
        self.cell.cast::<()>() == other.cell.cast()
    }
}

impl<T> Clone for Gc<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Gc<T> {}

impl<T> PartialEq for Gc<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cell == other.cell
    }
}

impl<T> Eq for Gc<T> {}

impl<T> std::hash::Hash for Gc<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.cell.hash(state);
    }
}

impl<T> Deref for Gc<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: A reference stands only where it keeps its cell alive, and
        // cells are changed through `Cell`s alone.
        unsafe { self.cell.as_ref() }
    }
}

impl<T> fmt::Debug for Gc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gc")
    }
}

/// The bits that no cell's address has, where words hold cells and other things.
/// Addresses have at most 48 bits on the machines this runs on, and are even.
pub const NOT_A_CELL: u64 = 0xFFFE_0000_0000_0000 | 2;

/// The cell that a word of memory refers to, if it is one: words are values
/// (see [`crate::value::Value`]), cells' addresses, or zero.
#[inline]
#[must_use]
pub fn cell_in_word(word: u64) -> Option<NonNull<Header>> {
    if word & NOT_A_CELL == 0 { NonNull::new(word as usize as *mut Header) } else { None }
}
