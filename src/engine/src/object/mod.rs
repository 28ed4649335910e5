//! Objects: properties in slots and elements, laid out by shapes.
//!
//! What is here knows no JavaScript code: nothing calls a getter, a setter or a
//! proxy's trap, and nothing throws. The essential internal methods of ECMA-262 §10
//! stand on top of it.

mod arguments;
mod array;
mod array_buffer;
mod attributes;
mod bound_function;
mod collection;
mod date;
mod descriptor;
mod disposable_stack;
mod elements;
mod function;
mod hash_table;
mod host;
mod import;
mod iterator;
mod iterator_helper;
mod literal_form;
mod memory;
mod primitive_wrapper;
mod promise;
mod property_table;
mod proxy;
mod regexp;
mod shape;
mod storage;
#[cfg(feature = "temporal")]
mod temporal;
mod typed_array;
mod waiters;
mod weak;

use std::cell::Cell;

use crate::bytecode::CodeFlags;
use crate::heap::{Gc, Header, HeapCell, Tracer};
use crate::kinds;
use crate::string::PropertyKey;
use crate::value::Value;

pub use arguments::MappedArguments;
pub use array::Array;
pub use array_buffer::{ArrayBuffer, Block, MOST_BYTES};
pub use attributes::Attributes;
pub use bound_function::BoundFunction;
pub use collection::{
    Collection, CollectionIterator, Map, MapIterator, Set, SetIterator, TooMany, WeakMap, WeakSet,
};
pub use date::Date;
pub use descriptor::{Accessor, PropertyDescriptor};
pub use disposable_stack::{AsyncDisposableStack, DisposableStack, ResourceStack};
pub use function::{Environment, Function};
pub use hash_table::{Cursor, EPHEMERONS, EphemeronTable, OrderedTable, hashed};
pub use host::HostObject;
pub use import::Import;
pub use iterator::{ArrayIterator, IterationKind, StringIterator};
pub use iterator_helper::{HelperKind, HelperState, IteratorHelper, IteratorWrapper};
pub use literal_form::LiteralForm;
pub use memory::Memory;
pub use primitive_wrapper::PrimitiveWrapper;
pub use promise::{Promise, PromiseState, Reaction, ReactionKind};
pub use property_table::Property;
pub use proxy::Proxy;
pub use regexp::{RegExp, RegExpStringIterator, SharedPattern};
pub use shape::{Layout, Shape, Shapes};
pub use storage::{Elements, MOST_VALUES, Slots, Values};
#[cfg(feature = "temporal")]
pub use temporal::{TEMPORAL_TYPES, TemporalObject, TemporalValue, temporal_size};
pub use typed_array::{DataView, ElementType, TypedArray, View, read_bits, write_bits};
pub use waiters::{Mailbox, Waiters};
pub use weak::{FinalizationRegistry, REGISTRATIONS, Registration, WEAK_REFS, WeakRef};

/// What every object begins with. Its first slots follow it in the cell, behind
/// what its kind adds.
#[repr(C)]
pub struct Object {
    header: Header,
    slots: Cell<Option<Gc<Slots>>>,
    elements: Cell<Option<Gc<Elements>>>,
}

/// Some internal method is not the ordinary one (ECMA-262 §10.4): whoever wants to
/// go a short way has to ask.
pub const EXOTIC: u8 = 0;
/// It is the prototype of something.
const PROTOTYPE: u8 = 1;
/// Its indexed properties are in its dictionary.
const SPARSE: u8 = 2;

impl Object {
    /// The part of an object that it begins with.
    pub fn new(shape: Gc<Shape>) -> Self {
        Self {
            header: Header::new(shape.layout().kind, shape.number()),
            slots: Cell::new(None),
            elements: Cell::new(None),
        }
    }

    /// The first word, which says what kind of object it is.
    #[inline]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Visits what every object refers to.
    pub fn trace_object(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: All shapes are of this type.
        if let Some(shape) = unsafe { tracer.shape::<Shape>(self.header.shape.get()) } {
            for value in self.inline_slots(shape) {
                tracer.word(value.get().bits());
            }
        }
        if let Some(slots) = self.slots.get() {
            tracer.cell(slots);
        }
        if let Some(elements) = self.elements.get() {
            tracer.cell(elements);
        }
    }

    /// The slots inside, used or not.
    #[inline]
    fn inline_slots(&self, shape: Gc<Shape>) -> &[Cell<Value>] {
        let layout = shape.layout();
        // SAFETY: An object of this shape has been allocated with that many slots
        // there. Its address is exposed with the cell's.
        unsafe {
            let address = (&raw const *self).addr() + usize::from(layout.inline_offset);
            let start = std::ptr::with_exposed_provenance(address);
            std::slice::from_raw_parts(start, usize::from(layout.inline_slots))
        }
    }

    /// Whether its indexed properties are in its dictionary.
    #[inline]
    pub fn is_sparse(&self) -> bool {
        self.header.flag(SPARSE)
    }

    /// Whether some internal method is not the ordinary one.
    #[inline]
    pub fn is_exotic(&self) -> bool {
        self.header.flag(EXOTIC)
    }

    /// Whether it is the prototype of something.
    #[inline]
    pub fn is_prototype(&self) -> bool {
        self.header.flag(PROTOTYPE)
    }

    /// The slots that are not inside.
    #[inline]
    pub fn slots(&self) -> Option<Gc<Slots>> {
        self.slots.get()
    }

    /// The values of its indexed properties, where they are close together.
    #[inline]
    pub fn elements(&self) -> Option<Gc<Elements>> {
        self.elements.get()
    }
}

// SAFETY: It begins with the header; shape, slots and elements are visited.
unsafe impl HeapCell for Object {
    const KIND: crate::heap::CellKind = kinds::OBJECT;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.trace_object(tracer);
    }
}

impl Gc<Object> {
    /// An object without properties, its slots inside empty.
    pub fn ordinary(memory: &Memory, shape: Gc<Shape>) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        memory.allocate_object(Object::new(shape), shape, inside)
    }

    /// An object with these values in its slots: as many as the shape has properties.
    #[inline]
    pub fn with_values(memory: &Memory, shape: Gc<Shape>, values: &[Value]) -> Self {
        let room = usize::from(shape.layout().inline_slots);
        let outside =
            (values.len() > room).then(|| Gc::<Slots>::from_values(memory, &values[room..]));
        let object = Self::ordinary(memory, shape);
        // It is young, so the collector need not be told.
        object.slots.set(outside);
        for (slot, value) in object.inline_slots(shape).iter().zip(values) {
            slot.set(*value);
        }
        object
    }

    /// Its shape.
    #[inline]
    pub fn shape(self, memory: &Memory) -> Gc<Shape> {
        // SAFETY: An object keeps its shape alive.
        unsafe { memory.shape(self.header.shape.get()) }
    }

    /// Says that it is the prototype of something.
    pub fn mark_as_prototype(self) {
        self.header.set_flag(PROTOTYPE, true);
    }

    /// Its prototype.
    #[inline]
    pub fn prototype(self, memory: &Memory) -> Option<Gc<Object>> {
        self.shape(memory).prototype()
    }

    /// Gives it another shape, for which its slots are right.
    fn set_shape(self, memory: &Memory, shape: Gc<Shape>) {
        self.header.shape.set(shape.number());
        memory.write_barrier(self, shape.to_word());
        self.note_change(memory);
    }

    /// Its properties, or where they are, have changed.
    fn note_change(self, memory: &Memory) {
        if self.is_prototype() {
            memory.shapes().advance_prototype_epoch();
        }
    }

    /// The place of a slot.
    #[inline]
    fn slot(&self, shape: Gc<Shape>, slot: u32) -> &Cell<Value> {
        let inside = self.inline_slots(shape);
        match inside.get(slot as usize) {
            Some(place) => place,
            None => self.outer_slot(slot - inside.len() as u32),
        }
    }

    #[inline]
    fn outer_slot(&self, slot: u32) -> &Cell<Value> {
        let slots = self.slots.get().expect("a shape with more slots than fit inside");
        assert!(slot < slots.length());
        // SAFETY: The place is there. The slots live as long as the object has
        // them, and that is until it grows, for which nobody holds on to a place.
        unsafe { &*slots.start().add(slot as usize) }
    }

    /// The value in a slot.
    #[inline]
    pub fn get_slot(self, memory: &Memory, slot: u32) -> Value {
        self.slot(self.shape(memory), slot).get()
    }

    /// Whether the first slots have these values.
    pub fn has_values(self, memory: &Memory, values: &[Value]) -> bool {
        let inside = self.inline_slots(self.shape(memory));
        let (first, others) = values.split_at(inside.len().min(values.len()));
        first.iter().zip(inside).all(|(value, slot)| slot.get() == *value)
            && (0..).zip(others).all(|(slot, value)| self.outer_slot(slot).get() == *value)
    }

    /// Changes the value in a slot.
    #[inline]
    pub fn set_slot(self, memory: &Memory, slot: u32, value: Value) {
        let shape = self.shape(memory);
        self.slot(shape, slot).set(value);
        if slot < u32::from(shape.layout().inline_slots) {
            memory.write_barrier(self, value.bits());
        } else if let Some(slots) = self.slots.get() {
            memory.write_barrier(slots, value.bits());
        }
    }

    /// Makes room for the slots of a shape.
    fn reserve_slots(self, memory: &Memory, shape: Gc<Shape>) {
        let outside = shape.slots().saturating_sub(u32::from(shape.layout().inline_slots));
        if outside == 0 {
            return;
        }
        let slots = match self.slots.get() {
            Some(slots) if outside <= slots.capacity() => slots,
            Some(slots) => slots.grown(memory, outside.max(slots.capacity() * 2)),
            None => Gc::<Slots>::with_capacity(memory, outside.max(4)),
        };
        slots.set_length(outside.max(slots.length()));
        self.slots.set(Some(slots));
        memory.write_barrier(self, slots.to_word());
    }

    /// Adds a property that is not there. Indices are for [`Self::add_element`].
    pub fn add_property(
        self,
        memory: &Memory,
        key: PropertyKey,
        value: Value,
        attributes: Attributes,
    ) {
        let shape = memory.shapes().add(memory, self.shape(memory), key, attributes);
        self.reserve_slots(memory, shape);
        self.set_shape(memory, shape);
        if let Some(property) = shape.lookup(key) {
            self.set_slot(memory, property.slot, value);
        }
    }

    /// Gives it a shape of its own, as is good for objects whose keys nobody knows before.
    pub fn make_dictionary(self, memory: &Memory) {
        if !self.shape(memory).is_dictionary() {
            let dictionary = Shapes::dictionary(memory, self.shape(memory));
            self.set_shape(memory, dictionary);
        }
    }

    /// Its own property of a key that is no index among its elements.
    #[inline]
    pub fn own_property(self, memory: &Memory, key: PropertyKey) -> Option<Property> {
        self.shape(memory).lookup(key)
    }

    /// Changes the attributes of a property that is there.
    pub fn set_attributes(self, memory: &Memory, key: PropertyKey, attributes: Attributes) {
        let shape = memory.shapes().set_attributes(memory, self.shape(memory), key, attributes);
        self.set_shape(memory, shape);
    }

    /// Removes a property that is there.
    pub fn remove_property(self, memory: &Memory, key: PropertyKey) {
        if let Some(property) = self.own_property(memory, key) {
            self.set_slot(memory, property.slot, Value::EMPTY);
            let shape = memory.shapes().remove(memory, self.shape(memory), key);
            self.set_shape(memory, shape);
        }
    }

    /// Gives it another prototype.
    pub fn set_prototype(self, memory: &Memory, prototype: Option<Gc<Object>>) {
        if let Some(prototype) = prototype {
            prototype.header.set_flag(PROTOTYPE, true);
        }
        let known = memory.shapes().origin(self.shape(memory));
        let origin = known.or_else(|| if prototype.is_none() { self.maker(memory) } else { None });
        let shape = memory.shapes().set_prototype(memory, self.shape(memory), prototype);
        if let Some(origin) = origin {
            memory.shapes().set_origin(shape, origin);
        }
        self.set_shape(memory, shape);
    }

    /// The name of the constructor that has made it, as its prototype tells. V8 knows it by
    /// its own shapes, but for derived classes.
    fn maker(self, memory: &Memory) -> Option<Box<str>> {
        let prototype = self.prototype(memory)?;
        let constructor = prototype.own_property(memory, memory.keys().constructor)?;
        let constructor = prototype.get_slot(memory, constructor.slot).downcast::<Function>()?;
        let code = constructor.code;
        let name = code.name.to_rust(memory);
        (!code.flags.contains(CodeFlags::DERIVED) && !name.is_empty()).then(|| name.into())
    }

    /// The name of the constructor that has made an object whose prototype was taken away, as
    /// far as that is known.
    pub fn origin(self, memory: &Memory) -> Option<Box<str>> {
        if self.is_prototype() {
            return None;
        }
        memory.shapes().origin(self.shape(memory))
    }

    /// Lets nobody add properties any more.
    pub fn prevent_extensions(self, memory: &Memory) {
        let shape = memory.shapes().prevent_extensions(memory, self.shape(memory));
        self.set_shape(memory, shape);
    }
}
