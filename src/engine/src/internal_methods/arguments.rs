//! Arguments exotic objects (ECMA-262 §10.4.4): elements that are parameters.

use crate::heap::Gc;
use crate::object::{Environment, MappedArguments, Object, PropertyDescriptor};
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::Vm;

fn as_arguments(object: Gc<Object>) -> Option<Gc<MappedArguments>> {
    Value::cell(object).downcast()
}

/// The variable that an element is.
fn variable(object: Gc<Object>, key: PropertyKey) -> Option<(Gc<Environment>, u32)> {
    as_arguments(object)?.variable(key.as_index()?)
}

/// An element is no parameter any more.
pub(super) fn unmap(object: Gc<Object>, key: PropertyKey) {
    if let (Some(arguments), Some(index)) = (as_arguments(object), key.as_index()) {
        arguments.unmap(index);
    }
}

impl Vm {
    /// `[[GetOwnProperty]]` (§10.4.4.1)
    pub(super) fn arguments_get_own_property(
        &self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Option<PropertyDescriptor> {
        let mut descriptor = self.ordinary_get_own_property(object, key)?;
        if let Some((environment, index)) = variable(object, key) {
            descriptor.value = Some(environment.variables()[index as usize].get());
        }
        Some(descriptor)
    }

    /// `[[DefineOwnProperty]]` (§10.4.4.2)
    pub(super) fn arguments_define_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
    ) -> bool {
        let Some((environment, index)) = variable(object, key) else {
            return self.ordinary_define_own_property(object, key, descriptor);
        };
        let current = environment.variables()[index as usize].get();
        let mut changed = *descriptor;
        if changed.is_data() && changed.value.is_none() && changed.writable == Some(false) {
            changed.value = Some(current);
        }
        // The element itself has not followed the parameter.
        if let Some(position) = key.as_index()
            && !object.is_sparse()
        {
            object.set_element(&self.memory, position, current);
        } else if let Some(property) = object.own_property(&self.memory, key) {
            object.set_slot(&self.memory, property.slot, current);
        }
        if !self.ordinary_define_own_property(object, key, &changed) {
            return false;
        }
        if descriptor.is_accessor() {
            unmap(object, key);
            return true;
        }
        if let Some(value) = descriptor.value {
            environment.set(&self.memory, index, value);
        }
        if descriptor.writable == Some(false) {
            unmap(object, key);
        }
        true
    }
}
