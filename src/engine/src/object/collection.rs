//! `Map`, `Set`, `WeakMap`, `WeakSet` and the iterators of the former (ECMA-262 §24).

use std::cell::Cell;

use super::hash_table::{Cursor, HashTable, MOST_ENTRIES, OrderedTable, SMALLEST, hashed};
use super::{IterationKind, Memory, Object, Shape};
use crate::heap::{CellKind, Gc, HeapCell, RootedVec, Tracer};
use crate::kinds;
use crate::value::Value;

/// A collection with its entries.
#[repr(C)]
pub struct Collection<const KIND: u8, const TABLE: u8> {
    object: Object,
    table: Cell<Option<Gc<HashTable<TABLE>>>>,
}

/// A `Map`.
pub type Map = Collection<{ kinds::MAP.0 }, { kinds::ORDERED_TABLE.0 }>;
/// A `Set`, whose entries have no values.
pub type Set = Collection<{ kinds::SET.0 }, { kinds::ORDERED_TABLE.0 }>;
/// A `WeakMap`.
pub type WeakMap = Collection<{ kinds::WEAK_MAP.0 }, { kinds::EPHEMERON_TABLE.0 }>;
/// A `WeakSet`, whose entries have no values.
pub type WeakSet = Collection<{ kinds::WEAK_SET.0 }, { kinds::EPHEMERON_TABLE.0 }>;

/// A collection cannot have more entries.
#[derive(Clone, Copy, Debug)]
pub struct TooMany;

// SAFETY: It begins with an object; the table is visited.
unsafe impl<const KIND: u8, const TABLE: u8> HeapCell for Collection<KIND, TABLE> {
    const KIND: CellKind = CellKind(KIND);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        if let Some(table) = self.table.get() {
            tracer.cell(table);
        }
    }
}

impl<const KIND: u8, const TABLE: u8> Gc<Collection<KIND, TABLE>> {
    /// A collection without entries.
    pub fn new(memory: &Memory, shape: Gc<Shape>) -> Self {
        let collection = Collection { object: Object::new(shape), table: Cell::new(None) };
        memory.allocate_object(collection, shape, 0)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }

    /// The number of entries.
    pub fn len(self) -> u32 {
        self.table.get().map_or(0, Gc::<HashTable<TABLE>>::len)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    fn set_table(self, memory: &Memory, table: Gc<HashTable<TABLE>>) {
        self.table.set(Some(table));
        memory.write_barrier(self, table.to_word());
    }

    fn table_or_new(self, memory: &Memory) -> Gc<HashTable<TABLE>> {
        self.table.get().unwrap_or_else(|| {
            let table = Gc::<HashTable<TABLE>>::new(memory, SMALLEST);
            self.set_table(memory, table);
            table
        })
    }

    /// Gives an empty collection the entries of another one.
    pub fn copy_entries(self, memory: &Memory, other: Self) {
        if let Some(table) = other.table.get() {
            self.set_table(memory, table.copied(memory));
        }
    }

    /// Whether a key has an entry.
    #[inline]
    pub fn has(self, memory: &Memory, key: Value) -> bool {
        self.table.get().is_some_and(|table| table.find(memory, hashed(memory, key)).is_some())
    }

    /// The value of a key's entry.
    #[inline]
    pub fn get(self, memory: &Memory, key: Value) -> Option<Value> {
        let table = self.table.get()?;
        table.find(memory, hashed(memory, key)).map(|index| table.value(index))
    }

    /// Gives a key a value.
    ///
    /// # Errors
    /// [`TooMany`] if there is no room for an entry more.
    pub fn set(self, memory: &Memory, key: Value, value: Value) -> Result<(), TooMany> {
        let key = hashed(memory, key);
        let table = self.table_or_new(memory);
        if let Some(index) = table.find(memory, key) {
            table.set_value(memory, index, value);
            return Ok(());
        }
        self.add_entry(memory, table, key, value)
    }

    /// Adds a key that is its own value, unless it is there.
    ///
    /// # Errors
    /// [`TooMany`] if there is no room for an entry more.
    pub fn add(self, memory: &Memory, key: Value) -> Result<(), TooMany> {
        let key = hashed(memory, key);
        let table = self.table_or_new(memory);
        if table.find(memory, key).is_some() {
            return Ok(());
        }
        self.add_entry(memory, table, key, key.0)
    }

    fn add_entry(
        self,
        memory: &Memory,
        mut table: Gc<HashTable<TABLE>>,
        key: (Value, u32),
        value: Value,
    ) -> Result<(), TooMany> {
        if table.len() >= MOST_ENTRIES {
            return Err(TooMany);
        }
        while !table.add(memory, key, value) {
            table = table.replaced(memory);
            self.set_table(memory, table);
        }
        Ok(())
    }

    /// Removes a key's entry; whether there was one.
    pub fn delete(self, memory: &Memory, key: Value) -> bool {
        let Some(table) = self.table.get() else { return false };
        let found = table.find(memory, hashed(memory, key));
        if let Some(index) = found {
            table.remove(index);
        }
        found.is_some()
    }

    /// Removes all entries.
    pub fn clear(self, memory: &Memory) {
        if let Some(table) = self.table.get() {
            self.set_table(memory, table.cleared(memory));
        }
    }
}

impl<const KIND: u8> Gc<Collection<KIND, { kinds::ORDERED_TABLE.0 }>> {
    /// The place before the first entry.
    pub fn cursor(self, memory: &Memory) -> Cursor {
        Cursor::new(self.table_or_new(memory))
    }
}

impl<const KIND: u8> Gc<Collection<KIND, { kinds::EPHEMERON_TABLE.0 }>> {
    /// The entries that are still there, for people to see: keys and values in turn.
    pub fn entries(self, memory: &Memory) -> RootedVec<Value> {
        let mut entries = memory.rooted_vec();
        if let Some(table) = self.table.get() {
            table.each(|key, value| {
                entries.push(key);
                entries.push(value);
            });
        }
        entries
    }
}

/// An iterator over a `Map` or a `Set`.
#[repr(C)]
pub struct CollectionIterator<const KIND: u8> {
    object: Object,
    /// The table it stands in, and where; None at the end.
    place: Cell<Option<(Gc<OrderedTable>, u32)>>,
    /// What it gives.
    pub gives: IterationKind,
}

/// An iterator over a `Map`.
pub type MapIterator = CollectionIterator<{ kinds::MAP_ITERATOR.0 }>;
/// An iterator over a `Set`.
pub type SetIterator = CollectionIterator<{ kinds::SET_ITERATOR.0 }>;

// SAFETY: It begins with an object; the table it stands in is visited.
unsafe impl<const KIND: u8> HeapCell for CollectionIterator<KIND> {
    const KIND: CellKind = CellKind(KIND);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        if let Some((table, _)) = self.place.get() {
            tracer.cell(table);
        }
    }
}

impl<const KIND: u8> Gc<CollectionIterator<KIND>> {
    /// An iterator that stands at a place.
    pub fn new(memory: &Memory, shape: Gc<Shape>, cursor: &Cursor, gives: IterationKind) -> Self {
        let place = Cell::new(Some((cursor.table, cursor.index)));
        let iterator = CollectionIterator { object: Object::new(shape), place, gives };
        memory.allocate_object(iterator, shape, 0)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }

    /// Where it stands; None at the end.
    pub fn cursor(self) -> Option<Cursor> {
        self.place.get().map(|(table, index)| Cursor { table, index })
    }

    /// The next entry.
    #[inline]
    pub fn step(self, memory: &Memory) -> Option<(Value, Value)> {
        let mut cursor = self.cursor()?;
        let entry = cursor.next();
        self.place.set(entry.is_some().then_some((cursor.table, cursor.index)));
        memory.write_barrier(self, cursor.table.to_word());
        entry
    }
}
