//! Hash tables that know the order of insertion, for `Map`, `Set` and their weak kin
//! (ECMA-262 §24).
//!
//! A table is one cell: entries in the order in which they were added, and buckets that
//! lead to them, as Tyler Close described. A removed entry leaves a gap. A table that is
//! full, or mostly gaps, is replaced by a fresh one and stays as it was: an iterator that
//! stands in it moves on to the next one, where it finds its place by counting gaps.

use std::cell::Cell;
use std::ptr::NonNull;

use crate::bigint::BigInt;
use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, Liveness, Tracer, WeakType};
use crate::kinds;
use crate::string::JsString;
use crate::value::Value;

/// An entry: a key, `EMPTY` where it has been removed, and a value.
#[repr(C)]
struct Entry {
    key: Cell<Value>,
    value: Cell<Value>,
    hash: Cell<u32>,
    /// One more than the index of the next entry of the bucket, or 0.
    next: Cell<u32>,
}

/// A hash table. Of a weak one neither keys nor values are kept alive; a value is as long
/// as its key is.
#[repr(C)]
pub struct HashTable<const KIND: u8> {
    header: Header,
    /// The number of buckets, and of the entries that have room: a power of two.
    capacity: u32,
    /// The entries in use, the removed ones included.
    used: Cell<u32>,
    /// The entries that have not been removed.
    live: Cell<u32>,
    /// All entries were removed when another table took the place.
    was_cleared: Cell<bool>,
    /// The table that has taken its place.
    successor: Cell<Option<Gc<Self>>>,
}

/// The entries of a `Map` or a `Set`.
pub type OrderedTable = HashTable<{ kinds::ORDERED_TABLE.0 }>;
/// The entries of a `WeakMap` or a `WeakSet`.
pub type EphemeronTable = HashTable<{ kinds::EPHEMERON_TABLE.0 }>;

/// The most entries: V8's limit.
pub const MOST_ENTRIES: u32 = 1 << 24;

const IS_WEAK: u8 = kinds::EPHEMERON_TABLE.0;

// SAFETY: It begins with the header; all references are visited, but for weak ones.
unsafe impl<const KIND: u8> HeapCell for HashTable<KIND> {
    const KIND: CellKind = CellKind(KIND);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(successor) = self.successor.get() {
            tracer.cell(successor);
        }
        if KIND == IS_WEAK {
            return;
        }
        // SAFETY: A cell of this kind that is traced lies in the heap.
        let this = unsafe { Gc::from_ptr(NonNull::from(self)) };
        for entry in &this.entries()[..this.used.get() as usize] {
            tracer.word(entry.key.get().bits());
            tracer.word(entry.value.get().bits());
        }
    }
}

/// How the tables of weak collections take part in a collection of the heap's.
pub const EPHEMERONS: WeakType = WeakType {
    ephemerons: |cell, tracer| {
        // SAFETY: The cell is a live one of this kind.
        let table: Gc<EphemeronTable> = unsafe { Gc::from_ptr(cell.cast()) };
        for entry in &table.entries()[..table.used.get() as usize] {
            if entry.key.get().as_cell().is_some_and(|key| tracer.is_alive(key)) {
                tracer.word(entry.value.get().bits());
            }
        }
    },
    sweep: |cell, liveness: &Liveness<'_>| {
        // SAFETY: As above.
        let table: Gc<EphemeronTable> = unsafe { Gc::from_ptr(cell.cast()) };
        for index in 0..table.used.get() {
            let key = table.entries()[index as usize].key.get();
            if key.as_cell().is_some_and(|key| !liveness.is_alive(key)) {
                table.remove(index);
            }
        }
    },
};

/// A key as tables have it, so that equal ones have equal words as far as that is
/// possible (`SameValueZero`, §7.2.11), and its hash.
#[inline]
pub fn hashed(heap: &Heap, key: Value) -> (Value, u32) {
    let key = match key.as_number() {
        Some(0.0) => Value::ZERO,
        Some(number) if number.is_nan() => Value::NAN,
        Some(number) => Value::number(number),
        None => key,
    };
    let word = match key.kind() {
        Some(kinds::STRING) => match key.downcast::<JsString>() {
            Some(string) => u64::from(string.hash(heap)),
            None => 0,
        },
        Some(kinds::BIGINT) => key.downcast::<BigInt>().map_or(0, |value| value.hash()),
        _ => key.bits() ^ key.bits() >> 32,
    };
    (key, (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32)
}

/// Whether two keys that [`hashed`] gave are the same.
#[inline]
fn same(heap: &Heap, one: Value, other: Value) -> bool {
    if one.bits() == other.bits() {
        return true;
    }
    match one.kind() {
        Some(kinds::STRING) => match (one.downcast::<JsString>(), other.downcast::<JsString>()) {
            (Some(one), Some(other)) => one.equals(heap, other),
            _ => false,
        },
        Some(kinds::BIGINT) => match (one.downcast::<BigInt>(), other.downcast::<BigInt>()) {
            (Some(one), Some(other)) => one.equals(&other),
            _ => false,
        },
        _ => false,
    }
}

impl<const KIND: u8> Gc<HashTable<KIND>> {
    /// An empty table with room for so many entries: a power of two.
    pub fn new(heap: &Heap, capacity: u32) -> Self {
        let table = HashTable {
            header: Header::new(CellKind(KIND), 0),
            capacity,
            used: Cell::new(0),
            live: Cell::new(0),
            was_cleared: Cell::new(false),
            successor: Cell::new(None),
        };
        let tail = capacity as usize * (size_of::<Entry>() + size_of::<u32>());
        heap.allocate_with_tail(table, tail)
    }

    fn entries(&self) -> &[Entry] {
        let start = self.as_ptr().as_ptr().wrapping_add(1).cast();
        // SAFETY: So many entries have room behind the table, and zeroed ones are valid.
        unsafe { std::slice::from_raw_parts(start, self.capacity as usize) }
    }

    fn buckets(&self) -> &[Cell<u32>] {
        let start = self.entries().as_ptr_range().end.cast();
        // SAFETY: As many buckets follow the entries.
        unsafe { std::slice::from_raw_parts(start, self.capacity as usize) }
    }

    fn bucket(&self, hash: u32) -> &Cell<u32> {
        &self.buckets()[(hash & (self.capacity - 1)) as usize]
    }

    /// The number of entries.
    #[inline]
    pub fn len(self) -> u32 {
        self.live.get()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The index of a key's entry.
    #[inline]
    pub fn find(self, heap: &Heap, (key, hash): (Value, u32)) -> Option<u32> {
        let mut at = self.bucket(hash).get();
        while at != 0 {
            let entry = &self.entries()[at as usize - 1];
            if entry.hash.get() == hash && same(heap, entry.key.get(), key) {
                return Some(at - 1);
            }
            at = entry.next.get();
        }
        None
    }

    /// The value of an entry.
    #[inline]
    pub fn value(self, index: u32) -> Value {
        self.entries()[index as usize].value.get()
    }

    /// Changes the value of an entry.
    pub fn set_value(self, heap: &Heap, index: u32, value: Value) {
        self.entries()[index as usize].value.set(value);
        heap.write_barrier(self, value.bits());
    }

    /// Removes an entry.
    pub fn remove(self, index: u32) {
        let entry = &self.entries()[index as usize];
        entry.key.set(Value::EMPTY);
        entry.value.set(Value::EMPTY);
        self.live.set(self.live.get() - 1);
    }

    /// Adds an entry for a key that has none; false if there is no room.
    pub fn add(self, heap: &Heap, (key, hash): (Value, u32), value: Value) -> bool {
        let index = self.used.get();
        let Some(entry) = self.entries().get(index as usize) else { return false };
        entry.key.set(key);
        entry.value.set(value);
        entry.hash.set(hash);
        entry.next.set(self.bucket(hash).replace(index + 1));
        self.used.set(index + 1);
        self.live.set(self.live.get() + 1);
        heap.write_barrier(self, key.bits());
        heap.write_barrier(self, value.bits());
        true
    }

    /// Goes through all entries, in the order in which they were added.
    pub fn each(self, mut visit: impl FnMut(Value, Value)) {
        for entry in &self.entries()[..self.used.get() as usize] {
            if !entry.key.get().is_empty() {
                visit(entry.key.get(), entry.value.get());
            }
        }
    }

    /// A table with the same entries and room for more.
    pub fn replaced(self, heap: &Heap) -> Self {
        let is_crowded = self.live.get() > self.capacity / 2;
        let table = Self::new(heap, if is_crowded { self.capacity * 2 } else { self.capacity });
        for entry in &self.entries()[..self.used.get() as usize] {
            if !entry.key.get().is_empty() {
                table.add(heap, (entry.key.get(), entry.hash.get()), entry.value.get());
            }
        }
        self.set_successor(heap, table);
        table
    }

    /// A table of its own with the same entries, and no gaps.
    pub fn copied(self, heap: &Heap) -> Self {
        if self.used.get() == self.live.get() {
            let table = Self::new(heap, self.capacity);
            for (to, from) in
                table.entries().iter().zip(&self.entries()[..self.used.get() as usize])
            {
                to.key.set(from.key.get());
                to.value.set(from.value.get());
                to.hash.set(from.hash.get());
                to.next.set(from.next.get());
            }
            for (to, from) in table.buckets().iter().zip(self.buckets()) {
                to.set(from.get());
            }
            table.used.set(self.used.get());
            table.live.set(self.live.get());
            return table;
        }
        let table = Self::new(heap, self.live.get().next_power_of_two().max(SMALLEST));
        for entry in &self.entries()[..self.used.get() as usize] {
            if !entry.key.get().is_empty() {
                table.add(heap, (entry.key.get(), entry.hash.get()), entry.value.get());
            }
        }
        table
    }

    /// An empty table in place of this one.
    pub fn cleared(self, heap: &Heap) -> Self {
        let table = Self::new(heap, SMALLEST);
        self.was_cleared.set(true);
        self.set_successor(heap, table);
        table
    }

    fn set_successor(self, heap: &Heap, table: Self) {
        self.successor.set(Some(table));
        heap.write_barrier(self, table.to_word());
    }
}

/// The room that a table begins with.
pub const SMALLEST: u32 = 4;

/// A place among the entries of a collection, which may change meanwhile.
#[derive(Clone)]
pub struct Cursor {
    pub(super) table: Gc<OrderedTable>,
    pub(super) index: u32,
}

impl Cursor {
    /// The place before the first entry.
    pub fn new(table: Gc<OrderedTable>) -> Self {
        Self { table, index: 0 }
    }
}

impl Iterator for Cursor {
    type Item = (Value, Value);

    /// The next entry.
    #[inline]
    fn next(&mut self) -> Option<(Value, Value)> {
        while let Some(successor) = self.table.successor.get() {
            let passed = &self.table.entries()[..self.index as usize];
            let gaps = passed.iter().filter(|entry| entry.key.get().is_empty()).count();
            self.index = if self.table.was_cleared.get() { 0 } else { self.index - gaps as u32 };
            self.table = successor;
        }
        while self.index < self.table.used.get() {
            let entry = &self.table.entries()[self.index as usize];
            self.index += 1;
            if !entry.key.get().is_empty() {
                return Some((entry.key.get(), entry.value.get()));
            }
        }
        None
    }
}
