//! Classes, methods, `super` and private names (ECMA-262 §15.4, §15.7, §13.3.5, §7.3.28 –
//! §7.3.33).

use super::{Completion, Vm};
use crate::bytecode::Code;
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Accessor, Attributes, Environment, Function, Object, PropertyDescriptor};
use crate::operators::{as_object, is_constructor, to_property_key};
use crate::realm::Intrinsic;
use crate::string::{JsString, PropertyKey, Symbol};
use crate::value::Value;

/// What a method is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MethodKind {
    Method,
    Getter,
    Setter,
}

impl MethodKind {
    /// What a number stands for in compiled code.
    pub(super) fn of(number: u8) -> Self {
        match number {
            1 => Self::Getter,
            2 => Self::Setter,
            _ => Self::Method,
        }
    }
}

/// What a private name is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrivateKind {
    Field,
    Method,
    Getter,
    Setter,
}

impl PrivateKind {
    /// What a number stands for in compiled code.
    pub(super) fn of(number: u8) -> Self {
        match number {
            1 => Self::Method,
            2 => Self::Getter,
            3 => Self::Setter,
            _ => Self::Field,
        }
    }
}

impl Vm {
    /// The constructor of a class and its prototype object (§15.7.14 steps 5 – 16).
    /// `superclass` is `EMPTY` if there is none.
    pub(super) fn new_class(
        &mut self,
        code: Gc<Code>,
        environment: Option<Gc<Environment>>,
        superclass: Value,
    ) -> Completion<(Gc<Object>, Gc<Object>)> {
        let realm = self.realm();
        let (parent, prototype_parent) = if superclass.is_empty() {
            (realm.get(Intrinsic::FunctionPrototype), Some(realm.get(Intrinsic::ObjectPrototype)))
        } else if superclass.is_null() {
            (realm.get(Intrinsic::FunctionPrototype), None)
        } else {
            let Some(parent) = as_object(superclass).filter(|_| is_constructor(superclass)) else {
                let text = self.display(superclass);
                let message = format!("Class extends value {text} is not a constructor or null");
                return Err(self.throw_type_error(&message));
            };
            let prototype = self.get(parent, self.memory.keys().prototype)?;
            if as_object(prototype).is_none() && !prototype.is_null() {
                let text = self.display(prototype);
                let message =
                    format!("Class extends value does not have valid prototype property {text}");
                return Err(self.throw_type_error(&message));
            }
            (parent, as_object(prototype))
        };
        self.note_realm(code);
        let prototype = self.ordinary_object_create(prototype_parent);
        let shape = self.shape_for_prototype(Some(parent), kinds::FUNCTION, 3);
        let function = Gc::<Function>::new(&self.memory, shape, code, environment);
        function.home.set(Some(prototype));
        let constructor = function.as_object();
        let memory = &self.memory;
        let keys = memory.keys();
        let (length, name) = (Value::from(code.length), Value::cell(code.name));
        constructor.add_property(memory, keys.length, length, Attributes::CONFIGURABLE);
        constructor.add_property(memory, keys.name, name, Attributes::CONFIGURABLE);
        prototype.mark_as_prototype();
        let value = Value::cell(prototype);
        constructor.add_property(memory, keys.prototype, value, Attributes::FIXED);
        let value = Value::cell(constructor);
        prototype.add_property(memory, keys.constructor, value, Attributes::METHOD);
        Ok((constructor, prototype))
    }

    /// `DefineMethodProperty` (§15.4.4) and what it is for accessors.
    pub(super) fn define_method(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        function: Value,
        kind: MethodKind,
        of_class: bool,
    ) -> Completion<()> {
        let mut descriptor = PropertyDescriptor {
            enumerable: Some(!of_class),
            configurable: Some(true),
            ..PropertyDescriptor::default()
        };
        match kind {
            MethodKind::Getter => descriptor.get = Some(function),
            MethodKind::Setter => descriptor.set = Some(function),
            MethodKind::Method => {
                descriptor.value = Some(function);
                descriptor.writable = Some(true);
            }
        }
        self.define_property_or_throw(object, key, &descriptor)
    }

    /// `SetFunctionName` (§10.2.9), for a function that has had no name.
    pub(super) fn set_function_name(
        &mut self,
        function: Gc<Object>,
        key: PropertyKey,
        kind: MethodKind,
    ) {
        let name = match key.as_symbol() {
            Some(symbol) if symbol.is_private() => self.display_symbol_text(symbol),
            Some(symbol) => match symbol.description() {
                Some(description) => format!("[{}]", description.to_rust(&self.memory)),
                None => String::new(),
            },
            None => self.display_key(key),
        };
        let prefix = match kind {
            MethodKind::Method => "",
            MethodKind::Getter => "get ",
            MethodKind::Setter => "set ",
        };
        self.complete_function(function);
        let memory = &self.memory;
        let name = Value::cell(memory.intern_str(&format!("{prefix}{name}")));
        let key = memory.keys().name;
        // A static method of a class may have taken the place.
        if let Some(property) = function.own_property(memory, key)
            && property.attributes == Attributes::CONFIGURABLE
            && function
                .get_slot(memory, property.slot)
                .downcast::<JsString>()
                .is_some_and(|name| name.is_empty())
        {
            function.set_slot(memory, property.slot, name);
        }
    }

    fn display_symbol_text(&self, symbol: Gc<Symbol>) -> String {
        symbol.description().map(|text| text.to_rust(&self.memory)).unwrap_or_default()
    }

    /// A property of `super` (§13.3.7.3, §6.2.5.5).
    pub(super) fn get_super(&mut self, object: Value, this: Value, key: Value) -> Completion {
        let Some(object) = as_object(object) else {
            let (key, object) = (self.display(key), self.display(object));
            let message = format!("Cannot read properties of {object} (reading '{key}')");
            return Err(self.throw_type_error(&message));
        };
        let key = to_property_key(self, key)?;
        self.get_with_receiver(object, key, this)
    }

    /// An assignment to a property of `super`.
    pub(super) fn set_super(
        &mut self,
        object: Value,
        this: Value,
        key: Value,
        value: Value,
        strict: bool,
    ) -> Completion<()> {
        let Some(object) = as_object(object) else {
            let (key, object) = (self.display(key), self.display(object));
            let message = format!("Cannot set properties of {object} (setting '{key}')");
            return Err(self.throw_type_error(&message));
        };
        let key = to_property_key(self, key)?;
        if !self.set_with_receiver(object, key, value, this)? && strict {
            return Err(self.throw_cannot_assign(this, key));
        }
        Ok(())
    }

    /// The private element of an object, or an error that says that it has none.
    fn private_element(
        &mut self,
        object: Value,
        name: Gc<Symbol>,
        doing: &str,
    ) -> Completion<(Gc<Object>, crate::object::Property)> {
        let key = PropertyKey::symbol(name);
        let found = as_object(object)
            .and_then(|object| Some((object, object.own_property(&self.memory, key)?)));
        if let Some(found) = found {
            return Ok(found);
        }
        let text = self.display_symbol_text(name);
        if object.is_nullish() {
            let object = self.display(object);
            let (verb, participle) =
                if doing == "read" { ("read", "reading") } else { ("set", "setting") };
            return Err(self.throw_type_error(&format!(
                "Cannot {verb} properties of {object} ({participle} '{text}')"
            )));
        }
        let (verb, from) = if doing == "read" { ("read", "from") } else { ("write", "to") };
        Err(self.throw_type_error(&format!(
            "Cannot {verb} private member {text} {from} an object whose class did not declare it"
        )))
    }

    /// `PrivateGet` (§7.3.31)
    pub(super) fn get_private(&mut self, object: Value, name: Gc<Symbol>) -> Completion {
        let (holder, property) = self.private_element(object, name, "read")?;
        let value = holder.get_slot(&self.memory, property.slot);
        let Some(accessor) = value.downcast::<Accessor>() else { return Ok(value) };
        if accessor.get.get().is_undefined() {
            let text = self.display_symbol_text(name);
            return Err(self.throw_type_error(&format!("'{text}' was defined without a getter")));
        }
        self.call(accessor.get.get(), object, &[])
    }

    /// `PrivateSet` (§7.3.32)
    pub(super) fn set_private(
        &mut self,
        object: Value,
        name: Gc<Symbol>,
        value: Value,
    ) -> Completion<()> {
        let (holder, property) = self.private_element(object, name, "write")?;
        let current = holder.get_slot(&self.memory, property.slot);
        if let Some(accessor) = current.downcast::<Accessor>() {
            if accessor.set.get().is_undefined() {
                let text = self.display_symbol_text(name);
                return Err(
                    self.throw_type_error(&format!("'{text}' was defined without a setter"))
                );
            }
            return self.call(accessor.set.get(), object, &[value]).map(|_| ());
        }
        if !property.attributes.is_writable() {
            let text = self.display_symbol_text(name);
            return Err(self.throw_type_error(&format!("Private method '{text}' is not writable")));
        }
        holder.set_slot(&self.memory, property.slot, value);
        Ok(())
    }

    /// `PrivateFieldAdd` (§7.3.28) and `PrivateMethodOrAccessorAdd` (§7.3.29)
    pub(super) fn define_private(
        &mut self,
        object: Gc<Object>,
        name: Gc<Symbol>,
        value: Value,
        kind: PrivateKind,
    ) -> Completion<()> {
        let key = PropertyKey::symbol(name);
        let current = object.own_property(&self.memory, key);
        let memory = &self.memory;
        if let Some(property) = current {
            let current = object.get_slot(memory, property.slot).downcast::<Accessor>();
            // The other half of an accessor.
            match (current, kind) {
                (Some(accessor), PrivateKind::Getter) if accessor.get.get().is_undefined() => {
                    accessor.get.set(value);
                    memory.write_barrier(accessor, value.bits());
                    return Ok(());
                }
                (Some(accessor), PrivateKind::Setter) if accessor.set.get().is_undefined() => {
                    accessor.set.set(value);
                    memory.write_barrier(accessor, value.bits());
                    return Ok(());
                }
                _ => {}
            }
            let text = self.display_symbol_text(name);
            let message = format!("Cannot initialize {text} twice on the same object");
            return Err(self.throw_type_error(&message));
        }
        if !object.shape(memory).is_extensible() {
            let text = self.display_symbol_text(name);
            let message = format!("Cannot define property {text}, object is not extensible");
            return Err(self.throw_type_error(&message));
        }
        let accessor = |get, set| Value::cell(Gc::<Accessor>::new(memory, get, set));
        let (value, attributes) = match kind {
            PrivateKind::Field => (value, Attributes::WRITABLE),
            PrivateKind::Method => (value, Attributes::FIXED),
            PrivateKind::Getter => (accessor(value, Value::UNDEFINED), Attributes::ACCESSOR),
            PrivateKind::Setter => (accessor(Value::UNDEFINED, value), Attributes::ACCESSOR),
        };
        object.add_property(memory, key, value, attributes);
        Ok(())
    }

    /// `#x in object` (§13.10.1)
    pub(super) fn has_private(&mut self, object: Value, name: Gc<Symbol>) -> Completion<bool> {
        let Some(holder) = as_object(object) else {
            let (name, object) = (self.display_symbol_text(name), self.display(object));
            let message = format!("Cannot use 'in' operator to search for '{name}' in {object}");
            return Err(self.throw_type_error(&message));
        };
        Ok(holder.own_property(&self.memory, PropertyKey::symbol(name)).is_some())
    }
}
