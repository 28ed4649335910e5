//! Array exotic objects (ECMA-262 §10.4.2).

use crate::heap::Gc;
use crate::kinds;
use crate::object::{Array, Attributes, Object, PropertyDescriptor};
use crate::operators::{to_number, to_uint32_value};
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// The array that an object of this kind is.
fn as_array(object: Gc<Object>) -> Gc<Array> {
    debug_assert!(object.header().kind() == kinds::ARRAY);
    // SAFETY: The caller has looked at the kind.
    unsafe { object.cast() }
}

impl Vm {
    fn is_length(&self, key: PropertyKey) -> bool {
        key == self.memory.keys().length
    }

    /// `[[GetOwnProperty]]`: `length` is no slot.
    pub(super) fn array_get_own_property(
        &self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Option<PropertyDescriptor> {
        if self.is_length(key) {
            let array = as_array(object);
            let mut attributes = Attributes::FIXED;
            attributes.set(Attributes::WRITABLE, array.length_is_writable.get());
            return Some(PropertyDescriptor::data(Value::from(array.length.get()), attributes));
        }
        self.ordinary_get_own_property(object, key)
    }

    /// `[[DefineOwnProperty]]` (§10.4.2.1)
    pub(super) fn array_define_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
    ) -> Completion<bool> {
        let array = as_array(object);
        if self.is_length(key) {
            return self.array_set_length(array, descriptor);
        }
        let Some(index) = key.as_index() else {
            return Ok(self.ordinary_define_own_property(object, key, descriptor));
        };
        if index >= array.length.get() && !array.length_is_writable.get() {
            return Ok(false);
        }
        if !self.ordinary_define_own_property(object, key, descriptor) {
            return Ok(false);
        }
        if index >= array.length.get() {
            array.length.set(index + 1);
        }
        Ok(true)
    }

    /// `ArraySetLength` (§10.4.2.4)
    fn array_set_length(
        &mut self,
        array: Gc<Array>,
        descriptor: &PropertyDescriptor,
    ) -> Completion<bool> {
        let length = match descriptor.value {
            None => array.length.get(),
            Some(value) => {
                let length = to_uint32_value(self, value)?;
                if f64::from(length) != to_number(self, value)? {
                    return Err(self.throw_range_error("Invalid array length"));
                }
                length
            }
        };
        let writable = array.length_is_writable.get();
        if descriptor.configurable == Some(true)
            || descriptor.enumerable == Some(true)
            || descriptor.is_accessor()
            || !writable && (descriptor.writable == Some(true) || length != array.length.get())
        {
            return Ok(false);
        }
        let reached = self.truncate(array, length);
        array.length.set(reached);
        if descriptor.writable == Some(false) {
            array.length_is_writable.set(false);
        }
        Ok(reached == length)
    }

    /// Deletes elements from the end down to a length; gives where that ended.
    fn truncate(&self, array: Gc<Array>, length: u32) -> u32 {
        let object = array.as_object();
        if length >= array.length.get() {
            return length;
        }
        if !object.is_sparse() {
            if let Some(elements) = object.elements()
                && elements.length() > length
            {
                elements.set_length(length);
            }
            return length;
        }
        let mut indices = Vec::new();
        object.shape(&self.memory).each_property(|key, property| {
            let index = key.as_index().filter(|index| *index >= length);
            indices.extend(index.map(|index| (index, property.attributes.is_configurable())));
        });
        indices.sort_unstable();
        for (index, configurable) in indices.into_iter().rev() {
            if !configurable {
                return index + 1;
            }
            object.remove_element(&self.memory, index);
        }
        length
    }
}

impl Vm {
    /// The array that an object is, if elements can be added at its end without anybody
    /// noticing: no setter for an index is inherited.
    pub(crate) fn growable(&self, object: Gc<Object>) -> Option<Gc<Array>> {
        let array = Value::cell(object).downcast::<Array>()?;
        let is_plain = !object.is_sparse()
            && array.length_is_writable.get()
            && object.shape(&self.memory).is_extensible();
        (is_plain && self.inherits_no_elements(object)).then_some(array)
    }

    /// Whether nothing that an object inherits from has elements, or could hide some.
    pub(crate) fn inherits_no_elements(&self, object: Gc<Object>) -> bool {
        let mut at = object.prototype(&self.memory);
        while let Some(prototype) = at {
            let kind = prototype.header().kind();
            let is_plain = matches!(kind, kinds::ARRAY | kinds::OBJECT);
            if !is_plain
                || prototype.is_sparse()
                || prototype.elements().is_some_and(|elements| elements.length() > 0)
            {
                return false;
            }
            at = prototype.prototype(&self.memory);
        }
        true
    }
}
