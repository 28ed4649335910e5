//! What embedders have here: a state of their own, and classes whose instances have a
//! state written in Rust.

use std::any::Any;
use std::rc::Rc;

use super::{Arguments, Completion, NativeCode, NativeFunction, Vm};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Attributes, HostObject, Object};
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::value::Value;

impl Vm {
    /// Keeps something of the embedder's, which native functions ask for. It must hold
    /// values in [roots](crate::heap::Root) alone.
    pub fn set_embedder<T: 'static>(&mut self, state: Rc<T>) {
        self.embedder = Some(state);
    }

    /// What the embedder keeps here, if it is of this type.
    pub fn embedder<T: 'static>(&self) -> Option<Rc<T>> {
        let state: Rc<dyn Any> = Rc::clone(self.embedder.as_ref()?);
        state.downcast().ok()
    }

    /// A class written in Rust, which programs can extend: the constructor's name, `length`
    /// and code, and the same of each method of its prototype. The constructor's code ends
    /// in [`Vm::new_host_object`].
    pub fn new_native_class(
        &mut self,
        (name, length, constructor): (&str, u8, NativeCode),
        methods: &[(&str, u8, NativeCode)],
    ) -> Gc<Object> {
        let class = self.new_native_function(name, length, constructor);
        if let Some(native) = Value::cell(class).downcast::<NativeFunction>() {
            native.is_constructor.set(true);
        }
        let object_prototype = self.realm().get(Intrinsic::ObjectPrototype);
        let prototype = self.ordinary_object_create(Some(object_prototype));
        prototype.mark_as_prototype();
        let memory = &self.memory;
        let key = memory.keys().prototype;
        class.add_property(memory, key, Value::cell(prototype), Attributes::FIXED);
        let key = memory.keys().constructor;
        prototype.add_property(memory, key, Value::cell(class), Attributes::METHOD);
        for (name, length, code) in methods {
            let method = Value::cell(self.new_native_function(name, *length, *code));
            prototype.add_property(memory, memory.key(name), method, Attributes::METHOD);
        }
        class
    }

    /// What the constructor of such a class gives: an object of the class that `new` was
    /// called with, which may extend this one. `state` must hold no values.
    ///
    /// # Errors
    /// A `TypeError` if the constructor was not called with `new`; what a getter of
    /// `prototype` throws.
    pub fn new_host_object<T: 'static>(
        &mut self,
        arguments: Arguments<'_>,
        state: T,
    ) -> Completion<Gc<HostObject>> {
        let callee = arguments.callee();
        let Some(new_target) = as_object(arguments.new_target()) else {
            let native = callee.downcast::<NativeFunction>();
            let name = native.map(|native| self.display(Value::cell(native.name)));
            let name = name.unwrap_or_default();
            return Err(self.throw_type_error(&format!("Constructor {name} requires 'new'")));
        };
        let key = self.memory.keys().prototype;
        let mut prototype = as_object(self.get(new_target, key)?);
        if prototype.is_none() {
            prototype = as_object(self.get_of_value(callee, key)?);
        }
        let shape = self.shape_for_prototype(prototype, kinds::HOST, 0);
        Ok(Gc::<HostObject>::new(&self.memory, shape, Box::new(state)))
    }

    /// An instance of such a class that native code makes, without calling its constructor.
    /// `state` must hold no values.
    pub fn new_instance_of<T: 'static>(
        &mut self,
        prototype: Gc<Object>,
        state: T,
    ) -> Gc<HostObject> {
        let shape = self.shape_for_prototype(Some(prototype), kinds::HOST, 0);
        Gc::<HostObject>::new(&self.memory, shape, Box::new(state))
    }

    /// Does something with the state of a host object: what methods begin with.
    ///
    /// # Errors
    /// A `TypeError` if the value is no object with such a state.
    pub fn with_host_object<T: 'static, R>(
        &mut self,
        value: Value,
        action: impl FnOnce(&mut T) -> R,
    ) -> Completion<R> {
        let result = value.downcast::<HostObject>().and_then(|object| object.with(action));
        result.ok_or_else(|| self.throw_type_error("Illegal invocation"))
    }
}
