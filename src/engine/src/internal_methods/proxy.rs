//! Proxy exotic objects (ECMA-262 §10.5): each internal method asks the handler for a
//! trap, and holds what it says against the target.

use super::ordinary::is_compatible;
use crate::heap::{Gc, RootedVec};
use crate::kinds;
use crate::object::{Object, PropertyDescriptor, Proxy};
use crate::operators::{as_object, is_callable, same_value, to_boolean};
use crate::string::{JsString, PropertyKey, Symbol};
use crate::value::Value;
use crate::vm::{Completion, Throw, Vm};

/// A proxy that an internal method runs on: target and handler, and the trap, if the
/// handler has it.
struct Trapped {
    target: Gc<Object>,
    handler: Value,
    trap: Option<Value>,
}

/// Whether an object is a proxy.
#[inline]
pub(super) fn is_proxy(object: Gc<Object>) -> bool {
    object.header().kind() == kinds::PROXY
}

/// Target and handler of what is known to be a proxy; None if it has been revoked.
fn ends(object: Gc<Object>) -> Option<(Gc<Object>, Gc<Object>)> {
    Value::cell(object).downcast::<Proxy>()?.ends()
}

/// What is behind a proxy, and those behind it.
pub(super) fn behind_proxies(mut object: Gc<Object>) -> Gc<Object> {
    while let Some((target, _)) = ends(object) {
        object = target;
    }
    object
}

/// What a target has done, whose prototypes may lead back to the proxy: keeps the call
/// from becoming a jump, for only by the stack that it takes is it found to be endless.
fn on_the_stack<T>(result: T) -> T {
    std::hint::black_box(result)
}

impl Vm {
    /// Throws because a proxy has been revoked.
    pub(crate) fn throw_revoked(&mut self, doing: &str) -> Throw {
        self.throw_type_error(&format!("Cannot perform '{doing}' on a proxy that has been revoked"))
    }

    /// `IsArray` (§7.2.2)
    ///
    /// # Errors
    /// A `TypeError` for a proxy that has been revoked.
    pub fn is_array(&mut self, value: Value) -> Completion<bool> {
        let mut value = value;
        while let Some(proxy) = value.downcast::<Proxy>() {
            let Some((target, _)) = proxy.ends() else {
                return Err(self.throw_revoked("IsArray"));
            };
            value = Value::cell(target);
        }
        Ok(value.kind() == Some(kinds::ARRAY))
    }

    /// What all internal methods begin with. Proxies may stand behind each other as deep
    /// as a program likes, so the native stack is looked at.
    fn trap(&mut self, proxy: Gc<Object>, name: &'static str) -> Completion<Trapped> {
        self.check_native_stack()?;
        let Some((target, handler)) = ends(proxy) else { return Err(self.throw_revoked(name)) };
        let trap = self.get(handler, self.memory.literal_key(name))?;
        let handler = Value::cell(handler);
        if trap.is_nullish() {
            return Ok(Trapped { target, handler, trap: None });
        }
        if !is_callable(trap) {
            let (trap, object) = (self.display(trap), self.display(handler));
            return Err(self.throw_type_error(&format!(
                "'{trap}' returned for property '{name}' of object '{object}' is not a function"
            )));
        }
        Ok(Trapped { target, handler, trap: Some(trap) })
    }

    /// Throws because a trap has said what cannot be.
    fn throw_trap(&mut self, trap: &str, key: PropertyKey, what: [&str; 2]) -> Throw {
        let (key, [before, after]) = (self.display_key(key), what);
        self.throw_type_error(&format!("'{trap}' on proxy: {before} '{key}'{after}"))
    }

    /// Whether what has refused something is the trap of a proxy, or of one behind it.
    pub(crate) fn is_refused_by_trap(&self, object: Gc<Object>, trap: &str) -> bool {
        let mut at = ends(object);
        while let Some((target, handler)) = at {
            if self.find_data(Value::cell(handler), trap).is_some_and(|trap| !trap.is_nullish()) {
                return true;
            }
            at = ends(target);
        }
        false
    }

    /// `[[GetPrototypeOf]]` (§10.5.1)
    pub(super) fn proxy_get_prototype_of(
        &mut self,
        proxy: Gc<Object>,
    ) -> Completion<Option<Gc<Object>>> {
        let Trapped { target, handler, trap } = self.trap(proxy, "getPrototypeOf")?;
        let Some(trap) = trap else { return self.get_prototype_of(target) };
        let prototype = self.call(trap, handler, &[Value::cell(target)])?;
        if as_object(prototype).is_none() && !prototype.is_null() {
            return Err(self.throw_type_error(
                "'getPrototypeOf' on proxy: trap returned neither object nor null",
            ));
        }
        let prototype = as_object(prototype);
        if !self.is_extensible(target)? && self.get_prototype_of(target)? != prototype {
            return Err(self.throw_type_error(
                "'getPrototypeOf' on proxy: proxy target is non-extensible but the trap did not \
                 return its actual prototype",
            ));
        }
        Ok(prototype)
    }

    /// `[[SetPrototypeOf]]` (§10.5.2)
    pub(super) fn proxy_set_prototype_of(
        &mut self,
        proxy: Gc<Object>,
        prototype: Option<Gc<Object>>,
    ) -> Completion<bool> {
        let Trapped { target, handler, trap } = self.trap(proxy, "setPrototypeOf")?;
        let Some(trap) = trap else { return self.set_prototype_of(target, prototype) };
        let value = prototype.map_or(Value::NULL, Value::cell);
        let result = self.call(trap, handler, &[Value::cell(target), value])?;
        if !to_boolean(result) {
            return Ok(false);
        }
        if !self.is_extensible(target)? && self.get_prototype_of(target)? != prototype {
            return Err(self.throw_type_error(
                "'setPrototypeOf' on proxy: trap returned truish for setting a new prototype on \
                 the non-extensible proxy target",
            ));
        }
        Ok(true)
    }

    /// `[[IsExtensible]]` (§10.5.3)
    pub(super) fn proxy_is_extensible(&mut self, proxy: Gc<Object>) -> Completion<bool> {
        let Trapped { target, handler, trap } = self.trap(proxy, "isExtensible")?;
        let Some(trap) = trap else { return self.is_extensible(target) };
        let result = self.call(trap, handler, &[Value::cell(target)])?;
        let actual = self.is_extensible(target)?;
        if to_boolean(result) != actual {
            return Err(self.throw_type_error(&format!(
                "'isExtensible' on proxy: trap result does not reflect extensibility of proxy \
                 target (which is '{actual}')"
            )));
        }
        Ok(actual)
    }

    /// `[[PreventExtensions]]` (§10.5.4)
    pub(super) fn proxy_prevent_extensions(&mut self, proxy: Gc<Object>) -> Completion<bool> {
        let Trapped { target, handler, trap } = self.trap(proxy, "preventExtensions")?;
        let Some(trap) = trap else { return self.prevent_extensions(target) };
        let result = self.call(trap, handler, &[Value::cell(target)])?;
        let result = to_boolean(result);
        if result && self.is_extensible(target)? {
            return Err(self.throw_type_error(
                "'preventExtensions' on proxy: trap returned truish but the proxy target is \
                 extensible",
            ));
        }
        Ok(result)
    }

    /// `[[GetOwnProperty]]` (§10.5.5)
    pub(super) fn proxy_get_own_property(
        &mut self,
        proxy: Gc<Object>,
        key: PropertyKey,
    ) -> Completion<Option<PropertyDescriptor>> {
        const TRAP: &str = "getOwnPropertyDescriptor";
        let Trapped { target, handler, trap } = self.trap(proxy, TRAP)?;
        let Some(trap) = trap else { return self.get_own_property(target, key) };
        let arguments = [Value::cell(target), self.memory.value_of_key(key)];
        let result = self.call(trap, handler, &arguments)?;
        if as_object(result).is_none() && !result.is_undefined() {
            let what = ["trap returned neither object nor undefined for property", ""];
            return Err(self.throw_trap(TRAP, key, what));
        }
        let current = self.get_own_property(target, key)?;
        if result.is_undefined() {
            let Some(current) = current else { return Ok(None) };
            if current.configurable != Some(true) {
                let what = [
                    "trap returned undefined for property",
                    " which is non-configurable in the proxy target",
                ];
                return Err(self.throw_trap(TRAP, key, what));
            }
            if !self.is_extensible(target)? {
                let what = [
                    "trap returned undefined for property",
                    " which exists in the non-extensible proxy target",
                ];
                return Err(self.throw_trap(TRAP, key, what));
            }
            return Ok(None);
        }
        let extensible = self.is_extensible(target)?;
        let mut descriptor = self.to_property_descriptor(result)?;
        complete(&mut descriptor);
        if !is_compatible(self, extensible, &descriptor, current.as_ref()) {
            let what = [
                "trap returned descriptor for property",
                " that is incompatible with the existing property in the proxy target",
            ];
            return Err(self.throw_trap(TRAP, key, what));
        }
        if descriptor.configurable == Some(false) {
            let Some(current) = current.filter(|it| it.configurable == Some(false)) else {
                let what = [
                    "trap reported non-configurability for property",
                    " which is either non-existent or configurable in the proxy target",
                ];
                return Err(self.throw_trap(TRAP, key, what));
            };
            if descriptor.writable == Some(false) && current.writable == Some(true) {
                let what = [
                    "trap reported non-configurable and non-writable for property",
                    " which is non-configurable, writable in the proxy target",
                ];
                return Err(self.throw_trap(TRAP, key, what));
            }
        }
        Ok(Some(descriptor))
    }

    /// `[[DefineOwnProperty]]` (§10.5.6)
    pub(super) fn proxy_define_own_property(
        &mut self,
        proxy: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
    ) -> Completion<bool> {
        const TRAP: &str = "defineProperty";
        let Trapped { target, handler, trap } = self.trap(proxy, TRAP)?;
        let Some(trap) = trap else { return self.define_own_property(target, key, descriptor) };
        let object = Value::cell(self.from_property_descriptor(descriptor));
        let arguments = [Value::cell(target), self.memory.value_of_key(key), object];
        let result = self.call(trap, handler, &arguments)?;
        if !to_boolean(result) {
            return Ok(false);
        }
        let current = self.get_own_property(target, key)?;
        let extensible = self.is_extensible(target)?;
        let settles = descriptor.configurable == Some(false);
        let Some(current) = current else {
            if !extensible {
                let what = [
                    "trap returned truish for adding property",
                    "  to the non-extensible proxy target",
                ];
                return Err(self.throw_trap(TRAP, key, what));
            }
            if settles {
                return Err(self.throw_trap(TRAP, key, NOT_CONFIGURABLE));
            }
            return Ok(true);
        };
        if !is_compatible(self, extensible, descriptor, Some(&current)) {
            let what = [
                "trap returned truish for adding property",
                "  that is incompatible with the existing property in the proxy target",
            ];
            return Err(self.throw_trap(TRAP, key, what));
        }
        if settles && current.configurable == Some(true) {
            return Err(self.throw_trap(TRAP, key, NOT_CONFIGURABLE));
        }
        if current.is_data()
            && current.configurable == Some(false)
            && current.writable == Some(true)
            && descriptor.writable == Some(false)
        {
            let what = [
                "trap returned truish for defining non-configurable property",
                " which cannot be non-writable, unless there exists a corresponding \
                 non-configurable, non-writable own property of the target object.",
            ];
            return Err(self.throw_trap(TRAP, key, what));
        }
        Ok(true)
    }

    /// `[[HasProperty]]` (§10.5.7)
    pub(super) fn proxy_has_property(
        &mut self,
        proxy: Gc<Object>,
        key: PropertyKey,
    ) -> Completion<bool> {
        let Trapped { target, handler, trap } = self.trap(proxy, "has")?;
        let Some(trap) = trap else { return on_the_stack(self.has_property(target, key)) };
        let arguments = [Value::cell(target), self.memory.value_of_key(key)];
        let result = self.call(trap, handler, &arguments)?;
        if to_boolean(result) {
            return Ok(true);
        }
        if let Some(current) = self.get_own_property(target, key)? {
            if current.configurable != Some(true) {
                let what = [
                    "trap returned falsish for property",
                    " which exists in the proxy target as non-configurable",
                ];
                return Err(self.throw_trap("has", key, what));
            }
            if !self.is_extensible(target)? {
                let what = [
                    "trap returned falsish for property",
                    " but the proxy target is not extensible",
                ];
                return Err(self.throw_trap("has", key, what));
            }
        }
        Ok(false)
    }

    /// `[[Get]]` (§10.5.8)
    pub(super) fn proxy_get(
        &mut self,
        proxy: Gc<Object>,
        key: PropertyKey,
        receiver: Value,
    ) -> Completion {
        let Trapped { target, handler, trap } = self.trap(proxy, "get")?;
        let Some(trap) = trap else {
            return on_the_stack(self.get_with_receiver(target, key, receiver));
        };
        let arguments = [Value::cell(target), self.memory.value_of_key(key), receiver];
        let result = self.call(trap, handler, &arguments)?;
        let fixed = self.get_own_property(target, key)?;
        let Some(fixed) = fixed.filter(|it| it.configurable == Some(false)) else {
            return Ok(result);
        };
        if let Some(value) = fixed.value
            && fixed.writable == Some(false)
            && !same_value(self, result, value)
        {
            let (value, result) = (self.display(value), self.display(result));
            let after = format!(
                " is a read-only and non-configurable data property on the proxy target but the \
                 proxy did not return its actual value (expected '{value}' but got '{result}')"
            );
            return Err(self.throw_trap("get", key, ["property", &after]));
        }
        if fixed.is_accessor()
            && fixed.get.is_none_or(Value::is_undefined)
            && !result.is_undefined()
        {
            let result = self.display(result);
            let after = format!(
                " is a non-configurable accessor property on the proxy target and does not have a \
                 getter function, but the trap did not return 'undefined' (got '{result}')"
            );
            return Err(self.throw_trap("get", key, ["property", &after]));
        }
        Ok(result)
    }

    /// `[[Set]]` (§10.5.9)
    pub(super) fn proxy_set(
        &mut self,
        proxy: Gc<Object>,
        key: PropertyKey,
        value: Value,
        receiver: Value,
    ) -> Completion<bool> {
        let Trapped { target, handler, trap } = self.trap(proxy, "set")?;
        let Some(trap) = trap else {
            return on_the_stack(self.set_with_receiver(target, key, value, receiver));
        };
        let arguments = [Value::cell(target), self.memory.value_of_key(key), value, receiver];
        let result = self.call(trap, handler, &arguments)?;
        if !to_boolean(result) {
            return Ok(false);
        }
        let fixed = self.get_own_property(target, key)?;
        let Some(fixed) = fixed.filter(|it| it.configurable == Some(false)) else {
            return Ok(true);
        };
        let before = "trap returned truish for property";
        if let Some(current) = fixed.value
            && fixed.writable == Some(false)
            && !same_value(self, value, current)
        {
            let after = " which exists in the proxy target as a non-configurable and non-writable \
                         data property with a different value";
            return Err(self.throw_trap("set", key, [before, after]));
        }
        if fixed.is_accessor() && fixed.set.is_none_or(Value::is_undefined) {
            let after = " which exists in the proxy target as a non-configurable and non-writable \
                         accessor property without a setter";
            return Err(self.throw_trap("set", key, [before, after]));
        }
        Ok(true)
    }

    /// `[[Delete]]` (§10.5.10)
    pub(super) fn proxy_delete(&mut self, proxy: Gc<Object>, key: PropertyKey) -> Completion<bool> {
        const TRAP: &str = "deleteProperty";
        let Trapped { target, handler, trap } = self.trap(proxy, TRAP)?;
        let Some(trap) = trap else { return self.delete_property(target, key) };
        let arguments = [Value::cell(target), self.memory.value_of_key(key)];
        let result = self.call(trap, handler, &arguments)?;
        if !to_boolean(result) {
            return Ok(false);
        }
        let Some(current) = self.get_own_property(target, key)? else { return Ok(true) };
        let before = "trap returned truish for property";
        if current.configurable != Some(true) {
            let what = [before, " which is non-configurable in the proxy target"];
            return Err(self.throw_trap(TRAP, key, what));
        }
        if !self.is_extensible(target)? {
            let what = [before, " but the proxy target is non-extensible"];
            return Err(self.throw_trap(TRAP, key, what));
        }
        Ok(true)
    }

    /// `[[OwnPropertyKeys]]` (§10.5.11)
    pub(super) fn proxy_own_property_keys(
        &mut self,
        proxy: Gc<Object>,
    ) -> Completion<RootedVec<PropertyKey>> {
        let Trapped { target, handler, trap } = self.trap(proxy, "ownKeys")?;
        let Some(trap) = trap else { return self.own_property_keys(target) };
        let result = self.call(trap, handler, &[Value::cell(target)])?;
        let list = self.create_list_from_array_like(result)?;
        // By key: whether the target has it still has to be found.
        let mut unchecked = rustc_hash::FxHashSet::default();
        let mut keys = self.memory.rooted_vec();
        for item in list.as_slice() {
            let is_key =
                item.downcast::<JsString>().is_some() || item.downcast::<Symbol>().is_some();
            let Some(key) = self.memory.key_of_value(*item).filter(|_| is_key) else {
                let text = self.display(*item);
                let message = format!("{text} is not a valid property name");
                return Err(self.throw_type_error(&message));
            };
            if !unchecked.insert(key.bits()) {
                return Err(
                    self.throw_type_error("'ownKeys' on proxy: trap returned duplicate entries")
                );
            }
            keys.push(key);
        }
        let extensible = self.is_extensible(target)?;
        let of_target = self.own_property_keys(target)?;
        let mut configurable = self.memory.rooted_vec();
        let mut fixed = self.memory.rooted_vec();
        for key in of_target.as_slice() {
            let current = self.get_own_property(target, *key)?;
            if current.is_some_and(|current| current.configurable == Some(false)) {
                fixed.push(*key);
            } else {
                configurable.push(*key);
            }
        }
        for key in fixed.as_slice() {
            if !unchecked.remove(&key.bits()) {
                return Err(self.throw_missing_key(*key));
            }
        }
        if extensible {
            return Ok(keys);
        }
        for key in configurable.as_slice() {
            if !unchecked.remove(&key.bits()) {
                return Err(self.throw_missing_key(*key));
            }
        }
        if !unchecked.is_empty() {
            return Err(self.throw_type_error(
                "'ownKeys' on proxy: trap returned extra keys but proxy target is non-extensible",
            ));
        }
        Ok(keys)
    }

    fn throw_missing_key(&mut self, key: PropertyKey) -> Throw {
        self.throw_trap("ownKeys", key, ["trap result did not include", ""])
    }

    /// `[[Call]]` (§10.5.12)
    pub(crate) fn proxy_call(
        &mut self,
        proxy: Gc<Proxy>,
        this: Value,
        arguments: &[Value],
    ) -> Completion {
        let Trapped { target, handler, trap } = self.trap(proxy.as_object(), "apply")?;
        let Some(trap) = trap else { return self.call(Value::cell(target), this, arguments) };
        let list = self.array_of(arguments);
        self.call(trap, handler, &[Value::cell(target), this, list])
    }

    /// `[[Construct]]` (§10.5.13)
    pub(crate) fn proxy_construct(
        &mut self,
        proxy: Gc<Proxy>,
        arguments: &[Value],
        new_target: Value,
    ) -> Completion {
        let Trapped { target, handler, trap } = self.trap(proxy.as_object(), "construct")?;
        let target = Value::cell(target);
        let Some(trap) = trap else { return self.construct(target, arguments, new_target) };
        let list = self.array_of(arguments);
        let result = self.call(trap, handler, &[target, list, new_target])?;
        if as_object(result).is_none() {
            let text = self.display(result);
            return Err(self.throw_type_error(&format!(
                "'construct' on proxy: trap returned non-object ('{text}')"
            )));
        }
        Ok(result)
    }

    /// `CreateArrayFromList` (§7.3.18)
    pub(crate) fn array_of(&self, items: &[Value]) -> Value {
        let array = self.new_array();
        for item in items {
            array.push(&self.memory, *item);
        }
        Value::cell(array)
    }
}

/// How `defineProperty` complains about a property that its target could still lose.
const NOT_CONFIGURABLE: [&str; 2] = [
    "trap returned truish for defining non-configurable property",
    " which is either non-existent or configurable in the proxy target",
];

/// `CompletePropertyDescriptor` (§6.2.6.6)
fn complete(descriptor: &mut PropertyDescriptor) {
    if descriptor.is_accessor() {
        descriptor.get = descriptor.get.or(Some(Value::UNDEFINED));
        descriptor.set = descriptor.set.or(Some(Value::UNDEFINED));
    } else {
        descriptor.value = descriptor.value.or(Some(Value::UNDEFINED));
        descriptor.writable = descriptor.writable.or(Some(false));
    }
    descriptor.enumerable = descriptor.enumerable.or(Some(false));
    descriptor.configurable = descriptor.configurable.or(Some(false));
}
