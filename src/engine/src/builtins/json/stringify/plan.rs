//! What is known of objects by their shape: which properties are written, in which slots
//! they are, and how their keys are written.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::quote::quote;
use crate::builtins::string::Text;
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Object, Shape};
use crate::string::{PropertyKey, Units};
use crate::vm::Vm;

/// The number of places for plans: a power of two.
const PLACES: usize = 256;

/// Objects with more properties are looked at each time.
const MOST_FIELDS: u32 = 256;

/// A property that is written.
pub(super) struct Field {
    /// Its key, which the shape keeps alive.
    pub(super) key: PropertyKey,
    pub(super) slot: u32,
    /// Where its key, as it is written, begins and ends in the plan's text.
    text: (u32, u32),
}

/// How to write objects of a shape.
pub(super) struct Plan {
    shape: u32,
    pub(super) fields: Vec<Field>,
    /// The keys, each with a comma before it and a colon behind; and some units more, so that
    /// keys can be copied in one step.
    text: Text,
}

impl Plan {
    /// Writes a comma, unless the field is the first one, its key, and a colon.
    #[inline(always)]
    pub(super) fn push_text(&self, field: &Field, text: &mut Text, is_first: bool) {
        let (start, end) = (field.text.0 as usize + usize::from(is_first), field.text.1 as usize);
        match &self.text {
            Text::Latin1(known) => match known[start..].first_chunk() {
                Some(padded) if end - start <= padded.len() => {
                    text.push_padded(padded, end - start);
                }
                _ => text.push(Units::Latin1(&known[start..end])),
            },
            Text::Utf16(known) => text.push(Units::Utf16(&known[start..end])),
        }
    }

    /// A plan for objects of a shape, if all there is to write of them are data properties
    /// in slots.
    fn new(vm: &Vm, shape: Gc<Shape>) -> Option<Self> {
        let mut plan = Self { shape: shape.number(), fields: Vec::new(), text: Text::default() };
        let mut properties: Vec<_> = shape.added_properties().collect();
        properties.reverse();
        for (key, property) in properties {
            if !property.attributes.is_enumerable() {
                continue;
            }
            let Some(name) = key.as_name() else { continue };
            if property.attributes.is_accessor() {
                return None;
            }
            let start = plan.text.units().len() as u32;
            plan.text.push(Units::Latin1(b","));
            quote(&mut plan.text, name.units(&vm.memory));
            plan.text.push(Units::Latin1(b":"));
            let text = (start, plan.text.units().len() as u32);
            plan.fields.push(Field { key, slot: property.slot, text });
        }
        plan.text.push_ascii(&[0; 16]);
        Some(plan)
    }
}

/// Plans by shape. Numbers of shapes are never given again, so those of shapes that are
/// dead do no harm.
pub(in super::super) struct Plans {
    plans: RefCell<Vec<Option<Rc<Plan>>>>,
    /// Shapes, and the prototype epoch in which there was no `toJSON` for their objects.
    without_to_json: [Cell<(u32, u32)>; PLACES],
}

impl Plans {
    pub(in super::super) fn new() -> Self {
        Self { plans: RefCell::default(), without_to_json: [const { Cell::new((0, 0)) }; PLACES] }
    }

    /// The plan for an object, if there is one.
    pub(super) fn find(&self, vm: &Vm, object: Gc<Object>) -> Option<Rc<Plan>> {
        if object.header().kind() != kinds::OBJECT
            || object.is_exotic()
            || object.elements().is_some_and(|elements| elements.length() > 0)
        {
            return None;
        }
        let number = object.header().shape.get();
        let place = number as usize % PLACES;
        if let Some(Some(plan)) = self.plans.borrow().get(place)
            && plan.shape == number
        {
            return Some(Rc::clone(plan));
        }
        let shape = object.shape(&vm.memory);
        if shape.is_dictionary() || shape.slots() > MOST_FIELDS {
            return None;
        }
        let plan = Rc::new(Plan::new(vm, shape)?);
        let mut plans = self.plans.borrow_mut();
        if plans.is_empty() {
            plans.resize(PLACES, None);
        }
        plans[place] = Some(Rc::clone(&plan));
        Some(plan)
    }

    /// Whether an object is known to have no `toJSON`, and no way to hear of being asked.
    #[inline(always)]
    pub(super) fn lacks_to_json(&self, vm: &Vm, object: Gc<Object>) -> bool {
        let shape = object.header().shape.get();
        let epoch = vm.memory.shapes().prototype_epoch();
        let place = &self.without_to_json[shape as usize % PLACES];
        if place.get() == (shape, epoch) {
            return true;
        }
        let lacks = !object.shape(&vm.memory).is_dictionary()
            && vm.lacks_property(object, vm.memory.keys().to_json);
        if lacks {
            place.set((shape, epoch));
        }
        lacks
    }
}
