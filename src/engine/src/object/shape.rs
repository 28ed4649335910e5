//! Shapes: what objects that were made alike have in common.
//!
//! A shape says of an object which properties it has, in which slots, and what its
//! prototype is. Objects that got the same properties in the same order share
//! theirs, so one comparison of numbers tells an inline cache all of it.
//!
//! Shapes form trees: each adds one property to its parent. Transitions, which lead
//! from a shape to its children, stand in one table for all. An object whose
//! properties come and go gets a *dictionary*, a shape of its own that changes.

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;
use std::rc::Rc;

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use super::property_table::PropertyTable;
use super::{Attributes, Object, Property};
use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, Liveness, Tracer, WeakTable};
use crate::kinds;
use crate::string::PropertyKey;

/// The shape of an object.
#[repr(C)]
pub struct Shape {
    header: Header,
    /// What the header of its objects holds.
    number: Cell<u32>,
    /// Where the slots inside its objects begin, in bytes.
    inline_offset: u16,
    /// How many of the slots are inside.
    inline_slots: u16,
    /// The kind of its objects.
    kind: CellKind,
    flags: Cell<u8>,
    prototype: Cell<Option<Gc<Object>>>,
    parent: Option<Gc<Shape>>,
    /// What it adds to its parent.
    added: Option<(PropertyKey, Property)>,
    /// The number of slots in use.
    slots: Cell<u32>,
    /// All properties by key, where somebody has asked. A child takes its parent's,
    /// because the parent is less likely to be asked again.
    table: RefCell<Option<Box<PropertyTable>>>,
    /// What objects of this shape got last that were given another prototype: programs
    /// which do that do it to many objects alike.
    reparented: Cell<Option<Gc<Shape>>>,
}

/// It belongs to one object, and changes.
const DICTIONARY: u8 = 1;
/// No properties can be added.
const NOT_EXTENSIBLE: u8 = 2;

/// Up to so many properties are looked for one by one.
const SEARCHED: u32 = 6;

/// An object with more properties than this, added one by one, gets a dictionary.
const MOST_SLOTS: u32 = 1020;

// SAFETY: It begins with the header; prototype, parent and keys are visited. The
// keys in the table are those of the shapes up to the root, or with a dictionary
// visited by themselves.
unsafe impl HeapCell for Shape {
    const KIND: CellKind = kinds::SHAPE;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(prototype) = self.prototype.get() {
            tracer.cell(prototype);
        }
        if let Some(parent) = self.parent {
            tracer.cell(parent);
        }
        if let Some(reparented) = self.reparented.get() {
            tracer.cell(reparented);
        }
        if let Some((key, _)) = self.added {
            tracer.word(key.bits());
        }
        if self.is_dictionary()
            && let Some(table) = self.table.borrow().as_deref()
        {
            for (key, _) in table.iter() {
                tracer.word(key.bits());
            }
        }
    }
}

/// What a shape is made of beside its properties.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The kind of its objects.
    pub kind: CellKind,
    /// Where the slots inside its objects begin, in bytes.
    pub inline_offset: u16,
    /// How many slots are inside.
    pub inline_slots: u16,
}

impl Shape {
    /// What the header of its objects holds.
    #[inline]
    pub fn number(&self) -> u32 {
        self.number.get()
    }

    /// The prototype of its objects.
    #[inline]
    pub fn prototype(&self) -> Option<Gc<Object>> {
        self.prototype.get()
    }

    /// The number of slots in use.
    #[inline]
    pub fn slots(&self) -> u32 {
        self.slots.get()
    }

    /// What it is made of beside its properties.
    #[inline]
    pub fn layout(&self) -> Layout {
        let Self { kind, inline_offset, inline_slots, .. } = *self;
        Layout { kind, inline_offset, inline_slots }
    }

    /// Whether it belongs to one object, and changes.
    #[inline]
    pub fn is_dictionary(&self) -> bool {
        self.flags.get() & DICTIONARY != 0
    }

    /// Whether properties can be added.
    #[inline]
    pub fn is_extensible(&self) -> bool {
        self.flags.get() & NOT_EXTENSIBLE == 0
    }
}

impl Gc<Shape> {
    /// The property of a key, if its objects have it.
    pub fn lookup(self, key: PropertyKey) -> Option<Property> {
        if let Some(table) = self.table.borrow().as_deref() {
            return table.get(key);
        }
        if self.slots.get() <= SEARCHED {
            return self
                .added_properties()
                .find(|(added, _)| *added == key)
                .map(|(_, found)| found);
        }
        self.build_table();
        self.table.borrow().as_deref().and_then(|table| table.get(key))
    }

    /// What this shape and its parents add, the last first: its properties, unless it is a
    /// dictionary.
    pub(crate) fn added_properties(self) -> impl Iterator<Item = (PropertyKey, Property)> {
        std::iter::successors(Some(self), |shape| shape.parent).filter_map(|shape| shape.added)
    }

    #[cold]
    fn build_table(self) {
        let mut properties: Vec<(PropertyKey, Property)> = self.added_properties().collect();
        let mut table = PropertyTable::default();
        // Keys live on in the shapes while this list does.
        properties.reverse();
        for (key, property) in properties {
            table.add(key, property);
        }
        *self.table.borrow_mut() = Some(Box::new(table));
    }

    /// Calls `visit` for each property, in the order in which they were added.
    pub fn each_property(self, mut visit: impl FnMut(PropertyKey, Property)) {
        if self.table.borrow().is_none() {
            self.build_table();
        }
        if let Some(table) = self.table.borrow().as_deref() {
            table.iter().for_each(|(key, property)| visit(key, property));
        }
    }

    /// The property of a number, by the order in which they were added, of a shape that is
    /// no dictionary.
    pub fn nth_property(self, index: usize) -> Option<(PropertyKey, Property)> {
        if self.table.borrow().is_none() {
            self.build_table();
        }
        self.table.borrow().as_deref().and_then(|table| table.nth(index))
    }

    /// The number of properties.
    pub fn property_count(self) -> usize {
        if self.is_dictionary() {
            return self.table.borrow().as_deref().map_or(0, PropertyTable::len);
        }
        self.added_properties().count()
    }
}

/// All shapes of a heap: their transitions, and what caches have to know.
pub struct Shapes {
    transitions: RefCell<Transitions>,
    /// Grows when an object that is a prototype changes its shape: then what has
    /// been found along a chain of prototypes may be found elsewhere.
    prototype_epoch: Cell<u32>,
    /// What made the objects without prototype that have had one, by the number of the root
    /// of their shapes.
    origins: RefCell<FxHashMap<u32, Origin>>,
}

/// A root, and the name of what made the objects of its shapes.
type Origin = (NonNull<Shape>, Box<str>);

#[derive(Default)]
struct Transitions {
    children: HashTable<NonNull<Shape>>,
    /// Those made since the last collection.
    young: Vec<NonNull<Shape>>,
}

/// What leads from a shape to another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A property is added in the next slot.
    Add(PropertyKey, Attributes),
    /// Properties cannot be added any more.
    PreventExtensions,
}

impl Step {
    /// The step that has led to a shape.
    fn to(shape: &Shape) -> Self {
        match shape.added {
            Some((key, property)) => Self::Add(key, property.attributes),
            None => Self::PreventExtensions,
        }
    }

    fn hash(self, parent: u32) -> u64 {
        let own = match self {
            Self::Add(key, attributes) => {
                u64::from(key.hash()) << 8 | u64::from(attributes.bits()) << 1
            }
            Self::PreventExtensions => 1,
        };
        let hash = (own ^ u64::from(parent).rotate_left(40)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        // A table looks at both ends.
        hash ^ hash >> 32
    }
}

fn child_hash(child: &Shape) -> u64 {
    Step::to(child).hash(child.parent.map_or(0, |parent| parent.number()))
}

impl Shapes {
    /// No shapes so far; dead ones are forgotten when the heap's collector says so.
    pub fn new(heap: &Heap) -> Rc<Self> {
        let shapes = Rc::new(Self {
            transitions: RefCell::default(),
            prototype_epoch: Cell::new(1),
            origins: RefCell::default(),
        });
        heap.add_weak_table(Rc::clone(&shapes) as Rc<dyn WeakTable>);
        shapes
    }

    /// Grows when the shape of a prototype changes.
    #[inline]
    pub fn prototype_epoch(&self) -> u32 {
        self.prototype_epoch.get()
    }

    /// The shape of a prototype has changed.
    pub fn advance_prototype_epoch(&self) {
        self.prototype_epoch.set(self.prototype_epoch.get() + 1);
    }

    fn allocate(
        heap: &Heap,
        layout: Layout,
        prototype: Option<Gc<Object>>,
        parent: Option<Gc<Shape>>,
        added: Option<(PropertyKey, Property)>,
    ) -> Gc<Shape> {
        let shape = heap.allocate(Shape {
            header: Header::new(kinds::SHAPE, 0),
            number: Cell::new(0),
            inline_offset: layout.inline_offset,
            inline_slots: layout.inline_slots,
            kind: layout.kind,
            flags: Cell::new(parent.map_or(0, |parent| parent.flags.get())),
            prototype: Cell::new(prototype),
            parent,
            added,
            slots: Cell::new(
                parent.map_or(0, |parent| parent.slots.get()) + u32::from(added.is_some()),
            ),
            table: RefCell::new(None),
            reparented: Cell::new(None),
        });
        shape.number.set(heap.number_shape(shape));
        shape
    }

    /// A shape without properties.
    pub fn root(heap: &Heap, layout: Layout, prototype: Option<Gc<Object>>) -> Gc<Shape> {
        Self::allocate(heap, layout, prototype, None, None)
    }

    /// The shape with one more property, which is not there yet.
    pub fn add(
        &self,
        heap: &Heap,
        shape: Gc<Shape>,
        key: PropertyKey,
        attributes: Attributes,
    ) -> Gc<Shape> {
        if shape.is_dictionary() || shape.slots() >= MOST_SLOTS {
            let dictionary =
                if shape.is_dictionary() { shape } else { Self::dictionary(heap, shape) };
            Self::change_table(heap, dictionary, |table| {
                let slot = table.take_free_slot().unwrap_or_else(|| {
                    let slot = dictionary.slots();
                    dictionary.slots.set(slot + 1);
                    slot
                });
                table.add(key, Property { slot, attributes });
            });
            heap.write_barrier(dictionary, key.bits());
            return dictionary;
        }
        self.step(heap, shape, Step::Add(key, attributes))
    }

    /// The shape to which no properties can be added.
    pub fn prevent_extensions(&self, heap: &Heap, shape: Gc<Shape>) -> Gc<Shape> {
        if !shape.is_extensible() {
            return shape;
        }
        if shape.is_dictionary() {
            shape.flags.set(shape.flags.get() | NOT_EXTENSIBLE);
            return shape;
        }
        self.step(heap, shape, Step::PreventExtensions)
    }

    fn step(&self, heap: &Heap, shape: Gc<Shape>, step: Step) -> Gc<Shape> {
        let hash = step.hash(shape.number());
        let is_it = |child: &NonNull<Shape>| {
            // SAFETY: What is dead has been removed by the collector.
            let child = unsafe { child.as_ref() };
            child.parent == Some(shape) && Step::to(child) == step
        };
        if let Some(child) = self.transitions.borrow().children.find(hash, is_it) {
            // SAFETY: As above.
            return unsafe { Gc::from_ptr(*child) };
        }
        let added = match step {
            Step::Add(key, attributes) => Some((key, Property { slot: shape.slots(), attributes })),
            Step::PreventExtensions => None,
        };
        let child = Self::allocate(heap, shape.layout(), shape.prototype(), Some(shape), added);
        if step == Step::PreventExtensions {
            child.flags.set(child.flags.get() | NOT_EXTENSIBLE);
        }
        if let Some(mut table) = shape.table.borrow_mut().take() {
            if let Some((key, property)) = added {
                table.add(key, property);
            }
            *child.table.borrow_mut() = Some(table);
        }
        let mut transitions = self.transitions.borrow_mut();
        transitions.young.push(child.as_ptr());
        // SAFETY: As above.
        let hasher = |child: &NonNull<Shape>| child_hash(unsafe { child.as_ref() });
        transitions.children.insert_unique(hash, child.as_ptr(), hasher);
        child
    }

    /// The same properties in a shape that belongs to one object.
    pub fn dictionary(heap: &Heap, shape: Gc<Shape>) -> Gc<Shape> {
        if shape.table.borrow().is_none() {
            shape.build_table();
        }
        let dictionary = Self::allocate(heap, shape.layout(), shape.prototype(), None, None);
        dictionary.flags.set(shape.flags.get() | DICTIONARY);
        dictionary.slots.set(shape.slots());
        dictionary.table.borrow_mut().clone_from(&shape.table.borrow());
        dictionary
    }

    fn change_table(heap: &Heap, dictionary: Gc<Shape>, change: impl FnOnce(&mut PropertyTable)) {
        let mut table = dictionary.table.borrow_mut();
        let table = table.get_or_insert_default();
        let before = table.size();
        change(table);
        heap.external_memory(table.size() as isize - before as isize);
    }

    /// The shape with other attributes for a property that is there.
    pub fn set_attributes(
        &self,
        heap: &Heap,
        shape: Gc<Shape>,
        key: PropertyKey,
        attributes: Attributes,
    ) -> Gc<Shape> {
        let Some(property) = shape.lookup(key) else { return shape };
        if property.attributes == attributes {
            return shape;
        }
        if shape.is_dictionary() {
            Self::change_table(heap, shape, |table| {
                table.set(key, Property { attributes, ..property });
            });
            return shape;
        }
        self.rebuild(heap, shape, shape.prototype(), |candidate, old| {
            if candidate == key { attributes } else { old }
        })
    }

    /// The shape with another prototype.
    pub fn set_prototype(
        &self,
        heap: &Heap,
        shape: Gc<Shape>,
        prototype: Option<Gc<Object>>,
    ) -> Gc<Shape> {
        if shape.is_dictionary() {
            // Its number may be known to caches, with the old prototype.
            let fresh = Self::dictionary(heap, shape);
            fresh.prototype.set(prototype);
            return fresh;
        }
        if let Some(known) = shape.reparented.get().filter(|it| it.prototype() == prototype) {
            return known;
        }
        let rebuilt = self.rebuild(heap, shape, prototype, |_, attributes| attributes);
        shape.reparented.set(Some(rebuilt));
        heap.write_barrier(shape, rebuilt.to_word());
        rebuilt
    }

    /// Notes what made the objects of a shape, which has been made by
    /// [`Self::set_prototype`] and has no prototype.
    pub fn set_origin(&self, shape: Gc<Shape>, name: Box<str>) {
        let root = root_of(shape);
        self.origins.borrow_mut().entry(root.number()).or_insert((root.as_ptr(), name));
    }

    /// What made the objects of a shape without prototype, if they have had one.
    pub fn origin(&self, shape: Gc<Shape>) -> Option<Box<str>> {
        let origins = self.origins.borrow();
        // Most programs have none, and prototypes are set while requests are served.
        if origins.is_empty() {
            return None;
        }
        origins.get(&root_of(shape).number()).map(|(_, name)| name.clone())
    }

    /// A shape with the same properties in the same slots, made from the root on.
    fn rebuild(
        &self,
        heap: &Heap,
        shape: Gc<Shape>,
        prototype: Option<Gc<Object>>,
        mut attributes: impl FnMut(PropertyKey, Attributes) -> Attributes,
    ) -> Gc<Shape> {
        let root = if prototype == shape.prototype() {
            root_of(shape)
        } else {
            Self::root(heap, shape.layout(), prototype)
        };
        let mut steps = heap.rooted_vec::<Gc<Shape>>();
        let mut at = Some(shape);
        while let Some(shape) = at {
            steps.push(shape);
            at = shape.parent;
        }
        let mut rebuilt = root;
        while let Some(shape) = steps.pop() {
            if let Some((key, property)) = shape.added {
                let step = Step::Add(key, attributes(key, property.attributes));
                rebuilt = self.step(heap, rebuilt, step);
            } else if shape.parent.is_some() {
                rebuilt = self.step(heap, rebuilt, Step::PreventExtensions);
            }
        }
        rebuilt
    }

    /// The shape without a property that is there, and whether the slots of the
    /// others stay in use as they are: not if it was the last one added.
    pub fn remove(&self, heap: &Heap, shape: Gc<Shape>, key: PropertyKey) -> Gc<Shape> {
        if let (Some((added, _)), Some(parent)) = (shape.added, shape.parent)
            && added == key
        {
            return parent;
        }
        let dictionary = if shape.is_dictionary() { shape } else { Self::dictionary(heap, shape) };
        Self::change_table(heap, dictionary, |table| table.remove(key));
        dictionary
    }
}

fn root_of(shape: Gc<Shape>) -> Gc<Shape> {
    std::iter::successors(Some(shape), |shape| shape.parent).last().unwrap_or(shape)
}

impl WeakTable for Shapes {
    fn sweep(&self, liveness: &Liveness<'_>) {
        let Transitions { children, young } = &mut *self.transitions.borrow_mut();
        // SAFETY: The cells are there until the collection ends.
        let is_alive = |shape: &NonNull<Shape>| unsafe { liveness.is_alive(Gc::from_ptr(*shape)) };
        if liveness.is_minor() {
            for shape in young.iter().filter(|shape| !is_alive(shape)) {
                // SAFETY: As above. A parent is at least as old as its child, and
                // dies with it at the earliest.
                let hash = child_hash(unsafe { shape.as_ref() });
                if let Ok(entry) = children.find_entry(hash, |other| other == shape) {
                    entry.remove();
                }
            }
        } else {
            children.retain(|shape| is_alive(shape));
        }
        young.clear();
        let mut origins = self.origins.borrow_mut();
        if !origins.is_empty() {
            origins.retain(|_, (shape, _)| is_alive(shape));
        }
    }
}
