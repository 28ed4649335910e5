//! Property descriptors as objects, and back (ECMA-262 §6.2.6).

use crate::heap::Gc;
use crate::object::{Attributes, Object, PropertyDescriptor};
use crate::operators::{as_object, is_callable, to_boolean};
use crate::realm::RootShape;
use crate::value::Value;
use crate::vm::{Completion, Vm};

impl Vm {
    /// `FromPropertyDescriptor` (§6.2.6.4)
    pub fn from_property_descriptor(&mut self, descriptor: &PropertyDescriptor) -> Gc<Object> {
        let shape = self.realm().shape(RootShape::Object);
        let object = Gc::<Object>::ordinary(&self.memory, shape);
        for (name, value) in [
            ("value", descriptor.value),
            ("writable", descriptor.writable.map(Value::bool)),
            ("get", descriptor.get),
            ("set", descriptor.set),
            ("enumerable", descriptor.enumerable.map(Value::bool)),
            ("configurable", descriptor.configurable.map(Value::bool)),
        ] {
            if let Some(value) = value {
                let key = self.memory.key(name);
                object.add_property(&self.memory, key, value, Attributes::DATA);
            }
        }
        object
    }

    /// `ToPropertyDescriptor` (§6.2.6.5)
    ///
    /// # Errors
    /// A `TypeError` if the value is no object, or says what no property can be; what
    /// its getters throw.
    pub fn to_property_descriptor(&mut self, value: Value) -> Completion<PropertyDescriptor> {
        let Some(object) = as_object(value) else {
            let text = self.display(value);
            let message = format!("Property description must be an object: {text}");
            return Err(self.throw_type_error(&message));
        };
        // In the order that the specification asks, which getters can observe.
        let enumerable = self.field(object, "enumerable")?.map(to_boolean);
        let configurable = self.field(object, "configurable")?.map(to_boolean);
        let value = self.field(object, "value")?;
        let writable = self.field(object, "writable")?.map(to_boolean);
        let get = self.function_field(object, "get", "Getter")?;
        let set = self.function_field(object, "set", "Setter")?;
        let descriptor = PropertyDescriptor { value, get, set, writable, enumerable, configurable };
        if descriptor.is_accessor() && descriptor.is_data() {
            let text = self.display(Value::cell(object));
            return Err(self.throw_type_error(&format!(
                "Invalid property descriptor. Cannot both specify accessors and a value or \
                 writable attribute, {text}"
            )));
        }
        Ok(descriptor)
    }

    /// A field of a descriptor, if it is there.
    fn field(&mut self, object: Gc<Object>, name: &str) -> Completion<Option<Value>> {
        let key = self.memory.key(name);
        if self.has_property(object, key)? { self.get(object, key).map(Some) } else { Ok(None) }
    }

    /// A field that has to be a function or `undefined`.
    fn function_field(
        &mut self,
        object: Gc<Object>,
        name: &str,
        title: &str,
    ) -> Completion<Option<Value>> {
        let function = self.field(object, name)?;
        match function.filter(|function| !function.is_undefined() && !is_callable(*function)) {
            None => Ok(function),
            Some(other) => {
                let text = self.display(other);
                Err(self.throw_type_error(&format!("{title} must be a function: {text}")))
            }
        }
    }
}
