//! The machine's property cache: where properties were found, by shape and key.
//!
//! An inline cache knows one shape. Code that meets several comes here next: one table for
//! all of it, in which a shape and a key have one place. So it serves places that see a
//! few shapes and places that see many, and those without a cache of their own, where the
//! key is computed or a private name.

use std::cell::Cell;
use std::rc::Rc;

use super::handlers::{outside_or_inside, read_slot};
use super::{Completion, Vm};
use crate::bytecode::InlineCache;
use crate::heap::{Gc, Heap, Liveness, WeakTable};
use crate::kinds;
use crate::object::{Accessor, Attributes, Object, Shape};
use crate::operators::as_object;
use crate::string::{PropertyKey, Symbol};
use crate::value::Value;

/// The number of places for what has been read, and for what has been written.
const PLACES: usize = 1024;

/// One hit in so many lets the inline cache of the instruction know what it has missed:
/// then code that comes to see other shapes than before does not go on missing.
const RELEARN: u32 = 16;

/// What the slot is marked with that holds an accessor.
const ACCESSOR: u32 = 1 << 30;

/// Whom what has been learned of a write is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The instruction only.
    Here,
    /// Whatever writes a property of the key.
    Everywhere,
}

/// Where a property is.
#[derive(Clone, Copy)]
struct Found {
    /// The object that has it, unless it is the one that was asked.
    holder: Option<Gc<Object>>,
    /// As caches name it.
    slot: u32,
    is_accessor: bool,
}

/// What has been found, by shape and key.
pub(super) struct PropertyCache {
    reads: Box<[InlineCache; PLACES]>,
    writes: Box<[InlineCache; PLACES]>,
    hits: Cell<u32>,
    /// Whether something has been noted since the last collection.
    used: Cell<bool>,
}

fn places() -> Box<[InlineCache; PLACES]> {
    let places: Box<[InlineCache]> = (0..PLACES).map(|_| InlineCache::EMPTY).collect();
    places.try_into().unwrap_or_else(|_| unreachable!("there are as many as are collected"))
}

impl PropertyCache {
    /// A cache that knows nothing. What dies in the heap is forgotten with everything
    /// else whenever the collector has run.
    pub(super) fn new(heap: &Heap) -> Rc<Self> {
        let (reads, writes) = (places(), places());
        let cache = Self { reads, writes, hits: Cell::new(0), used: Cell::new(false) };
        let cache = Rc::new(cache);
        heap.add_weak_table(Rc::clone(&cache) as Rc<dyn WeakTable>);
        cache
    }

    #[inline(always)]
    fn place(places: &[InlineCache; PLACES], shape: u32, key: PropertyKey) -> &InlineCache {
        // Cells are 16 bytes apart or more.
        let key = (key.bits() >> 4) as u32;
        let hash = shape.wrapping_mul(0x9E37_79B1) ^ key.wrapping_mul(0x85EB_CA6B);
        let index = (hash >> 22) as usize;
        const { assert!(PLACES == 1 << 10) };
        // SAFETY: Ten bits number the places.
        unsafe { places.get_unchecked(index) }
    }

    /// What is known of reading a property that is no accessor, if anything.
    #[inline(always)]
    pub(super) fn read(&self, shape: u32, key: PropertyKey, epoch: u32) -> Option<&InlineCache> {
        let known = Self::place(&self.reads, shape, key);
        let is_it = known.shape.get() == shape
            && known.key() == key
            && known.slot.get() & ACCESSOR == 0
            && (known.holder.get() == 0 || known.epoch.get() == epoch);
        is_it.then_some(known)
    }

    /// The accessor of an object of this shape, if it is known to be one.
    ///
    /// # Safety
    /// The value is an object and has the shape.
    #[inline(always)]
    pub(super) unsafe fn accessor(
        &self,
        shape: u32,
        key: PropertyKey,
        epoch: u32,
        object: Value,
    ) -> Option<Gc<Accessor>> {
        let known = Self::place(&self.reads, shape, key);
        let holder = known.holder.get();
        if known.shape.get() != shape
            || known.key() != key
            || known.slot.get() & ACCESSOR == 0
            || holder != 0 && known.epoch.get() != epoch
        {
            return None;
        }
        // SAFETY: The object has the shape, or inherits from the holder, for which the
        // place was found; what is there is an accessor, for so says the shape.
        unsafe {
            let holder = if holder == 0 { object.cell_unchecked() } else { Gc::from_word(holder) };
            Some(read_slot(holder, known.slot.get() & !ACCESSOR).cell_unchecked())
        }
    }

    /// Notes where a property is read.
    fn learn_read(&self, shape: u32, key: PropertyKey, found: Found, epoch: u32) -> &InlineCache {
        let known = Self::place(&self.reads, shape, key);
        known.set_key(key);
        known.slot.set(found.slot | if found.is_accessor { ACCESSOR } else { 0 });
        known.holder.set(found.holder.map_or(0, Gc::to_word));
        known.epoch.set(epoch);
        known.shape.set(shape);
        self.used.set(true);
        known
    }

    /// What is known of writing a property, if anything.
    #[inline(always)]
    pub(super) fn write(&self, shape: u32, key: PropertyKey, epoch: u32) -> Option<&InlineCache> {
        let known = Self::place(&self.writes, shape, key);
        let is_it = known.shape.get() == shape
            && known.key() == key
            && (known.next_shape.get() == 0 || known.epoch.get() == epoch);
        is_it.then_some(known)
    }

    /// Whether this hit is one that an inline cache is to learn from.
    #[inline(always)]
    pub(super) fn is_lesson(&self) -> bool {
        let hits = self.hits.get().wrapping_add(1);
        self.hits.set(hits);
        hits.is_multiple_of(RELEARN)
    }
}

impl WeakTable for PropertyCache {
    fn sweep(&self, _: &Liveness<'_>) {
        if self.used.replace(false) {
            for known in self.reads.iter().chain(&*self.writes) {
                known.forget();
            }
        }
    }
}

/// Whether a property of this name is an ordinary one of an object, as far as that is
/// known from its shape.
fn is_plain(object: Gc<Object>, key: PropertyKey, vm: &Vm) -> bool {
    if !object.is_exotic() {
        return true;
    }
    let keys = vm.memory.keys();
    match object.header().kind() {
        kinds::ARRAY => key != keys.length,
        // A function that nobody has looked at has not got these yet.
        kinds::FUNCTION => key != keys.length && key != keys.name && key != keys.prototype,
        kinds::TYPED_ARRAY => !vm.is_numeric_key(key),
        _ => false,
    }
}

impl Vm {
    /// Reads a property whose key is no index, and notes where it has been found.
    ///
    /// # Errors
    /// A `TypeError` for `undefined` and `null`; what a getter throws.
    pub(crate) fn read_property(
        &mut self,
        value: Value,
        key: PropertyKey,
        inline: Option<&InlineCache>,
    ) -> Completion {
        if value.kind() == Some(kinds::STRING) && key == self.memory.keys().length {
            return self.get_of_value(value, key);
        }
        let Some(object) = self.base(value) else { return self.get_of_value(value, key) };
        let epoch = self.memory.shapes().prototype_epoch();
        let shape = object.header().shape.get();
        let cache = Rc::clone(&self.property_cache);
        // An inline cache may be for the prototype of strings, but for no other primitives'.
        let inline = inline.filter(|_| value.is_cell());
        if let Some(known) = cache.read(shape, key, epoch) {
            if let Some(inline) = inline {
                inline.learn(known);
                self.memory.write_barrier(self.running_code(), known.holder.get());
            }
            // SAFETY: The object has the shape.
            return Ok(unsafe { known.read(object) });
        }
        // SAFETY: The object has the shape.
        let accessor = unsafe { cache.accessor(shape, key, epoch, Value::cell(object)) };
        if let Some(accessor) = accessor {
            return self.call_getter(accessor, value);
        }
        let Some(found) = self.find_readable(object, key) else {
            return self.get_of_value(value, key);
        };
        let known = cache.learn_read(shape, key, found, epoch);
        if found.is_accessor {
            // SAFETY: As above.
            return match unsafe { cache.accessor(shape, key, epoch, Value::cell(object)) } {
                Some(accessor) => self.call_getter(accessor, value),
                None => self.get_of_value(value, key),
            };
        }
        if let Some(inline) = inline {
            inline.learn(known);
            self.memory.write_barrier(self.running_code(), known.holder.get());
        }
        // SAFETY: The object has the shape.
        Ok(unsafe { known.read(object) })
    }

    /// The value of an accessor property.
    fn call_getter(&mut self, accessor: Gc<Accessor>, receiver: Value) -> Completion {
        match accessor.get.get() {
            Value::UNDEFINED => Ok(Value::UNDEFINED),
            getter => self.call(getter, receiver, &[]),
        }
    }

    /// Reads a private name of an object, and notes where it has been found.
    ///
    /// # Errors
    /// A `TypeError` if the object does not have it; what a getter throws.
    pub(super) fn read_private(&mut self, value: Value, name: Gc<Symbol>) -> Completion {
        let key = PropertyKey::symbol(name);
        let found = as_object(value).and_then(|object| self.find_readable(object, key));
        if found.is_some_and(|found| !found.is_accessor) {
            return self.read_property(value, key, None);
        }
        self.get_private(value, name)
    }

    /// Notes the setter that an assignment to a property will call, if there is one.
    pub(super) fn learn_setter(&self, value: Value, key: PropertyKey) {
        let Some(object) = as_object(value) else { return };
        if let Some(found) = self.find_readable(object, key)
            && found.is_accessor
        {
            let epoch = self.memory.shapes().prototype_epoch();
            self.property_cache.learn_read(object.header().shape.get(), key, found, epoch);
        }
    }

    /// Where a property is; None if shapes do not tell.
    fn find_readable(&self, object: Gc<Object>, key: PropertyKey) -> Option<Found> {
        if key.is_index() || object.shape(&self.memory).is_dictionary() {
            return None;
        }
        let mut at = Some(object);
        while let Some(holder) = at {
            if !is_plain(holder, key, self) {
                return None;
            }
            if let Some(property) = holder.own_property(&self.memory, key) {
                let is_readable = holder == object || !key.is_private();
                return is_readable.then_some(Found {
                    holder: (holder != object).then_some(holder),
                    slot: outside_or_inside(holder.shape(&self.memory), property.slot),
                    is_accessor: property.attributes.is_accessor(),
                });
            }
            at = holder.prototype(&self.memory);
        }
        if key.is_private() {
            return None;
        }
        // It is nowhere: what stands in this object's slot is `undefined`.
        let nothing = self.nothing.get();
        let slot = outside_or_inside(nothing.shape(&self.memory), 0);
        Some(Found { holder: Some(nothing), slot, is_accessor: false })
    }

    /// Writes a property whose key is no index, and notes where it has been done.
    ///
    /// # Errors
    /// As for [`Self::put_of_value`].
    pub(super) fn write_property(
        &mut self,
        value: Value,
        key: PropertyKey,
        new: Value,
        strict: bool,
    ) -> Completion<()> {
        if let Some(object) = as_object(value)
            && self.write_where_known(object, key, new)
        {
            return Ok(());
        }
        let before = as_object(value).map(|object| object.shape(&self.memory));
        self.put_of_value(value, key, new, strict)?;
        if let (Some(object), Some(before)) = (as_object(value), before) {
            self.learn_write(object, before, key, None, Scope::Everywhere);
        }
        Ok(())
    }

    /// Whether an object certainly neither has nor inherits a property, and nobody would
    /// hear of somebody asking.
    pub(crate) fn lacks_property(&self, object: Gc<Object>, key: PropertyKey) -> bool {
        is_plain(object, key, self)
            && object.own_property(&self.memory, key).is_none()
            && !self.is_inherited(object, key)
    }

    /// Whether an object inherits a property, or may.
    pub(super) fn is_inherited(&self, object: Gc<Object>, key: PropertyKey) -> bool {
        let mut at = object.prototype(&self.memory);
        while let Some(holder) = at {
            if !is_plain(holder, key, self) || holder.own_property(&self.memory, key).is_some() {
                return true;
            }
            at = holder.prototype(&self.memory);
        }
        false
    }

    /// Whether an assignment to a property that an object does not have calls a setter, which
    /// may give it that property in its own place.
    fn inherits_accessor(&self, object: Gc<Object>, key: PropertyKey) -> bool {
        let mut at = object.prototype(&self.memory);
        while let Some(holder) = at {
            if let Some(property) = holder.own_property(&self.memory, key) {
                return property.attributes.is_accessor();
            }
            at = holder.prototype(&self.memory);
        }
        false
    }

    /// Notes where a property has been changed or added.
    pub(super) fn learn_write(
        &mut self,
        object: Gc<Object>,
        before: Gc<Shape>,
        key: PropertyKey,
        inline: Option<&InlineCache>,
        scope: Scope,
    ) {
        let after = object.shape(&self.memory);
        if key.is_index() || !is_plain(object, key, self) {
            return;
        }
        let Some(property) = after.lookup(key) else { return };
        let plain = if key.is_private() { Attributes::WRITABLE } else { Attributes::DATA };
        let added = after != before;
        if after.is_dictionary()
            || before.is_dictionary()
            || property.attributes != plain
            || added && (property.slot != before.slots() || after.slots() != before.slots() + 1)
            || added && (object.is_prototype() || self.has_assigning_prototype(object))
            || added && scope == Scope::Everywhere && self.inherits_accessor(object, key)
        {
            return;
        }
        let cache = Rc::clone(&self.property_cache);
        let place = PropertyCache::place(&cache.writes, before.number(), key);
        let place = (scope == Scope::Everywhere).then_some(place);
        for known in [place, inline].into_iter().flatten() {
            known.set_key(key);
            known.slot.set(outside_or_inside(after, property.slot));
            known.next_shape.set(if added { after.number() } else { 0 });
            known.epoch.set(self.memory.shapes().prototype_epoch());
            known.shape.set(before.number());
            // The shape to come is kept alive as the holder.
            known.holder.set(after.to_word());
        }
        cache.used.set(true);
        if inline.is_some() {
            self.memory.write_barrier(self.running_code(), after.to_word());
        }
    }

    /// Whether an object inherits from one that has assignments done its own way. What it
    /// did once it need not do again.
    fn has_assigning_prototype(&self, object: Gc<Object>) -> bool {
        let mut at = object.prototype(&self.memory);
        while let Some(prototype) = at {
            if matches!(
                prototype.header().kind(),
                kinds::PROXY | kinds::NAMESPACE | kinds::TYPED_ARRAY
            ) {
                return true;
            }
            at = prototype.prototype(&self.memory);
        }
        false
    }
}
