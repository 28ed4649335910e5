//! Properties of values of any type (ECMA-262 §6.2.5), and the objects that programs
//! make.

use super::calls::callee;
use super::property_cache::Scope;
use super::{Completion, Vm};
use crate::bytecode::{Code, CodeFlags};
use crate::heap::{CellKind, Gc};
use crate::kinds;
use crate::object::{
    Array, Attributes, BoundFunction, Environment, Function, Object, PrimitiveWrapper, Shape,
    Shapes,
};
use crate::operators::{as_object, is_callable, to_boolean, type_of};
use crate::realm::{Intrinsic, RootShape, UNKNOWN_INSIDE};
use crate::string::{JsString, PropertyKey};
use crate::value::Value;

impl Vm {
    /// The code of the function that was running when the machine was left.
    pub(super) fn running_code(&self) -> Gc<Code> {
        // SAFETY: `leave` was given the first register of a frame.
        unsafe { callee(self.registers.get()).code }
    }

    /// The object whose properties a value has: its prototype, for a primitive.
    pub(super) fn base(&self, value: Value) -> Option<Gc<Object>> {
        as_object(value).or_else(|| self.prototype_of_primitive(value))
    }

    /// The prototype of the object that a primitive value is wrapped in; none for
    /// `undefined` and `null`.
    fn prototype_of_primitive(&self, value: Value) -> Option<Gc<Object>> {
        let intrinsic = match value.kind() {
            Some(kinds::STRING) => Intrinsic::StringPrototype,
            Some(kinds::SYMBOL) => Intrinsic::SymbolPrototype,
            Some(kinds::BIGINT) => Intrinsic::BigIntPrototype,
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
        let method = if key.is_index() {
            self.get_of_value(value, key)?
        } else {
            self.read_property(value, key, None)?
        };
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
    pub(crate) fn describe(&self, value: Value) -> String {
        let (kind, text) = (self.display(type_of(self, value)), self.display(value));
        match value.kind() {
            Some(kinds::STRING) => format!("{kind} \"{text}\""),
            Some(_) => kind,
            None => format!("{kind} {text}"),
        }
    }

    /// The own properties of a string: its units, and their number.
    pub(crate) fn property_of_string(
        &self,
        string: Gc<JsString>,
        key: PropertyKey,
    ) -> Option<Value> {
        if let Some(index) = key.as_index() {
            return (index < string.len())
                .then(|| Value::cell(self.memory.unit_string(string, index)));
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
        Err(self.throw_cannot_assign(value, key))
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
        let shape = self.shape_for_prototype(Some(prototype), kinds::PRIMITIVE_WRAPPER, 2);
        Gc::<PrimitiveWrapper>::new(&self.memory, shape, value).as_object()
    }

    /// A closure.
    pub(crate) fn new_function(
        &mut self,
        code: Gc<Code>,
        environment: Option<Gc<Environment>>,
    ) -> Gc<Function> {
        let (is_async, is_generator) =
            (code.flags.contains(CodeFlags::ASYNC), code.flags.contains(CodeFlags::GENERATOR));
        self.note_realm(code);
        let shape = self.realm().shape(match (is_async, is_generator) {
            (false, false) => RootShape::Function,
            (false, true) => RootShape::GeneratorFunction,
            (true, false) => RootShape::AsyncFunction,
            (true, true) => RootShape::AsyncGeneratorFunction,
        });
        let function = Gc::<Function>::new(&self.memory, shape, code, environment);
        function.as_object().header().set_flag(crate::object::EXOTIC, true);
        function
    }

    /// An object that emulates `undefined` (Annex B.3.6): called, it gives `null`.
    pub fn new_undetectable_object(&self) -> Gc<Object> {
        let prototype = self.realm().get(Intrinsic::ObjectPrototype);
        let shape = self.shape_for_prototype(Some(prototype), kinds::UNDETECTABLE, 2);
        let object = Gc::<Object>::ordinary(&self.memory, shape);
        // Loose equality asks those that are.
        object.header().set_flag(crate::object::EXOTIC, true);
        object
    }

    /// A function written in Rust.
    pub fn new_native_function(
        &self,
        name: &str,
        length: u8,
        code: super::NativeCode,
    ) -> Gc<Object> {
        self.new_native(name, length, code, None)
    }

    /// A function written in Rust that closes over variables, which it gets by
    /// [`Arguments::captured`](super::Arguments::captured).
    pub fn new_native_closure(
        &self,
        name: &str,
        length: u8,
        code: super::NativeCode,
        captured: &[Value],
    ) -> Gc<Object> {
        let environment = self.new_captured(captured);
        self.new_native(name, length, code, Some(environment))
    }

    /// Variables that native closures share.
    pub(crate) fn new_captured(&self, values: &[Value]) -> Gc<Environment> {
        let environment = Gc::<Environment>::new(&self.memory, None, values.len() as u32);
        for (variable, value) in environment.variables().iter().zip(values) {
            variable.set(*value);
        }
        environment
    }

    /// A function written in Rust, with what it closes over, if it does.
    pub(crate) fn new_native(
        &self,
        name: &str,
        length: u8,
        code: super::NativeCode,
        captured: Option<Gc<Environment>>,
    ) -> Gc<Object> {
        let shape = self.realm().shape(RootShape::NamedNativeFunction);
        let name = match name {
            "" => self.memory.empty_string(),
            name => self.memory.intern_str(name),
        };
        let function =
            Gc::<super::NativeFunction>::closure(&self.memory, shape, name, code, captured);
        if self.has_realms.get() {
            function.realm.set(Some(self.realm()));
        }
        let function = function.as_object();
        function.set_slot(&self.memory, 0, Value::int(length.into()));
        function.set_slot(&self.memory, 1, Value::cell(name));
        function
    }

    /// Gives a function the properties that all have from the beginning. Most are
    /// called and never looked at, so it is done when somebody looks; and so it is with
    /// some builtin objects.
    pub(crate) fn complete_function(&mut self, object: Gc<Object>) {
        if object.header().kind() == kinds::LAZY {
            return self.complete_lazy(object);
        }
        let Some(function) = Value::cell(object).downcast::<Function>() else { return };
        if !object.is_exotic() {
            return;
        }
        object.header().set_flag(crate::object::EXOTIC, false);
        // Whoever looks may be of another one.
        let realm = self.realm_of_function(Value::cell(object));
        let memory = &self.memory;
        let length = Value::from(function.code.length);
        let name = Value::cell(function.code.name);
        object.add_property(memory, memory.keys().length, length, Attributes::CONFIGURABLE);
        object.add_property(memory, memory.keys().name, name, Attributes::CONFIGURABLE);
        if function.code.flags.contains(CodeFlags::GENERATOR) {
            let parent = if function.code.flags.contains(CodeFlags::ASYNC) {
                Intrinsic::AsyncGeneratorPrototype
            } else {
                Intrinsic::GeneratorPrototype
            };
            let prototype = self.ordinary_object_create(Some(realm.get(parent)));
            let key = self.memory.keys().prototype;
            let value = Value::cell(prototype);
            object.add_property(&self.memory, key, value, Attributes::WRITABLE);
        } else if function.code.flags.contains(CodeFlags::CONSTRUCTOR) {
            let shape = realm.shape(RootShape::Object);
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
        let prototype = self.get_prototype_from_constructor(constructor, default)?;
        Ok(self.ordinary_object_create(Some(prototype)))
    }
}

impl Vm {
    /// `OrdinaryObjectCreate` (§10.1.12)
    pub fn ordinary_object_create(&self, prototype: Option<Gc<Object>>) -> Gc<Object> {
        let shape = self.shape_for_prototype(prototype, kinds::OBJECT, UNKNOWN_INSIDE);
        Gc::<Object>::ordinary(&self.memory, shape)
    }

    /// The shape of objects of a kind without properties, with so many slots inside,
    /// whose prototype this is.
    pub(crate) fn shape_for_prototype(
        &self,
        prototype: Option<Gc<Object>>,
        kind: CellKind,
        inline_slots: u16,
    ) -> Gc<Shape> {
        let word = prototype.map_or(0, Gc::to_word);
        let layout = crate::realm::layout(kind, inline_slots);
        let known = self.prototype_shapes.borrow().get(&(word, kind, inline_slots)).copied();
        // The number may be that of a shape that has died; another one is as good.
        if let Some(shape) = known.and_then(|number| self.memory.shape_if_alive::<Shape>(number))
            && shape.prototype() == prototype
            && shape.layout() == layout
        {
            return shape;
        }
        if let Some(prototype) = prototype {
            prototype.mark_as_prototype();
        }
        let shape = Shapes::root(&self.memory, layout, prototype);
        self.prototype_shapes.borrow_mut().insert((word, kind, inline_slots), shape.number());
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
        let (mut at, mut proxies) = (Some(self.to_object(value)?), 0);
        while let Some(object) = at {
            let keys = self.own_property_keys(object)?;
            for index in 0..keys.len() {
                let key = keys.get(index).filter(|key| key.as_symbol().is_none());
                let Some(key) = key else { continue };
                let is_new = self.get_own_property(seen, key)?.is_none();
                let is_proxy = object.header().kind() == kinds::PROXY;
                let is_enumerable = if is_proxy {
                    // Asked when its turn comes.
                    true
                } else {
                    let Some(property) = self.get_own_property(object, key)? else { continue };
                    property.enumerable == Some(true)
                };
                if is_new {
                    self.create_data_property(seen, key, Value::TRUE)?;
                    if is_enumerable {
                        let name = self.memory.string(&self.display_key(key));
                        names.push(&self.memory, Value::cell(self.memory.intern(name)));
                    }
                }
            }
            at = self.next_prototype(object, &mut proxies)?;
        }
        Ok(names)
    }
}

impl Vm {
    /// Whether a name that a `for`-`in` has come by is still to be visited: it has not been
    /// deleted meanwhile, and a proxy that has it says that it is enumerable.
    pub(super) fn is_still_there(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Completion<bool> {
        let (mut at, mut proxies) = (Some(object), 0);
        while let Some(object) = at {
            if let Some(property) = self.get_own_property(object, key)? {
                let is_proxy = object.header().kind() == kinds::PROXY;
                return Ok(!is_proxy || property.enumerable == Some(true));
            }
            at = self.next_prototype(object, &mut proxies)?;
        }
        Ok(false)
    }

    /// `CopyDataProperties` (§7.3.26)
    pub(super) fn copy_data_properties(
        &mut self,
        target: Gc<Object>,
        source: Value,
        excluded: &[PropertyKey],
    ) -> Completion<()> {
        if source.is_nullish() {
            return Ok(());
        }
        let source = self.to_object(source)?;
        if self.copy_plainly(target, source, excluded) {
            return Ok(());
        }
        let keys = self.own_property_keys(source)?;
        for index in 0..keys.len() {
            let Some(key) = keys.get(index).filter(|key| !excluded.contains(key)) else { continue };
            let own = self.get_own_property(source, key)?;
            if own.is_some_and(|own| own.enumerable == Some(true)) {
                let value = self.get(source, key)?;
                self.create_data_property(target, key, value)?;
            }
        }
        Ok(())
    }

    /// The shape of an object that tells all of its properties: none is an element, has a
    /// getter or is made when somebody looks.
    pub(crate) fn plain_shape(&self, object: Gc<Object>) -> Option<Gc<Shape>> {
        let shape = object.shape(&self.memory);
        let has_elements = object.elements().is_some_and(|elements| elements.length() > 0);
        if object.is_exotic() || has_elements || shape.is_dictionary() {
            return None;
        }
        let mut is_plain = true;
        shape.each_property(|_, property| is_plain &= !property.attributes.is_accessor());
        is_plain.then_some(shape)
    }

    /// `Set` (§7.3.4) with `Throw` set, and notes where that has been done.
    pub(crate) fn assign(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        value: Value,
    ) -> Completion<()> {
        if key.is_index() {
            return self.set(object, key, value);
        }
        if self.write_where_known(object, key, value) {
            return Ok(());
        }
        let before = object.shape(&self.memory);
        self.set(object, key, value)?;
        self.learn_write(object, before, key, None, Scope::Everywhere);
        Ok(())
    }

    /// `CreateDataProperty` (§7.3.5) of an ordinary object all properties of which have been
    /// made so; notes where that has been done.
    pub(crate) fn define_plainly(&mut self, object: Gc<Object>, key: PropertyKey, value: Value) {
        if let Some(index) = key.as_index() {
            object.add_or_set_element(&self.memory, index, value);
            return;
        }
        // What an assignment does to a property that is there, or adds, is the same.
        if self.write_where_known(object, key, value) {
            return;
        }
        if let Some(property) = object.own_property(&self.memory, key) {
            object.set_slot(&self.memory, property.slot, value);
            return;
        }
        let before = object.shape(&self.memory);
        object.add_property(&self.memory, key, value, Attributes::DATA);
        if !self.is_inherited(object, key) {
            self.learn_write(object, before, key, None, Scope::Everywhere);
        }
    }

    /// [`Self::copy_data_properties`] from an object that has nothing but data properties
    /// by name: its shape tells all about it.
    fn copy_plainly(
        &mut self,
        target: Gc<Object>,
        source: Gc<Object>,
        excluded: &[PropertyKey],
    ) -> bool {
        let shape = source.shape(&self.memory);
        let is_plain = |object: Gc<Object>| {
            !object.is_exotic() && object.elements().is_none_or(|elements| elements.length() == 0)
        };
        let mut has_others = shape.is_dictionary() || !is_plain(source) || !is_plain(target);
        if has_others {
            return false;
        }
        shape.each_property(|key, property| {
            has_others |= property.attributes.is_accessor() || key.as_name().is_none();
        });
        if has_others {
            return false;
        }
        // Of a new target all properties are made here.
        let is_new = target.shape(&self.memory).slots() == 0;
        let mut index = 0;
        while let Some((key, property)) = shape.nth_property(index) {
            index += 1;
            if !property.attributes.is_enumerable() || excluded.contains(&key) {
                continue;
            }
            let value = source.get_slot(&self.memory, property.slot);
            if is_new {
                self.define_plainly(target, key, value);
                continue;
            }
            let memory = &self.memory;
            match target.own_property(memory, key) {
                Some(own) => {
                    target.set_attributes(memory, key, Attributes::DATA);
                    let slot = target.own_property(memory, key).map_or(own.slot, |own| own.slot);
                    target.set_slot(memory, slot, value);
                }
                None => target.add_property(memory, key, value, Attributes::DATA),
            }
        }
        true
    }

    /// `InstanceofOperator` (§13.10.2)
    pub(crate) fn instance_of(&mut self, value: Value, target: Value) -> Completion<bool> {
        if as_object(target).is_none() {
            let message = "Right-hand side of 'instanceof' is not an object";
            return Err(self.throw_type_error(message));
        }
        let key = self.well_known_key(super::WellKnown::HasInstance);
        if let Some(method) = self.get_method(target, key)? {
            let ordinary = self.realm().find(Intrinsic::FunctionHasInstance);
            if ordinary.map(Value::cell) != Some(method) {
                return self.call(method, target, &[value]).map(to_boolean);
            }
        } else if !is_callable(target) {
            let message = "Right-hand side of 'instanceof' is not callable";
            return Err(self.throw_type_error(message));
        }
        self.ordinary_has_instance(target, value)
    }

    /// `OrdinaryHasInstance` (§7.3.22)
    pub(crate) fn ordinary_has_instance(
        &mut self,
        target: Value,
        value: Value,
    ) -> Completion<bool> {
        if let Some(bound) = target.downcast::<BoundFunction>() {
            self.check_native_stack()?;
            return self.instance_of(value, Value::cell(bound.target));
        }
        let Some(constructor) = as_object(target).filter(|_| is_callable(target)) else {
            return Ok(false);
        };
        let Some(object) = as_object(value) else { return Ok(false) };
        let key = self.memory.keys().prototype;
        let prototype = self.get(constructor, key)?;
        let Some(prototype) = as_object(prototype) else {
            let text = self.display(prototype);
            let message = format!("Function has non-object prototype '{text}' in instanceof check");
            return Err(self.throw_type_error(&message));
        };
        let mut proxies = 0;
        let mut at = self.next_prototype(object, &mut proxies)?;
        while let Some(ancestor) = at {
            if ancestor == prototype {
                return Ok(true);
            }
            at = self.next_prototype(ancestor, &mut proxies)?;
        }
        Ok(false)
    }
}
