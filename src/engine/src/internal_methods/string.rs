//! String exotic objects (ECMA-262 §10.4.3).

use super::ordinary::is_compatible;
use crate::heap::{Gc, RootedVec};
use crate::object::{Attributes, Object, PrimitiveWrapper, PropertyDescriptor};
use crate::string::{JsString, PropertyKey};
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// The string that a wrapper stands for, if it is for one.
fn string_of(object: Gc<Object>) -> Option<Gc<JsString>> {
    Value::cell(object).downcast::<PrimitiveWrapper>()?.value().downcast()
}

impl Vm {
    /// `StringGetOwnProperty` (§10.4.3.5)
    fn unit_property(&self, object: Gc<Object>, key: PropertyKey) -> Option<PropertyDescriptor> {
        let (index, string) = (key.as_index()?, string_of(object)?);
        (index < string.len()).then(|| {
            let unit = self.memory.unit_string(string, index);
            PropertyDescriptor::data(Value::cell(unit), Attributes::ENUMERABLE)
        })
    }

    /// `[[GetOwnProperty]]` (§10.4.3.1)
    pub(super) fn wrapper_get_own_property(
        &self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Option<PropertyDescriptor> {
        self.unit_property(object, key).or_else(|| self.ordinary_get_own_property(object, key))
    }

    /// `[[DefineOwnProperty]]` (§10.4.3.2)
    pub(super) fn wrapper_define_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
    ) -> bool {
        if let Some(unit) = self.unit_property(object, key) {
            return is_compatible(self, false, descriptor, Some(&unit));
        }
        self.ordinary_define_own_property(object, key, descriptor)
    }

    /// `[[OwnPropertyKeys]]` (§10.4.3.3): the units come first.
    pub(super) fn wrapper_own_property_keys(
        &mut self,
        object: Gc<Object>,
    ) -> Completion<RootedVec<PropertyKey>> {
        let others = self.ordinary_own_property_keys(object, None);
        let mut keys = self.memory.rooted_vec();
        for index in 0..string_of(object).map_or(0, |string| string.len()) {
            self.heed_interrupt()?;
            keys.push(PropertyKey::index(index));
        }
        for key in others.as_slice() {
            keys.push(*key);
        }
        Ok(keys)
    }
}
