//! `TypedArray` exotic objects (ECMA-262 §10.4.5).

use crate::heap::{Gc, RootedVec};
use crate::object::{Attributes, ElementType, Object, PropertyDescriptor, TypedArray};
use crate::operators::{number_to_string, string_to_number, to_bigint, to_number};
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// The typed array that an object is, if it is one.
#[inline]
pub(super) fn as_typed_array(object: Gc<Object>) -> Option<Gc<TypedArray>> {
    Value::cell(object).downcast()
}

/// What a key is to a typed array.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Numeric {
    /// The number of an element, which may be there or not.
    Index(usize),
    /// A number that no element has.
    Invalid,
    /// The name of an ordinary property.
    No,
}

impl Vm {
    /// Whether a key names an element of typed arrays, be it there or not.
    pub(crate) fn is_numeric_key(&self, key: PropertyKey) -> bool {
        self.numeric_key(key) != Numeric::No
    }

    /// `CanonicalNumericIndexString` (§7.1.21)
    pub(super) fn numeric_key(&self, key: PropertyKey) -> Numeric {
        if let Some(index) = key.as_index() {
            return Numeric::Index(index as usize);
        }
        let Some(name) = key.as_name() else { return Numeric::No };
        let first = name.units(&self.memory).get(0).and_then(|unit| u8::try_from(unit).ok());
        if !matches!(first, Some(b'0'..=b'9' | b'-' | b'I' | b'N')) {
            return Numeric::No;
        }
        let text = name.to_rust(&self.memory);
        if text == "-0" || number_to_string(string_to_number(&text)) == text {
            return Numeric::Invalid;
        }
        Numeric::No
    }

    /// Converts a value to what an element of a type holds (§10.4.5.18, §25.1.3.16).
    ///
    /// # Errors
    /// What the conversion throws.
    pub(crate) fn element_bits(&mut self, element: ElementType, value: Value) -> Completion<u64> {
        if element.is_bigint() {
            return to_bigint(self, value).map(|value| value.to_u64_wrapping());
        }
        let number = to_number(self, value)?;
        Ok(element.of_number(number))
    }

    /// `TypedArraySetElement` (§10.4.5.18): what is not there is not changed.
    pub(super) fn set_typed_element(
        &mut self,
        array: Gc<TypedArray>,
        key: Numeric,
        value: Value,
    ) -> Completion<()> {
        let bits = self.element_bits(array.element, value)?;
        if let Numeric::Index(index) = key {
            array.set_bits(index, bits);
        }
        Ok(())
    }

    /// The element of a key that is numeric.
    pub(super) fn typed_element(&self, array: Gc<TypedArray>, key: Numeric) -> Option<Value> {
        match key {
            Numeric::Index(index) => array.element_at(&self.memory, index),
            _ => None,
        }
    }

    /// `[[GetOwnProperty]]` (§10.4.5.2)
    pub(super) fn typed_get_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Option<PropertyDescriptor> {
        let numeric = self.numeric_key(key);
        match as_typed_array(object) {
            Some(array) if numeric != Numeric::No => {
                let value = self.typed_element(array, numeric)?;
                Some(PropertyDescriptor::data(value, Attributes::DATA))
            }
            _ => self.ordinary_get_own_property(object, key),
        }
    }

    /// `[[DefineOwnProperty]]` (§10.4.5.4)
    pub(super) fn typed_define_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
    ) -> Completion<bool> {
        let numeric = self.numeric_key(key);
        let Some(array) = as_typed_array(object).filter(|_| numeric != Numeric::No) else {
            return Ok(self.ordinary_define_own_property(object, key, descriptor));
        };
        if self.typed_element(array, numeric).is_none()
            || descriptor.configurable == Some(false)
            || descriptor.enumerable == Some(false)
            || descriptor.is_accessor()
            || descriptor.writable == Some(false)
        {
            return Ok(false);
        }
        if let Some(value) = descriptor.value {
            self.set_typed_element(array, numeric, value)?;
        }
        Ok(true)
    }

    /// `[[OwnPropertyKeys]]` (§10.4.5.8)
    pub(super) fn typed_own_property_keys(
        &mut self,
        object: Gc<Object>,
    ) -> Completion<RootedVec<PropertyKey>> {
        let others = self.ordinary_own_property_keys(object, None);
        let mut keys = self.memory.rooted_vec();
        let length = as_typed_array(object).and_then(|array| array.length()).unwrap_or(0);
        for index in 0..length as u32 {
            self.heed_interrupt()?;
            keys.push(PropertyKey::index(index));
        }
        for key in others.as_slice() {
            keys.push(*key);
        }
        Ok(keys)
    }

    /// The keys of an object's own properties without its elements, which buffers have many
    /// of. Of other objects than typed arrays it is all keys.
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn own_keys_beside_elements(
        &mut self,
        object: Gc<Object>,
    ) -> Completion<RootedVec<PropertyKey>> {
        match as_typed_array(object) {
            Some(_) => Ok(self.ordinary_own_property_keys(object, None)),
            None => self.own_property_keys(object),
        }
    }

    /// `IsTypedArrayFixedLength` (§10.4.5.16): whether it can be kept from changing.
    pub(super) fn has_fixed_length(object: Gc<Object>) -> bool {
        as_typed_array(object).is_none_or(|array| {
            array.fixed.is_some() && (!array.buffer.is_resizable || array.buffer.is_shared)
        })
    }
}
