//! Ordinary objects (ECMA-262 §10.1).

use super::proxy::is_proxy;
use super::typed_array::{Numeric, as_typed_array};
use crate::heap::{Gc, RootedVec};
use crate::kinds;
use crate::object::{Accessor, Attributes, Object, Property, PropertyDescriptor, Shape};
use crate::operators::{as_object, same_value};
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// What stands where an object has a property.
pub(super) enum Stored {
    Value(Value),
    Accessor(Gc<Accessor>),
}

impl Vm {
    /// What an ordinary object has for a key.
    #[inline]
    pub(super) fn ordinary_value(&self, object: Gc<Object>, key: PropertyKey) -> Option<Stored> {
        if let Some(index) = key.as_index()
            && !object.is_sparse()
        {
            let value = object.element(index);
            return (!value.is_empty()).then_some(Stored::Value(value));
        }
        let property = object.own_property(&self.memory, key)?;
        let value = object.get_slot(&self.memory, property.slot);
        Some(if property.attributes.is_accessor() {
            value.downcast().map_or(Stored::Value(value), Stored::Accessor)
        } else {
            Stored::Value(value)
        })
    }

    /// `OrdinarySet` for an object and what it inherits from, as far as all are ordinary
    /// and no setter is there; none if there is more to it.
    fn set_plainly(&mut self, object: Gc<Object>, key: PropertyKey, value: Value) -> Option<bool> {
        let mut at = Some(object);
        while let Some(holder) = at {
            if holder.is_exotic() {
                return None;
            }
            if let Some(index) = key.as_index()
                && !holder.is_sparse()
            {
                if !holder.element(index).is_empty() {
                    if holder != object {
                        break;
                    }
                    object.set_element(&self.memory, index, value);
                    return Some(true);
                }
            } else if let Some(property) = holder.own_property(&self.memory, key) {
                if property.attributes.is_accessor() {
                    return None;
                }
                if !property.attributes.is_writable() {
                    return Some(false);
                }
                if holder != object {
                    break;
                }
                object.set_slot(&self.memory, property.slot, value);
                return Some(true);
            }
            at = holder.prototype(&self.memory);
        }
        if !object.shape(&self.memory).is_extensible() {
            return Some(false);
        }
        match key.as_index() {
            Some(index) => object.add_element(&self.memory, index, value, Attributes::DATA),
            None => object.add_property(&self.memory, key, value, Attributes::DATA),
        }
        Some(true)
    }

    /// `OrdinarySetPrototypeOf` (§10.1.2.1)
    pub(super) fn ordinary_set_prototype_of(
        &mut self,
        object: Gc<Object>,
        prototype: Option<Gc<Object>>,
    ) -> bool {
        let shape = object.shape(&self.memory);
        if shape.prototype() == prototype {
            return true;
        }
        if !shape.is_extensible() {
            return false;
        }
        let mut at = prototype;
        while let Some(ancestor) = at {
            if ancestor == object {
                return false;
            }
            // Where a proxy leads to is its own business (§10.1.2.1, step 7.c.i).
            at = if is_proxy(ancestor) { None } else { ancestor.prototype(&self.memory) };
        }
        object.set_prototype(&self.memory, prototype);
        true
    }

    /// `OrdinaryGetOwnProperty` (§10.1.5.1)
    pub(super) fn ordinary_get_own_property(
        &self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Option<PropertyDescriptor> {
        if let Some(index) = key.as_index()
            && !object.is_sparse()
        {
            let value = object.element(index);
            let descriptor = PropertyDescriptor::data(value, Attributes::DATA);
            return (!value.is_empty()).then_some(descriptor);
        }
        let property = object.own_property(&self.memory, key)?;
        let value = object.get_slot(&self.memory, property.slot);
        Some(match value.downcast::<Accessor>() {
            Some(accessor) => {
                let (get, set) = (accessor.get.get(), accessor.set.get());
                PropertyDescriptor::accessor(get, set, property.attributes)
            }
            None => PropertyDescriptor::data(value, property.attributes),
        })
    }

    /// `OrdinaryDefineOwnProperty` (§10.1.6.1)
    pub(super) fn ordinary_define_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
    ) -> bool {
        let current = self.ordinary_get_own_property(object, key);
        let extensible = object.shape(&self.memory).is_extensible();
        if !is_compatible(self, extensible, descriptor, current.as_ref()) {
            return false;
        }
        match current {
            None => self.add_property(object, key, descriptor),
            Some(current) => self.change_property(object, key, descriptor, &current),
        }
        true
    }

    fn add_property(&self, object: Gc<Object>, key: PropertyKey, descriptor: &PropertyDescriptor) {
        let attributes = descriptor.attributes();
        let value = if descriptor.is_accessor() {
            let get = descriptor.get.unwrap_or(Value::UNDEFINED);
            let set = descriptor.set.unwrap_or(Value::UNDEFINED);
            Value::cell(Gc::<Accessor>::new(&self.memory, get, set))
        } else {
            descriptor.value.unwrap_or(Value::UNDEFINED)
        };
        match key.as_index() {
            Some(index) => object.add_element(&self.memory, index, value, attributes),
            None => object.add_property(&self.memory, key, value, attributes),
        }
    }

    /// Changes a property that is there to what a compatible descriptor says.
    fn change_property(
        &self,
        object: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
        current: &PropertyDescriptor,
    ) {
        let is_accessor =
            descriptor.is_accessor() || current.is_accessor() && !descriptor.is_data();
        let merged = PropertyDescriptor {
            value: None,
            // What only the other kind of property has is lost.
            writable: if is_accessor { None } else { descriptor.writable.or(current.writable) },
            get: if is_accessor {
                descriptor.get.or(current.get).or(Some(Value::UNDEFINED))
            } else {
                None
            },
            set: if is_accessor {
                descriptor.set.or(current.set).or(Some(Value::UNDEFINED))
            } else {
                None
            },
            enumerable: descriptor.enumerable.or(current.enumerable),
            configurable: descriptor.configurable.or(current.configurable),
        };
        let attributes = merged.attributes();
        let value = match (merged.get, merged.set) {
            (Some(get), Some(set)) => Value::cell(Gc::<Accessor>::new(&self.memory, get, set)),
            _ => descriptor.value.or(current.value).unwrap_or(Value::UNDEFINED),
        };
        if let Some(index) = key.as_index()
            && !object.is_sparse()
        {
            if attributes == Attributes::DATA {
                object.set_element(&self.memory, index, value);
                return;
            }
            object.make_sparse(&self.memory);
        }
        object.set_attributes(&self.memory, key, attributes);
        if let Some(Property { slot, .. }) = object.own_property(&self.memory, key) {
            object.set_slot(&self.memory, slot, value);
        }
    }

    /// `OrdinarySet` (§10.1.9.1)
    pub(super) fn ordinary_set(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        value: Value,
        receiver: Value,
    ) -> Completion<bool> {
        if receiver == Value::cell(object)
            && let Some(done) = self.set_plainly(object, key, value)
        {
            return Ok(done);
        }
        let mut found = None;
        let mut at = Some(object);
        while let Some(object) = at {
            match object.header().kind() {
                kinds::NAMESPACE => return Ok(false),
                kinds::PROXY => return self.proxy_set(object, key, value, receiver),
                kinds::TYPED_ARRAY => {
                    // `[[Set]]` (§10.4.5.6)
                    let numeric = self.numeric_key(key);
                    if let Some(array) = as_typed_array(object)
                        && numeric != Numeric::No
                    {
                        if Value::cell(object) == receiver {
                            self.set_typed_element(array, numeric, value)?;
                            return Ok(true);
                        }
                        if self.typed_element(array, numeric).is_none() {
                            return Ok(true);
                        }
                    }
                }
                _ => {}
            }
            found = self.get_own_property(object, key)?;
            if found.is_some() {
                break;
            }
            at = self.get_prototype_of(object)?;
        }
        if let Some(descriptor) = found {
            if descriptor.is_accessor() {
                return match descriptor.set {
                    Some(setter) if !setter.is_undefined() => {
                        self.call(setter, receiver, &[value])?;
                        Ok(true)
                    }
                    _ => Ok(false),
                };
            }
            if descriptor.writable != Some(true) {
                return Ok(false);
            }
        }
        let Some(receiver) = as_object(receiver) else { return Ok(false) };
        match self.get_own_property(receiver, key)? {
            None => self.create_data_property(receiver, key, value),
            Some(own) if own.is_accessor() || own.writable != Some(true) => Ok(false),
            Some(_) => {
                let value = PropertyDescriptor { value: Some(value), ..Default::default() };
                self.define_own_property(receiver, key, &value)
            }
        }
    }

    /// `OrdinaryDelete` (§10.1.10.1)
    pub(super) fn ordinary_delete(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Completion<bool> {
        let Some(descriptor) = self.get_own_property(object, key)? else { return Ok(true) };
        if descriptor.configurable != Some(true) {
            return Ok(false);
        }
        match key.as_index() {
            Some(index) => object.remove_element(&self.memory, index),
            None => object.remove_property(&self.memory, key),
        }
        Ok(true)
    }

    /// `OrdinaryOwnPropertyKeys` (§10.1.11.1): indices by size, then names, then
    /// symbols, both in the order in which they were added. A name that is no slot comes
    /// before the others.
    pub(super) fn ordinary_own_property_keys(
        &self,
        object: Gc<Object>,
        name: Option<PropertyKey>,
    ) -> RootedVec<PropertyKey> {
        let mut keys = self.memory.rooted_vec();
        let shape = object.shape(&self.memory);
        let mut indices = Vec::new();
        if let Some(elements) = object.elements() {
            indices.extend((0..elements.length()).filter(|index| !elements.get(*index).is_empty()));
        }
        shape.each_property(|key, _| indices.extend(key.as_index()));
        if object.is_sparse() {
            indices.sort_unstable();
        }
        for index in indices {
            keys.push(PropertyKey::index(index));
        }
        if let Some(name) = name {
            keys.push(name);
        }
        push_named_keys(shape, &mut keys);
        keys
    }

    /// The keys of an array or a typed array that are no elements, without asking for those.
    pub fn own_named_keys(&self, object: Gc<Object>) -> RootedVec<PropertyKey> {
        let mut keys = self.memory.rooted_vec();
        if object.header().kind() == kinds::ARRAY {
            keys.push(self.memory.keys().length);
        }
        push_named_keys(object.shape(&self.memory), &mut keys);
        keys
    }
}

/// Adds names, and then symbols, in the order in which they were added.
fn push_named_keys(shape: Gc<Shape>, keys: &mut RootedVec<PropertyKey>) {
    shape.each_property(|key, _| {
        if key.as_name().is_some() {
            keys.push(key);
        }
    });
    shape.each_property(|key, _| {
        if key.as_symbol().is_some_and(|symbol| !symbol.is_private()) {
            keys.push(key);
        }
    });
}

/// `ValidateAndApplyPropertyDescriptor` (§10.1.6.3), without applying.
pub(crate) fn is_compatible(
    vm: &Vm,
    extensible: bool,
    descriptor: &PropertyDescriptor,
    current: Option<&PropertyDescriptor>,
) -> bool {
    let Some(current) = current else { return extensible };
    if current.configurable == Some(true) {
        return true;
    }
    if descriptor.configurable == Some(true)
        || descriptor.enumerable.is_some_and(|enumerable| Some(enumerable) != current.enumerable)
    {
        return false;
    }
    if descriptor.is_generic() {
        return true;
    }
    if descriptor.is_accessor() != current.is_accessor() {
        return false;
    }
    if current.is_accessor() {
        return descriptor.get.is_none_or(|get| Some(get) == current.get)
            && descriptor.set.is_none_or(|set| Some(set) == current.set);
    }
    current.writable == Some(true)
        || descriptor.writable != Some(true)
            && descriptor.value.is_none_or(|value| {
                current.value.is_some_and(|current| same_value(vm, value, current))
            })
}
