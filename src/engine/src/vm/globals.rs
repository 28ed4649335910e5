//! The global environment, and environments that are objects (ECMA-262 §9.1.1.2,
//! §9.1.1.4).
//!
//! `let`, `const` and classes of scripts are properties of an object that no program gets
//! to see, before those of the global object; without a value they are not initialised.
//! Both count as prototypes, so that a change of either's shape tells the caches.

use super::{Completion, Vm, WellKnown};
use crate::heap::Gc;
use crate::object::{Attributes, Object, Property, PropertyDescriptor};
use crate::operators::{as_object, to_boolean};
use crate::string::PropertyKey;
use crate::value::Value;

/// How a script declares a global variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Declaration {
    /// `let`, a class
    Lexical,
    /// `const`
    Constant,
    /// `var`
    Variable,
    /// A function.
    Function,
}

impl Declaration {
    /// What a number stands for in compiled code.
    pub(super) fn of(number: usize) -> Self {
        match number & 3 {
            0 => Self::Lexical,
            1 => Self::Constant,
            2 => Self::Variable,
            _ => Self::Function,
        }
    }
}

impl Vm {
    /// The slot of a global variable, if it is a plain one.
    pub(super) fn find_global_slot(&self, key: PropertyKey) -> Option<(Gc<Object>, Property)> {
        let realm = self.realm();
        [realm.lexical, realm.global].into_iter().find_map(|holder| {
            let property = holder.own_property(&self.memory, key)?;
            let is_plain = !property.attributes.is_accessor() && !holder.is_exotic();
            Some(is_plain.then_some((holder, property)))
        })?
    }

    /// A `let`, `const` or class of a script; `EMPTY` if it is not initialised.
    fn lexical(&self, key: PropertyKey) -> Option<(Property, Value)> {
        let lexical = self.realm().lexical;
        let property = lexical.own_property(&self.memory, key)?;
        Some((property, lexical.get_slot(&self.memory, property.slot)))
    }

    fn throw_uninitialized(&mut self, key: PropertyKey) -> super::Throw {
        let name = self.display_key(key);
        self.throw_reference_error(&format!("Cannot access '{name}' before initialization"))
    }

    fn throw_undefined_variable(&mut self, key: PropertyKey) -> super::Throw {
        let name = self.display_key(key);
        self.throw_reference_error(&format!("{name} is not defined"))
    }

    /// Reads a global variable; `undefined` if there is none, and that is asked for.
    pub(super) fn load_global(&mut self, key: PropertyKey, lenient: bool) -> Completion {
        if let Some((_, value)) = self.lexical(key) {
            if value.is_empty() {
                return Err(self.throw_uninitialized(key));
            }
            return Ok(value);
        }
        let global = self.realm().global;
        if self.has_property(global, key)? {
            return self.get(global, key);
        }
        if lenient { Ok(Value::UNDEFINED) } else { Err(self.throw_undefined_variable(key)) }
    }

    /// Writes a global variable.
    pub(super) fn store_global(
        &mut self,
        key: PropertyKey,
        value: Value,
        strict: bool,
    ) -> Completion<()> {
        if let Some((property, current)) = self.lexical(key) {
            if current.is_empty() {
                return Err(self.throw_uninitialized(key));
            }
            if !property.attributes.is_writable() {
                return Err(self.throw_type_error("Assignment to constant variable."));
            }
            self.realm().lexical.set_slot(&self.memory, property.slot, value);
            return Ok(());
        }
        let global = self.realm().global;
        if strict && !self.has_property(global, key)? {
            return Err(self.throw_undefined_variable(key));
        }
        self.put_of_value(Value::cell(global), key, value, strict)
    }

    /// Gives a `let`, `const` or class its first value.
    pub(super) fn initialize_global(&mut self, key: PropertyKey, value: Value) {
        if let Some((property, _)) = self.lexical(key) {
            self.realm().lexical.set_slot(&self.memory, property.slot, value);
        }
    }

    /// Throws if a script cannot declare a global variable (§16.1.7 steps 3 – 12).
    pub(super) fn check_global(&mut self, key: PropertyKey, kind: Declaration) -> Completion<()> {
        let global = self.realm().global;
        let own = self.get_own_property(global, key)?;
        let is_lexical = matches!(kind, Declaration::Lexical | Declaration::Constant);
        let is_restricted = own.is_some_and(|own| own.configurable != Some(true));
        if self.lexical(key).is_some() || is_lexical && is_restricted {
            let name = self.display_key(key);
            let message = format!("Identifier '{name}' has already been declared");
            return Err(self.throw_syntax_error(&message));
        }
        let possible = match (kind, own) {
            (Declaration::Lexical | Declaration::Constant, _) => true,
            (_, None) => self.is_extensible(global)?,
            (Declaration::Function, Some(own)) => {
                own.configurable == Some(true)
                    || own.is_data() && own.writable == Some(true) && own.enumerable == Some(true)
            }
            (Declaration::Variable, Some(_)) => true,
        };
        if possible {
            return Ok(());
        }
        let name = self.display_key(key);
        Err(self.throw_type_error(&format!("Identifier '{name}' cannot be declared")))
    }

    /// Declares a global variable. An `optional` one is not if that would do harm.
    pub(super) fn declare_global(
        &mut self,
        key: PropertyKey,
        kind: Declaration,
        deletable: bool,
        optional: bool,
    ) -> Completion<()> {
        let realm = self.realm();
        let global = realm.global;
        if matches!(kind, Declaration::Lexical | Declaration::Constant) {
            let mut attributes = Attributes::ENUMERABLE;
            attributes.set(Attributes::WRITABLE, kind == Declaration::Lexical);
            realm.lexical.add_property(&self.memory, key, Value::EMPTY, attributes);
            return Ok(());
        }
        if optional && self.lexical(key).is_some() {
            return Ok(());
        }
        let own = self.get_own_property(global, key)?;
        let replaces =
            kind == Declaration::Function && own.is_some_and(|own| own.configurable == Some(true));
        if own.is_some() && !replaces || own.is_none() && optional && !self.is_extensible(global)? {
            return Ok(());
        }
        let mut attributes = Attributes::WRITABLE | Attributes::ENUMERABLE;
        attributes.set(Attributes::CONFIGURABLE, deletable);
        let descriptor = PropertyDescriptor::data(Value::UNDEFINED, attributes);
        self.define_property_or_throw(global, key, &descriptor)
    }

    /// `delete` of a global variable.
    pub(super) fn delete_global(&mut self, key: PropertyKey) -> Completion<bool> {
        if self.lexical(key).is_some() {
            return Ok(false);
        }
        self.delete_property(self.realm().global, key)
    }

    /// `HasBinding` of an object environment (§9.1.1.2.1)
    pub(super) fn has_binding(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        is_with: bool,
    ) -> Completion<bool> {
        if !self.has_property(object, key)? {
            return Ok(false);
        }
        if !is_with {
            return Ok(true);
        }
        let unscopables = self.get(object, self.well_known_key(WellKnown::Unscopables))?;
        let Some(unscopables) = as_object(unscopables) else { return Ok(true) };
        let hidden = self.get(unscopables, key)?;
        Ok(!to_boolean(hidden))
    }

    /// `GetBindingValue` of an object environment (§9.1.1.2.6)
    pub(super) fn get_binding(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        strict: bool,
    ) -> Completion {
        if self.has_property(object, key)? {
            return self.get(object, key);
        }
        if strict { Err(self.throw_undefined_variable(key)) } else { Ok(Value::UNDEFINED) }
    }

    /// `SetMutableBinding` of an object environment (§9.1.1.2.5)
    pub(super) fn set_binding(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        value: Value,
        strict: bool,
    ) -> Completion<()> {
        if !self.has_property(object, key)? && strict {
            return Err(self.throw_undefined_variable(key));
        }
        self.put_of_value(Value::cell(object), key, value, strict)
    }

    /// Makes a variable that an eval declares, in an object that may not exist so far.
    pub(super) fn declare_eval_variable(
        &mut self,
        variables: Value,
        key: PropertyKey,
    ) -> Completion<Gc<Object>> {
        let variables = as_object(variables).unwrap_or_else(|| self.ordinary_object_create(None));
        if variables.own_property(&self.memory, key).is_none() {
            self.create_data_property(variables, key, Value::UNDEFINED)?;
        }
        Ok(variables)
    }
}
