//! The properties of a shape, by key and in order.

use hashbrown::HashTable;

use super::Attributes;
use crate::string::PropertyKey;

/// Where a property's value is, and what can be done with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Property {
    /// The number of its slot.
    pub slot: u32,
    /// Its attributes.
    pub attributes: Attributes,
}

/// Properties by key, in the order in which they were added.
#[derive(Clone, Default)]
pub(super) struct PropertyTable {
    /// Those deleted have no key any more.
    entries: Vec<Option<(PropertyKey, Property)>>,
    /// The index of each entry, by the key's hash.
    indices: HashTable<u32>,
    /// The slots of those deleted.
    free_slots: Vec<u32>,
}

fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl PropertyTable {
    fn index(&self, key: PropertyKey) -> Option<usize> {
        let is_key = |index: &u32| {
            self.entries[*index as usize].is_some_and(|(candidate, _)| candidate == key)
        };
        self.indices.find(spread(key.hash()), is_key).map(|index| *index as usize)
    }

    pub(super) fn get(&self, key: PropertyKey) -> Option<Property> {
        self.entries[self.index(key)?].map(|(_, property)| property)
    }

    /// Adds a property that is not there.
    pub(super) fn add(&mut self, key: PropertyKey, property: Property) {
        let index = self.entries.len() as u32;
        self.entries.push(Some((key, property)));
        let entries = &self.entries;
        self.indices.insert_unique(spread(key.hash()), index, |index| {
            entries[*index as usize].map_or(0, |(key, _)| spread(key.hash()))
        });
    }

    /// Changes a property that is there.
    pub(super) fn set(&mut self, key: PropertyKey, property: Property) {
        if let Some(index) = self.index(key) {
            self.entries[index] = Some((key, property));
        }
    }

    /// Removes a property.
    pub(super) fn remove(&mut self, key: PropertyKey) {
        let Some(index) = self.index(key) else { return };
        if let Ok(entry) =
            self.indices.find_entry(spread(key.hash()), |candidate| *candidate as usize == index)
        {
            entry.remove();
        }
        if let Some((_, property)) = self.entries[index].take() {
            self.free_slots.push(property.slot);
        }
        if self.entries.len() > 32 && self.indices.len() < self.entries.len() / 2 {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let Self { entries, free_slots, .. } = std::mem::take(self);
        self.free_slots = free_slots;
        for (key, property) in entries.into_iter().flatten() {
            self.add(key, property);
        }
    }

    /// A slot that a deleted property has left.
    pub(super) fn take_free_slot(&mut self) -> Option<u32> {
        self.free_slots.pop()
    }

    /// The property that was added as that of a number, unless it has been removed.
    pub(super) fn nth(&self, index: usize) -> Option<(PropertyKey, Property)> {
        self.entries.get(index).copied().flatten()
    }

    pub(super) fn len(&self) -> usize {
        self.indices.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (PropertyKey, Property)> {
        self.entries.iter().copied().flatten()
    }

    /// The memory it takes, in bytes.
    pub(super) fn size(&self) -> usize {
        self.entries.capacity() * size_of::<(PropertyKey, Property)>()
            + (self.indices.capacity() + self.free_slots.capacity()) * size_of::<u32>()
    }
}
