//! The essential internal methods of objects (ECMA-262 §6.1.7.2, §10).
//!
//! Each looks at the kind of the object where that has a method of its own, and does
//! the ordinary thing else.

mod arguments;
mod array;
mod descriptor;
mod iteration;
mod operations;
mod ordinary;
mod proxy;
mod string;
mod typed_array;

pub use iteration::IteratorRecord;
pub(crate) use operations::IntegrityLevel;
pub(crate) use operations::MOST_LENGTH;

use crate::heap::{Gc, RootedVec};
use crate::kinds;
use crate::object::{Accessor, Object, PropertyDescriptor};
use crate::realm::Intrinsic;
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::{Completion, Vm};
use ordinary::Stored;
use proxy::is_proxy;
use typed_array::{Numeric, as_typed_array};

/// As many proxies as V8 lets a walk over prototypes pass.
const MOST_PROXIES: u32 = 100 << 10;

impl Vm {
    /// `[[GetPrototypeOf]]`
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn get_prototype_of(&mut self, object: Gc<Object>) -> Completion<Option<Gc<Object>>> {
        if is_proxy(object) {
            return self.proxy_get_prototype_of(object);
        }
        Ok(object.prototype(&self.memory))
    }

    /// [`Self::get_prototype_of`], for walks over prototypes. Those of proxies may go round
    /// in circles: so many `proxies` on the way are taken for one.
    ///
    /// # Errors
    /// A `RangeError` after too many proxies; what a trap throws.
    pub(crate) fn next_prototype(
        &mut self,
        object: Gc<Object>,
        proxies: &mut u32,
    ) -> Completion<Option<Gc<Object>>> {
        if is_proxy(object) {
            *proxies += 1;
            if *proxies > MOST_PROXIES {
                return Err(self.throw_range_error("Maximum call stack size exceeded"));
            }
        }
        self.get_prototype_of(object)
    }

    /// `[[SetPrototypeOf]]`
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn set_prototype_of(
        &mut self,
        object: Gc<Object>,
        prototype: Option<Gc<Object>>,
    ) -> Completion<bool> {
        if is_proxy(object) {
            return self.proxy_set_prototype_of(object, prototype);
        }
        // Immutable prototype exotic objects (§10.4.7): there is one.
        if object == self.realm().get(Intrinsic::ObjectPrototype) {
            return Ok(prototype.is_none());
        }
        Ok(self.ordinary_set_prototype_of(object, prototype))
    }

    /// `[[IsExtensible]]`
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn is_extensible(&mut self, object: Gc<Object>) -> Completion<bool> {
        if is_proxy(object) {
            return self.proxy_is_extensible(object);
        }
        Ok(object.shape(&self.memory).is_extensible())
    }

    /// `[[PreventExtensions]]`
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn prevent_extensions(&mut self, object: Gc<Object>) -> Completion<bool> {
        if is_proxy(object) {
            return self.proxy_prevent_extensions(object);
        }
        if !Self::has_fixed_length(object) {
            return Ok(false);
        }
        // What a function has from the beginning it has, whether anybody has looked or not.
        self.complete_function(object);
        object.prevent_extensions(&self.memory);
        Ok(true)
    }

    /// `[[GetOwnProperty]]`
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn get_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Completion<Option<PropertyDescriptor>> {
        Ok(match object.header().kind() {
            kinds::ARRAY => self.array_get_own_property(object, key),
            kinds::PRIMITIVE_WRAPPER => self.wrapper_get_own_property(object, key),
            kinds::ARGUMENTS => self.arguments_get_own_property(object, key),
            kinds::NAMESPACE => self.namespace_get_own_property(object, key)?,
            kinds::PROXY => self.proxy_get_own_property(object, key)?,
            kinds::TYPED_ARRAY => self.typed_get_own_property(object, key),
            kinds::FUNCTION | kinds::LAZY => {
                self.complete_function(object);
                self.ordinary_get_own_property(object, key)
            }
            _ => self.ordinary_get_own_property(object, key),
        })
    }

    /// `[[DefineOwnProperty]]`
    ///
    /// # Errors
    /// What a proxy's trap throws; a `RangeError` for a wrong length of an array.
    pub fn define_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
    ) -> Completion<bool> {
        match object.header().kind() {
            kinds::ARRAY => self.array_define_own_property(object, key, descriptor),
            kinds::PRIMITIVE_WRAPPER => {
                Ok(self.wrapper_define_own_property(object, key, descriptor))
            }
            kinds::NAMESPACE => self.namespace_define_own_property(object, key, descriptor),
            kinds::PROXY => self.proxy_define_own_property(object, key, descriptor),
            kinds::TYPED_ARRAY => self.typed_define_own_property(object, key, descriptor),
            kinds::ARGUMENTS => Ok(self.arguments_define_own_property(object, key, descriptor)),
            kinds::FUNCTION | kinds::LAZY => {
                self.complete_function(object);
                Ok(self.ordinary_define_own_property(object, key, descriptor))
            }
            _ => {
                // What is not said of it stays as it was.
                let says_all = descriptor.value.is_some()
                    && descriptor.writable.is_some()
                    && descriptor.enumerable.is_some()
                    && descriptor.configurable.is_some();
                if !says_all && !descriptor.is_accessor() {
                    self.settle_deferred(object, key)?;
                }
                Ok(self.ordinary_define_own_property(object, key, descriptor))
            }
        }
    }

    /// Puts the value of a property that waits to be made in its place.
    ///
    /// # Errors
    /// What making it throws.
    pub(crate) fn settle_deferred(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Completion<()> {
        if object.is_exotic() || key.is_index() {
            return Ok(());
        }
        let Some(property) = object.own_property(&self.memory, key) else { return Ok(()) };
        if !property.attributes.is_accessor() {
            return Ok(());
        }
        let accessor = object.get_slot(&self.memory, property.slot).downcast::<Accessor>();
        if let Some(accessor) = accessor
            && accessor.is_deferred.replace(false)
        {
            let made = self.call(accessor.get.get(), Value::cell(object), &[]);
            accessor.is_deferred.set(true);
            made?;
        }
        Ok(())
    }

    /// `[[HasProperty]]`
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn has_property(&mut self, object: Gc<Object>, key: PropertyKey) -> Completion<bool> {
        let mut at = Some(object);
        while let Some(object) = at {
            match object.header().kind() {
                kinds::NAMESPACE => return Ok(self.namespace_has_property(object, key)),
                kinds::PROXY => return self.proxy_has_property(object, key),
                kinds::TYPED_ARRAY if self.numeric_key(key) != Numeric::No => {
                    return Ok(self.get_own_property(object, key)?.is_some());
                }
                _ => {}
            }
            if !object.is_exotic() && !key.is_index() {
                if object.own_property(&self.memory, key).is_some() {
                    return Ok(true);
                }
                at = object.prototype(&self.memory);
                continue;
            }
            if self.get_own_property(object, key)?.is_some() {
                return Ok(true);
            }
            at = self.get_prototype_of(object)?;
        }
        Ok(false)
    }

    /// `[[Get]]`
    ///
    /// # Errors
    /// What a getter or a proxy's trap throws.
    pub fn get_with_receiver(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        receiver: Value,
    ) -> Completion {
        let mut at = Some(object);
        while let Some(object) = at {
            if is_proxy(object) {
                return self.proxy_get(object, key, receiver);
            }
            // An array's elements are those of any object.
            let is_element = key.is_index() && object.header().kind() == kinds::ARRAY;
            if is_element || !object.is_exotic() {
                match self.ordinary_value(object, key) {
                    Some(Stored::Value(value)) => return Ok(value),
                    Some(Stored::Accessor(accessor)) => {
                        let getter = accessor.get.get();
                        if getter.is_undefined() {
                            return Ok(Value::UNDEFINED);
                        }
                        return self.call(getter, receiver, &[]);
                    }
                    None => {
                        at = object.prototype(&self.memory);
                        continue;
                    }
                }
            }
            if let Some(array) = as_typed_array(object) {
                let numeric = self.numeric_key(key);
                if numeric != Numeric::No {
                    return Ok(self.typed_element(array, numeric).unwrap_or(Value::UNDEFINED));
                }
            }
            if let Some(descriptor) = self.get_own_property(object, key)? {
                return match (descriptor.value, descriptor.get) {
                    (Some(value), _) => Ok(value),
                    (None, Some(getter)) if !getter.is_undefined() => {
                        self.call(getter, receiver, &[])
                    }
                    _ => Ok(Value::UNDEFINED),
                };
            }
            at = self.get_prototype_of(object)?;
        }
        Ok(Value::UNDEFINED)
    }

    /// `[[Set]]`
    ///
    /// # Errors
    /// What a setter or a proxy's trap throws.
    pub fn set_with_receiver(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        value: Value,
        receiver: Value,
    ) -> Completion<bool> {
        self.ordinary_set(object, key, value, receiver)
    }

    /// `[[Delete]]`
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn delete_property(&mut self, object: Gc<Object>, key: PropertyKey) -> Completion<bool> {
        match object.header().kind() {
            kinds::NAMESPACE => {
                let is_there = self.namespace_has_property(object, key);
                return Ok(!is_there);
            }
            kinds::PROXY => return self.proxy_delete(object, key),
            kinds::TYPED_ARRAY if self.numeric_key(key) != Numeric::No => {
                return Ok(self.get_own_property(object, key)?.is_none());
            }
            _ => {}
        }
        let deleted = self.ordinary_delete(object, key)?;
        if deleted && object.header().kind() == kinds::ARGUMENTS {
            arguments::unmap(object, key);
        }
        Ok(deleted)
    }

    /// `[[OwnPropertyKeys]]`
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn own_property_keys(&mut self, object: Gc<Object>) -> Completion<RootedVec<PropertyKey>> {
        Ok(match object.header().kind() {
            kinds::NAMESPACE => self.namespace_own_property_keys(object),
            kinds::PROXY => self.proxy_own_property_keys(object)?,
            kinds::TYPED_ARRAY => self.typed_own_property_keys(object)?,
            kinds::PRIMITIVE_WRAPPER => self.wrapper_own_property_keys(object)?,
            kinds::FUNCTION | kinds::LAZY => {
                self.complete_function(object);
                self.ordinary_own_property_keys(object, None)
            }
            kinds::ARRAY => {
                let length = self.memory.keys().length;
                self.ordinary_own_property_keys(object, Some(length))
            }
            _ => self.ordinary_own_property_keys(object, None),
        })
    }

    // -----------------------------------------------------------------------
    // Operations on objects (§7.3)
    // -----------------------------------------------------------------------

    /// `Get` (§7.3.2)
    ///
    /// # Errors
    /// What a getter or a proxy's trap throws.
    pub fn get(&mut self, object: Gc<Object>, key: PropertyKey) -> Completion {
        if key.is_index() {
            return self.get_with_receiver(object, key, Value::cell(object));
        }
        self.read_property(Value::cell(object), key, None)
    }

    /// `Set` (§7.3.4) with `Throw` set.
    ///
    /// # Errors
    /// What a setter or a proxy's trap throws; a `TypeError` if the property cannot be
    /// changed.
    pub fn set(&mut self, object: Gc<Object>, key: PropertyKey, value: Value) -> Completion<()> {
        if self.set_with_receiver(object, key, value, Value::cell(object))? {
            return Ok(());
        }
        Err(self.throw_cannot_assign(Value::cell(object), key))
    }

    /// `CreateDataProperty` (§7.3.5)
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn create_data_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        value: Value,
    ) -> Completion<bool> {
        let descriptor = PropertyDescriptor::data(value, crate::object::Attributes::DATA);
        self.define_own_property(object, key, &descriptor)
    }
}
