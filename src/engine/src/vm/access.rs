//! Properties of values of any type (ECMA-262 §6.2.5), and the objects that programs
//! make.

use super::calls::callee;
use super::{Completion, Vm};
use crate::bytecode::{Code, CodeFlags};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{
    Array, Attributes, Environment, Function, Layout, Object, PrimitiveWrapper, Shape, Shapes,
};
use crate::operators::{as_object, is_callable, type_of};
use crate::realm::{Intrinsic, Realm, RootShape, layout};
use crate::string::{JsString, PropertyKey};
use crate::value::Value;

impl Vm {
    /// The realm of the code that runs.
    pub fn realm(&self) -> Gc<Realm> {
        self.realm.get()
    }

    /// The code of the function that was running when the machine was left.
    pub(super) fn running_code(&self) -> Gc<Code> {
        // SAFETY: `leave` was given the first register of a frame.
        unsafe { callee(self.registers.get()).code }
    }

    /// The object whose properties a value has: its prototype, for a primitive.
    fn base(&self, value: Value) -> Option<Gc<Object>> {
        as_object(value).or_else(|| self.prototype_of_primitive(value))
    }

    /// The prototype of the object that a primitive value is wrapped in; none for
    /// `undefined` and `null`.
    fn prototype_of_primitive(&self, value: Value) -> Option<Gc<Object>> {
        let intrinsic = match value.kind() {
            Some(kinds::STRING) => Intrinsic::StringPrototype,
            Some(kinds::SYMBOL) => Intrinsic::SymbolPrototype,
            _ if value.is_number() => Intrinsic::NumberPrototype,
            _ if value.is_bool() => Intrinsic::BooleanPrototype,
            _ => return None,
        };
        Some(self.realm().get(intrinsic))
    }

    /// `GetV` (§7.3.3)
    ///
    /// # Errors
    /// A `TypeError` for `undefined` and `null`; what a getter throws.
    pub fn get_of_value(&mut self, value: Value, key: PropertyKey) -> Completion {
        if let Some(string) = value.downcast::<JsString>()
            && let Some(own) = self.property_of_string(string, key)
        {
            return Ok(own);
        }
        match self.base(value) {
            Some(object) => self.get_with_receiver(object, key, value),
            None => {
                let (key, value) = (self.display_key(key), self.display(value));
                let message = format!("Cannot read properties of {value} (reading '{key}')");
                Err(self.throw_type_error(&message))
            }
        }
    }

    /// `GetMethod` (§7.3.11): None if there is none.
    ///
    /// # Errors
    /// A `TypeError` for `undefined` and `null`, and if the property is no function; what
    /// a getter throws.
    pub fn get_method(&mut self, value: Value, key: PropertyKey) -> Completion<Option<Value>> {
        let method = self.get_of_value(value, key)?;
        if method.is_nullish() {
            return Ok(None);
        }
        if !is_callable(method) {
            let text = self.describe(method);
            return Err(self.throw_type_error(&format!("{text} is not a function")));
        }
        Ok(Some(method))
    }

    /// A value with its type, as messages show it whose program text is not known.
    fn describe(&self, value: Value) -> String {
        let (kind, text) = (type_of(self, value).to_rust(&self.memory), self.display(value));
        match value.kind() {
            Some(kinds::STRING) => format!("{kind} \"{text}\""),
            Some(_) => kind,
            None => format!("{kind} {text}"),
        }
    }

    /// The own properties of a string: its units, and their number.
    fn property_of_string(&self, string: Gc<JsString>, key: PropertyKey) -> Option<Value> {
        if let Some(index) = key.as_index() {
            return (index < string.len())
                .then(|| Value::cell(string.substring(&self.memory, index, index + 1)));
        }
        (key == self.memory.keys().length).then(|| Value::from(string.len()))
    }

    /// `PutValue` of a property reference (§6.2.5.6)
    ///
    /// # Errors
    /// A `TypeError` for `undefined` and `null`, and in strict mode code if the
    /// property cannot be changed; what a setter throws.
    pub fn put_of_value(
        &mut self,
        value: Value,
        key: PropertyKey,
        new: Value,
        strict: bool,
    ) -> Completion<()> {
        let Some(object) = self.base(value) else {
            let (key, value) = (self.display_key(key), self.display(value));
            let message = format!("Cannot set properties of {value} (setting '{key}')");
            return Err(self.throw_type_error(&message));
        };
        if self.set_with_receiver(object, key, new, value)? || !strict {
            return Ok(());
        }
        let mut found = self.get_own_property(object, key)?;
        let mut at = self.get_prototype_of(object)?;
        while let (None, Some(object)) = (found, at) {
            found = self.get_own_property(object, key)?;
            at = self.get_prototype_of(object)?;
        }
        let (name, text) = (self.display_key(key), self.display(value));
        let kind = type_of(self, value).to_rust(&self.memory);
        let is_own = value
            .downcast::<JsString>()
            .is_some_and(|string| self.property_of_string(string, key).is_some());
        let message = match found {
            Some(found) if found.is_accessor() => {
                format!("Cannot set property {name} of {text} which has only a getter")
            }
            _ if as_object(value).is_none() && !is_own => {
                format!("Cannot create property '{name}' on {kind} '{text}'")
            }
            None if !is_own => format!("Cannot add property {name}, object is not extensible"),
            _ => format!("Cannot assign to read only property '{name}' of {kind} '{text}'"),
        };
        Err(self.throw_type_error(&message))
    }

    /// `ToObject` (§7.1.18)
    ///
    /// # Errors
    /// A `TypeError` for `undefined` and `null`.
    pub fn to_object(&mut self, value: Value) -> Completion<Gc<Object>> {
        if let Some(object) = as_object(value) {
            return Ok(object);
        }
        match self.prototype_of_primitive(value) {
            Some(prototype) => Ok(self.new_primitive_wrapper(value, prototype)),
            None => Err(self.throw_type_error("Cannot convert undefined or null to object")),
        }
    }

    /// A Boolean, Number, String or Symbol object with a prototype.
    pub(crate) fn new_primitive_wrapper(&self, value: Value, prototype: Gc<Object>) -> Gc<Object> {
        let shape = self.shape_for_prototype(prototype, layout(kinds::PRIMITIVE_WRAPPER, 2));
        Gc::<PrimitiveWrapper>::new(&self.memory, shape, value).as_object()
    }

    /// A closure.
    pub(super) fn new_function(
        &mut self,
        code: Gc<Code>,
        environment: Option<Gc<Environment>>,
    ) -> Gc<Function> {
        let shape = self.realm().shape(RootShape::Function);
        let function = Gc::<Function>::new(&self.memory, shape, code, environment);
        function.as_object().header().set_flag(crate::object::EXOTIC, true);
        function
    }

    /// A function written in Rust.
    pub fn new_native_function(
        &self,
        name: &str,
        length: u8,
        code: super::NativeCode,
    ) -> Gc<Object> {
        let shape = self.realm().shape(RootShape::NativeFunction);
        let function = Gc::<super::NativeFunction>::new(&self.memory, shape, code).as_object();
        let name = Value::cell(self.memory.intern_str(name));
        for (key, value) in [("length", Value::int(length.into())), ("name", name)] {
            let key = self.memory.key(key);
            function.add_property(&self.memory, key, value, Attributes::CONFIGURABLE);
        }
        function
    }

    /// Gives a function the properties that all have from the beginning. Most are
    /// called and never looked at, so it is done when somebody looks.
    pub(crate) fn complete_function(&mut self, object: Gc<Object>) {
        if !object.is_exotic() {
            return;
        }
        object.header().set_flag(crate::object::EXOTIC, false);
        let Some(function) = Value::cell(object).downcast::<Function>() else { return };
        let memory = &self.memory;
        let length = Value::from(function.code.length);
        let name = Value::cell(function.code.name);
        object.add_property(memory, memory.keys().length, length, Attributes::CONFIGURABLE);
        object.add_property(memory, memory.keys().name, name, Attributes::CONFIGURABLE);
        if function.code.flags.contains(CodeFlags::CONSTRUCTOR) {
            let shape = self.realm().shape(RootShape::Object);
            let prototype = Gc::<Object>::ordinary(&self.memory, shape);
            prototype.mark_as_prototype();
            let memory = &self.memory;
            let constructor = memory.keys().constructor;
            prototype.add_property(memory, constructor, Value::cell(object), Attributes::METHOD);
            let key = memory.keys().prototype;
            object.add_property(memory, key, Value::cell(prototype), Attributes::WRITABLE);
        }
    }

    /// `OrdinaryCreateFromConstructor` (§10.1.13)
    ///
    /// # Errors
    /// What a getter of `prototype` throws.
    pub fn ordinary_create_from(
        &mut self,
        constructor: Gc<Object>,
        default: Intrinsic,
    ) -> Completion<Gc<Object>> {
        let prototype = self.prototype_from_constructor(constructor, default)?;
        let shape = self.shape_for_prototype(prototype, layout(kinds::OBJECT, 4));
        Ok(Gc::<Object>::ordinary(&self.memory, shape))
    }

    /// `GetPrototypeFromConstructor` (§10.1.14)
    ///
    /// # Errors
    /// What a getter of `prototype` throws.
    pub(crate) fn prototype_from_constructor(
        &mut self,
        constructor: Gc<Object>,
        default: Intrinsic,
    ) -> Completion<Gc<Object>> {
        let key = self.memory.keys().prototype;
        let prototype = self.get(constructor, key)?;
        Ok(as_object(prototype).unwrap_or_else(|| self.realm().get(default)))
    }
}

impl Vm {
    /// The shape of objects of a kind, without properties, whose prototype this is.
    fn shape_for_prototype(&self, prototype: Gc<Object>, layout: Layout) -> Gc<Shape> {
        let key = (prototype.to_word(), layout.kind);
        let known = self.prototype_shapes.borrow().get(&key).copied();
        // The number may be that of a shape that has died; another one is as good.
        if let Some(shape) = known.and_then(|number| self.memory.shape_if_alive::<Shape>(number))
            && shape.prototype() == Some(prototype)
        {
            return shape;
        }
        let shape = Shapes::root(&self.memory, layout, Some(prototype));
        self.prototype_shapes.borrow_mut().insert(key, shape.number());
        shape
    }
}

impl Vm {
    /// The names that a `for`-`in` comes by (§14.7.5.9): of the object and its
    /// prototypes, each once, those that are enumerable where they are found first.
    pub(super) fn names_for_in(&mut self, value: Value) -> Completion<Gc<Array>> {
        let names = Gc::<Array>::new(&self.memory, self.realm().shape(RootShape::Array), 0);
        if value.is_nullish() {
            return Ok(names);
        }
        // Seen names are properties of an object without a prototype.
        let layout = crate::realm::layout(kinds::OBJECT, 0);
        let seen = Gc::<Object>::ordinary(&self.memory, Shapes::root(&self.memory, layout, None));
        let mut at = Some(self.to_object(value)?);
        while let Some(object) = at {
            let keys = self.own_property_keys(object)?;
            for index in 0..keys.len() {
                let key = keys.get(index).filter(|key| key.as_symbol().is_none());
                let Some(key) = key else { continue };
                let is_new = self.get_own_property(seen, key)?.is_none();
                let Some(property) = self.get_own_property(object, key)? else { continue };
                if is_new {
                    self.create_data_property(seen, key, Value::TRUE)?;
                    if property.enumerable == Some(true) {
                        let name = self.memory.string(&self.display_key(key));
                        names.push(&self.memory, Value::cell(self.memory.intern(name)));
                    }
                }
            }
            at = self.get_prototype_of(object)?;
        }
        Ok(names)
    }
}

impl Vm {
    /// `CopyDataProperties` (§7.3.26) without exclusions.
    pub(super) fn copy_data_properties(
        &mut self,
        target: Gc<Object>,
        source: Value,
    ) -> Completion<()> {
        if source.is_nullish() {
            return Ok(());
        }
        let source = self.to_object(source)?;
        let keys = self.own_property_keys(source)?;
        for index in 0..keys.len() {
            let Some(key) = keys.get(index) else { continue };
            let own = self.get_own_property(source, key)?;
            if own.is_some_and(|own| own.enumerable == Some(true)) {
                let value = self.get(source, key)?;
                self.create_data_property(target, key, value)?;
            }
        }
        Ok(())
    }

    /// `OrdinaryHasInstance` (§7.3.22)
    pub(super) fn instance_of(&mut self, value: Value, target: Value) -> Completion<bool> {
        let callable = matches!(target.kind(), Some(kinds::FUNCTION | kinds::NATIVE_FUNCTION));
        let Some(constructor) = as_object(target).filter(|_| callable) else {
            let message = if as_object(target).is_some() {
                "Right-hand side of 'instanceof' is not callable"
            } else {
                "Right-hand side of 'instanceof' is not an object"
            };
            return Err(self.throw_type_error(message));
        };
        let Some(object) = as_object(value) else { return Ok(false) };
        let key = self.memory.keys().prototype;
        let prototype = self.get(constructor, key)?;
        let Some(prototype) = as_object(prototype) else {
            let text = self.display(prototype);
            let message = format!("Function has non-object prototype '{text}' in instanceof check");
            return Err(self.throw_type_error(&message));
        };
        let mut at = self.get_prototype_of(object)?;
        while let Some(ancestor) = at {
            if ancestor == prototype {
                return Ok(true);
            }
            at = self.get_prototype_of(ancestor)?;
        }
        Ok(false)
    }
}
