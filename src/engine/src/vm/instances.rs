//! What constructors make: objects whose prototype and room are known before.
//!
//! `new` wants the prototype that stands in the constructor's `prototype`, the shape of
//! objects with that prototype, and room for the properties that the constructor will
//! give. A small table remembers all of it for the constructors in use.

use std::cell::Cell;
use std::rc::Rc;

use super::handlers::{outside_or_inside, read_slot};
use super::{Completion, Vm};
use crate::heap::{Gc, Heap, Liveness, WeakTable};
use crate::kinds;
use crate::object::{Function, Object, Shape};
use crate::operators::as_object;
use crate::realm::{Intrinsic, slots_inside};
use crate::value::Value;

/// The number of places: a power of two.
const PLACES: usize = 64;

/// What is known of a constructor.
#[derive(Clone, Copy)]
struct Known {
    /// Its address.
    constructor: u64,
    /// Its own shape, for which `slot` is that of `prototype`.
    shape: u32,
    slot: u32,
    /// The shape of its instances.
    instances: Option<Gc<Shape>>,
}

/// What is known of the constructors in use.
pub(super) struct InstanceCache {
    places: [Cell<Known>; PLACES],
    used: Cell<bool>,
}

const NOTHING: Known = Known { constructor: 0, shape: 0, slot: 0, instances: None };

impl InstanceCache {
    /// Knows nothing; whenever the collector has run, everything is forgotten.
    pub(super) fn new(heap: &Heap) -> Rc<Self> {
        let places = [const { Cell::new(NOTHING) }; PLACES];
        let cache = Rc::new(Self { places, used: Cell::new(false) });
        heap.add_weak_table(Rc::clone(&cache) as Rc<dyn WeakTable>);
        cache
    }

    fn place(&self, constructor: Gc<Object>) -> &Cell<Known> {
        let word = constructor.to_word() >> 4;
        &self.places[(word ^ word >> 6) as usize % PLACES]
    }
}

impl WeakTable for InstanceCache {
    fn sweep(&self, _: &Liveness<'_>) {
        if self.used.replace(false) {
            for place in &self.places {
                place.set(NOTHING);
            }
        }
    }
}

impl Vm {
    /// A new object for a constructor: `OrdinaryCreateFromConstructor` (§10.1.13) as
    /// functions have it.
    ///
    /// # Errors
    /// What a getter of `prototype` throws.
    #[inline(never)]
    pub(super) fn new_instance(&mut self, constructor: Gc<Object>) -> Completion<Gc<Object>> {
        let known = self.instances.place(constructor).get();
        if known.constructor == constructor.to_word()
            && known.shape == constructor.header().shape.get()
            && let Some(shape) = known.instances
        {
            // SAFETY: The constructor has the shape for which the slot was found.
            let prototype = unsafe { read_slot(constructor, known.slot) };
            if as_object(prototype) == shape.prototype() {
                return Ok(Gc::<Object>::ordinary(&self.memory, shape));
            }
        }
        let prototype =
            self.get_prototype_from_constructor(constructor, Intrinsic::ObjectPrototype)?;
        let slots = self.instance_slots(constructor);
        let shape = self.shape_for_prototype(Some(prototype), kinds::OBJECT, slots);
        let key = self.memory.keys().prototype;
        let own = constructor.shape(&self.memory);
        if !constructor.is_exotic()
            && !own.is_dictionary()
            && let Some(property) = own.lookup(key)
            && !property.attributes.is_accessor()
        {
            self.instances.used.set(true);
            self.instances.place(constructor).set(Known {
                constructor: constructor.to_word(),
                shape: own.number(),
                slot: outside_or_inside(own, property.slot),
                instances: Some(shape),
            });
        }
        Ok(Gc::<Object>::ordinary(&self.memory, shape))
    }

    /// The slots inside for what a constructor and those of its superclasses give.
    fn instance_slots(&self, constructor: Gc<Object>) -> u16 {
        let mut properties = 0;
        let mut at = Some(constructor);
        while let Some(function) =
            at.and_then(|constructor| Value::cell(constructor).downcast::<Function>())
        {
            properties += usize::from(function.code.instance_slots);
            at = function.as_object().prototype(&self.memory);
        }
        slots_inside(properties)
    }
}
