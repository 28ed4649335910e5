//! Indexed properties.
//!
//! As long as they are close together and have the attributes that an assignment
//! gives, their values stand in [`Elements`], holes included. Else the object is
//! *sparse*: they are properties of its dictionary, with indices as keys.

use super::{Attributes, Elements, MOST_VALUES, Object, Property, SPARSE};
use crate::heap::Gc;
use crate::string::PropertyKey;
use crate::value::Value;

use super::Memory;

/// So many holes at most may come between the last element and the next one.
const GAP: u32 = 1024;

/// Up to so much room holes do not matter.
const SMALL: u32 = 500;

/// Elements with more room than this for each one that is there take more memory than a
/// dictionary does.
const ROOM: u32 = 6;

impl Gc<Object> {
    /// The value of an indexed property among its elements; `EMPTY` if it is not
    /// there, or the object is sparse.
    #[inline]
    pub fn element(self, index: u32) -> Value {
        self.elements().map_or(Value::EMPTY, |elements| elements.get(index))
    }

    /// Its own property of an index, in a sparse object.
    pub fn sparse_property(self, memory: &Memory, index: u32) -> Option<Property> {
        if self.is_sparse() { self.own_property(memory, PropertyKey::index(index)) } else { None }
    }

    /// Changes the value of an element that is there.
    #[inline]
    pub fn set_element(self, memory: &Memory, index: u32, value: Value) {
        if let Some(elements) = self.elements() {
            elements.set(memory, index, value);
        }
    }

    /// Adds an element right behind those that are in use; not if there is no room.
    #[inline]
    pub fn append_element(self, memory: &Memory, index: u32, value: Value) -> bool {
        let Some(elements) = self.elements() else { return false };
        let has_room = elements.length() == index && index < elements.capacity();
        if has_room {
            elements.set_length(index + 1);
            elements.set(memory, index, value);
        }
        has_room
    }

    /// Adds an indexed property that is not there.
    pub fn add_element(self, memory: &Memory, index: u32, value: Value, attributes: Attributes) {
        if !self.is_sparse()
            && attributes == Attributes::DATA
            && self.reserve_element(memory, index)
        {
            self.set_element(memory, index, value);
            return;
        }
        self.make_sparse(memory);
        self.add_property(memory, PropertyKey::index(index), value, attributes);
    }

    /// Gives an object all indexed properties of which have been assigned one more, or
    /// changes it.
    pub fn add_or_set_element(self, memory: &Memory, index: u32, value: Value) {
        match self.sparse_property(memory, index) {
            Some(property) => self.set_slot(memory, property.slot, value),
            None if self.element(index).is_empty() => {
                self.add_element(memory, index, value, Attributes::DATA);
            }
            None => self.set_element(memory, index, value),
        }
    }

    /// Makes an index one that is in use; not if it is too far from the others.
    fn reserve_element(self, memory: &Memory, index: u32) -> bool {
        let (length, capacity) =
            self.elements().map_or((0, 0), |elements| (elements.length(), elements.capacity()));
        if index < length {
            return true;
        }
        if index >= capacity {
            if index >= MOST_VALUES || index - length >= GAP {
                return false;
            }
            let wanted = (index + 1).max(capacity + capacity / 2).clamp(4, MOST_VALUES);
            if index > length && wanted > SMALL && self.element_count() < wanted / ROOM {
                return false;
            }
            self.reserve_elements(memory, wanted);
        }
        if let Some(elements) = self.elements() {
            elements.set_length(index + 1);
        }
        true
    }

    /// The number of elements that are there.
    fn element_count(self) -> u32 {
        let is_there = |value: &&std::cell::Cell<Value>| !value.get().is_empty();
        self.elements().map_or(0, |elements| elements.as_cells().iter().filter(is_there).count())
            as u32
    }

    /// Makes room for so many elements.
    pub fn reserve_elements(self, memory: &Memory, capacity: u32) {
        let elements = match self.elements() {
            _ if capacity == 0 => return,
            Some(elements) if elements.capacity() >= capacity => return,
            Some(elements) => elements.grown(memory, capacity),
            None => Gc::<Elements>::with_capacity(memory, capacity),
        };
        self.set_elements(memory, Some(elements));
    }

    /// Replaces all its elements.
    pub fn set_elements(self, memory: &Memory, elements: Option<Gc<Elements>>) {
        self.elements.set(elements);
        if let Some(elements) = elements {
            memory.write_barrier(self, elements.to_word());
        }
    }

    /// Removes an indexed property that is there.
    pub fn remove_element(self, memory: &Memory, index: u32) {
        if self.is_sparse() {
            self.remove_property(memory, PropertyKey::index(index));
        } else if let Some(elements) = self.elements() {
            if index + 1 == elements.length() {
                elements.set_length(index);
            } else {
                self.set_element(memory, index, Value::EMPTY);
            }
        }
    }

    /// Makes its indexed properties those of a dictionary.
    pub fn make_sparse(self, memory: &Memory) {
        if self.is_sparse() {
            return;
        }
        self.make_dictionary(memory);
        let elements = self.elements.take();
        self.header().set_flag(SPARSE, true);
        let Some(elements) = elements else { return };
        for index in 0..elements.length() {
            let value = elements.get(index);
            if !value.is_empty() {
                self.add_property(memory, PropertyKey::index(index), value, Attributes::DATA);
            }
        }
    }
}
