//! Operations on objects that are made of their internal methods (ECMA-262 §7.3).

use super::proxy::behind_proxies;
use crate::heap::{Gc, RootedVec};
use crate::kinds;
use crate::object::{Array, Attributes, Elements, Object, PropertyDescriptor, TypedArray};
use crate::operators::{as_object, is_constructor, to_number, type_of};
use crate::realm::{Intrinsic, RootShape};
use crate::string::{JsString, PropertyKey};
use crate::value::Value;
use crate::vm::{Completion, Throw, Vm, WellKnown};

/// How much of an object cannot be changed any more (§7.3.16).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IntegrityLevel {
    /// Its properties cannot be removed or made other ones, and none can be added.
    Sealed,
    /// Nor can their values be changed.
    Frozen,
}

/// The greatest length of what is like an array: 2^53 − 1.
pub(crate) const MOST_LENGTH: f64 = 9_007_199_254_740_991.0;

/// More arguments do not fit on the machine's stack, so no longer list is made.
const MOST_LIST: f64 = (1 << 20) as f64;

impl Vm {
    /// `CreateDataPropertyOrThrow` (§7.3.6)
    ///
    /// # Errors
    /// A `TypeError` if the object does not let it; what a proxy's trap throws.
    pub fn create_data_property_or_throw(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        value: Value,
    ) -> Completion<()> {
        let descriptor = PropertyDescriptor::data(value, Attributes::DATA);
        self.define_property_or_throw(object, key, &descriptor)
    }

    /// `DefinePropertyOrThrow` (§7.3.8)
    ///
    /// # Errors
    /// A `TypeError` if the object does not let it; what a proxy's trap throws.
    pub fn define_property_or_throw(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
    ) -> Completion<()> {
        if self.define_own_property(object, key, descriptor)? {
            return Ok(());
        }
        if self.is_refused_by_trap(object, "defineProperty") {
            return Err(self.throw_falsish("defineProperty", key));
        }
        let is_there = self.has_own_property(object, key)?;
        let is_element = object.header().kind() == kinds::TYPED_ARRAY && self.is_numeric_key(key);
        if is_element && !is_there {
            return Err(self.throw_type_error("Invalid typed array index"));
        }
        let key = self.display_key(key);
        Err(self.throw_type_error(&if is_there {
            format!("Cannot redefine property: {key}")
        } else {
            format!("Cannot define property {key}, object is not extensible")
        }))
    }

    /// `HasOwnProperty` (§7.3.12)
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn has_own_property(&mut self, object: Gc<Object>, key: PropertyKey) -> Completion<bool> {
        if !object.is_exotic() && !key.is_index() {
            return Ok(object.own_property(&self.memory, key).is_some());
        }
        Ok(self.get_own_property(object, key)?.is_some())
    }

    /// `SetIntegrityLevel` (§7.3.15)
    ///
    /// # Errors
    /// A `TypeError` if a property does not let it; what a proxy's trap throws.
    pub fn set_integrity_level(
        &mut self,
        object: Gc<Object>,
        level: IntegrityLevel,
    ) -> Completion<bool> {
        if !self.prevent_extensions(object)? {
            return Ok(false);
        }
        let keys = self.own_property_keys(object)?;
        let typed = Value::cell(object).downcast::<TypedArray>();
        let has_elements = typed.and_then(|array| array.length()).is_some_and(|length| length > 0);
        if level == IntegrityLevel::Frozen && has_elements {
            return Err(self.throw_type_error("Cannot freeze array buffer views with elements"));
        }
        for key in keys.as_slice() {
            self.heed_interrupt()?;
            let mut descriptor =
                PropertyDescriptor { configurable: Some(false), ..Default::default() };
            if level == IntegrityLevel::Frozen {
                let Some(current) = self.get_own_property(object, *key)? else { continue };
                descriptor.writable = current.is_data().then_some(false);
            }
            self.define_property_or_throw(object, *key, &descriptor)?;
        }
        Ok(true)
    }

    /// `TestIntegrityLevel` (§7.3.16)
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn test_integrity_level(
        &mut self,
        object: Gc<Object>,
        level: IntegrityLevel,
    ) -> Completion<bool> {
        if self.is_extensible(object)? {
            return Ok(false);
        }
        let keys = self.own_property_keys(object)?;
        for key in keys.as_slice() {
            self.heed_interrupt()?;
            let Some(descriptor) = self.get_own_property(object, *key)? else { continue };
            let is_frozen = level == IntegrityLevel::Sealed || descriptor.writable != Some(true);
            if descriptor.configurable == Some(true) || !is_frozen {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `EnumerableOwnProperties` (§7.3.24) with kind key.
    ///
    /// # Errors
    /// What a proxy's trap throws.
    pub fn enumerable_own_names(
        &mut self,
        object: Gc<Object>,
    ) -> Completion<RootedVec<PropertyKey>> {
        let mut names = self.memory.rooted_vec();
        for key in self.own_property_keys(object)?.as_slice() {
            if key.as_symbol().is_none()
                && let Some(property) = self.get_own_property(object, *key)?
                && property.enumerable == Some(true)
            {
                names.push(*key);
            }
        }
        Ok(names)
    }

    /// An empty array, to be filled before anybody sees it.
    pub fn new_array(&self) -> Gc<Array> {
        Gc::<Array>::new(&self.memory, self.realm().shape(RootShape::Array), 0)
    }

    /// An array of values none of which is `EMPTY`.
    pub fn new_array_of(&self, values: &[Value]) -> Gc<Array> {
        let elements = Gc::<Elements>::from_values(&self.memory, values);
        Gc::<Array>::from_elements(&self.memory, self.realm().shape(RootShape::Array), elements)
    }

    /// `LengthOfArrayLike` (§7.3.19): an integer up to 2^53 − 1.
    ///
    /// # Errors
    /// What getting `length` or its conversion throws.
    pub fn length_of_array_like(&mut self, object: Gc<Object>) -> Completion<f64> {
        let length = self.get(object, self.memory.keys().length)?;
        let length = to_number(self, length)?;
        Ok(if length.is_nan() { 0.0 } else { length.trunc().clamp(0.0, MOST_LENGTH) })
    }

    /// `CreateListFromArrayLike` (§7.3.20), for arguments.
    ///
    /// # Errors
    /// A `TypeError` if the value is no object, a `RangeError` if it has more elements
    /// than a call can have arguments; what its getters throw.
    pub fn create_list_from_array_like(&mut self, value: Value) -> Completion<RootedVec<Value>> {
        let Some(object) = as_object(value) else {
            return Err(self.throw_type_error("CreateListFromArrayLike called on non-object"));
        };
        let length = self.length_of_array_like(object)?;
        if length > MOST_LIST {
            return Err(self.throw_range_error("Maximum call stack size exceeded"));
        }
        let mut list = self.memory.rooted_vec();
        for index in 0..length as u32 {
            self.heed_interrupt()?;
            list.push(self.get(object, PropertyKey::index(index))?);
        }
        Ok(list)
    }

    /// `Invoke` (§7.3.21)
    ///
    /// # Errors
    /// A `TypeError` if there is no such method; what it throws.
    pub fn invoke(&mut self, value: Value, key: PropertyKey, arguments: &[Value]) -> Completion {
        let method = if key.is_index() {
            self.get_of_value(value, key)?
        } else {
            self.read_property(value, key, None)?
        };
        self.call(method, value, arguments)
    }

    /// `GetPrototypeFromConstructor` (§10.1.14)
    ///
    /// # Errors
    /// What a getter of `prototype` throws.
    pub fn get_prototype_from_constructor(
        &mut self,
        constructor: Gc<Object>,
        default: Intrinsic,
    ) -> Completion<Gc<Object>> {
        let prototype = self.get(constructor, self.memory.keys().prototype)?;
        match as_object(prototype) {
            Some(prototype) => Ok(prototype),
            None => Ok(self.get_function_realm(constructor)?.get(default)),
        }
    }

    /// `SpeciesConstructor` (§7.3.22)
    ///
    /// # Errors
    /// A `TypeError` if a property has a value that cannot be; what getters throw.
    pub fn species_constructor(&mut self, object: Gc<Object>, default: Gc<Object>) -> Completion {
        let constructor = self.get(object, self.memory.keys().constructor)?;
        if constructor.is_undefined() {
            return Ok(Value::cell(default));
        }
        let Some(constructor) = as_object(constructor) else {
            return Err(self.throw_type_error("The .constructor property is not an object"));
        };
        let species = self.get(constructor, self.well_known_key(WellKnown::Species))?;
        if species.is_nullish() {
            return Ok(Value::cell(default));
        }
        if !is_constructor(species) {
            let message = "object.constructor[Symbol.species] is not a constructor";
            return Err(self.throw_type_error(message));
        }
        Ok(species)
    }

    /// `[[SetPrototypeOf]]`, for those who do not take no for an answer.
    ///
    /// # Errors
    /// A `TypeError` if the object does not let it; what a proxy's trap throws.
    pub fn set_prototype_or_throw(
        &mut self,
        object: Gc<Object>,
        prototype: Option<Gc<Object>>,
    ) -> Completion<()> {
        if self.set_prototype_of(object, prototype)? {
            return Ok(());
        }
        Err(if self.is_refused_by_trap(object, "setPrototypeOf") {
            self.throw_type_error(
                "'setPrototypeOf' on proxy: trap returned falsish for property 'undefined'",
            )
        } else if object == self.realm().get(Intrinsic::ObjectPrototype) {
            self.throw_type_error(
                "Immutable prototype object 'Object.prototype' cannot have their prototype set",
            )
        } else if self.is_extensible(object)? {
            self.throw_type_error("Cyclic __proto__ value")
        } else {
            let text = self.display(Value::cell(object));
            self.throw_type_error(&format!("{text} is not extensible"))
        })
    }

    /// Throws because a trap says that something has come to nothing.
    pub(crate) fn throw_falsish(&mut self, trap: &str, key: PropertyKey) -> Throw {
        let key = self.display_key(key);
        let message = format!("'{trap}' on proxy: trap returned falsish for property '{key}'");
        self.throw_type_error(&message)
    }

    /// Says why an assignment to a property has come to nothing.
    pub(crate) fn throw_cannot_assign(&mut self, receiver: Value, key: PropertyKey) -> Throw {
        let (name, text) = (self.display_key(key), self.display(receiver));
        if as_object(receiver).is_none() {
            let kind = self.display(type_of(self, receiver));
            let own = receiver.downcast::<JsString>();
            if own.is_some_and(|string| self.property_of_string(string, key).is_some()) {
                return self.throw_type_error(&format!(
                    "Cannot assign to read only property '{name}' of {kind} '{text}'"
                ));
            }
            let message = format!("Cannot create property '{name}' on {kind} '{text}'");
            return self.throw_type_error(&message);
        }
        let mut at = as_object(receiver);
        while let Some(object) = at {
            if self.is_refused_by_trap(object, "set") {
                return self.throw_falsish("set", key);
            }
            let behind = behind_proxies(object);
            if behind != object && at == as_object(receiver) {
                // What is defined on a proxy is defined on its target.
                let there = self.get_own_property(behind, key);
                if let Ok(None) = there {
                    let message =
                        format!("Cannot define property {name}, object is not extensible");
                    return self.throw_type_error(&message);
                }
            }
            let object = behind;
            match self.get_own_property(object, key) {
                Err(throw) => return throw,
                Ok(Some(descriptor)) if descriptor.is_accessor() => {
                    return self.throw_type_error(&format!(
                        "Cannot set property {name} of {} which has only a getter",
                        self.display(Value::cell(object))
                    ));
                }
                Ok(Some(descriptor)) if descriptor.writable != Some(true) => {
                    let kind = self.display(type_of(self, receiver));
                    return self.throw_type_error(&format!(
                        "Cannot assign to read only property '{name}' of {kind} '{text}'"
                    ));
                }
                Ok(_) => {}
            }
            match self.get_prototype_of(object) {
                Err(throw) => return throw,
                Ok(prototype) => at = prototype,
            }
        }
        self.throw_type_error(&format!("Cannot add property {name}, object is not extensible"))
    }
}
