//! Objects that calls make of their arguments and of templates (ECMA-262 §10.4.4,
//! §13.2.8.4).

use super::{Vm, WellKnown};
use crate::heap::Gc;
use crate::internal_methods::IntegrityLevel;
use crate::kinds;
use crate::object::{
    Accessor, Array, Attributes, Elements, Environment, Function, MappedArguments, Object,
};
use crate::realm::Intrinsic;
use crate::value::Value;

impl Vm {
    /// `CreateUnmappedArgumentsObject` (§10.4.4.6); with a `callee`, as for a function
    /// without parameters in sloppy mode.
    pub(super) fn new_arguments(&mut self, list: Gc<Array>, callee: Option<Value>) -> Gc<Object> {
        let arguments = self.arguments_object(list, None);
        let memory = &self.memory;
        let key = memory.keys().callee;
        match callee {
            Some(callee) => arguments.add_property(memory, key, callee, Attributes::METHOD),
            None => {
                let thrower = Value::cell(self.realm().get(Intrinsic::ThrowTypeError));
                let accessor = Value::cell(Gc::<Accessor>::new(memory, thrower, thrower));
                arguments.add_property(memory, key, accessor, Attributes::ACCESSOR);
            }
        }
        arguments
    }

    /// `CreateMappedArgumentsObject` (§10.4.4.7)
    pub(super) fn new_mapped_arguments(
        &mut self,
        list: Gc<Array>,
        function: Gc<Function>,
        environment: Gc<Environment>,
    ) -> Gc<Object> {
        let count = list.length.get().min(function.code.parameters);
        let arguments = self.arguments_object(list, Some((function, environment, count)));
        let key = self.memory.keys().callee;
        arguments.add_property(&self.memory, key, Value::cell(function), Attributes::METHOD);
        arguments
    }

    fn arguments_object(
        &mut self,
        list: Gc<Array>,
        mapped: Option<(Gc<Function>, Gc<Environment>, u32)>,
    ) -> Gc<Object> {
        let realm = self.realm();
        let prototype = realm.get(Intrinsic::ObjectPrototype);
        let shape = self.shape_for_prototype(Some(prototype), kinds::ARGUMENTS, 3);
        let arguments = Gc::<MappedArguments>::new(&self.memory, shape, mapped).as_object();
        // The list is nobody else's.
        arguments.set_elements(&self.memory, list.as_object().elements());
        let memory = &self.memory;
        let length = Value::from(list.length.get());
        arguments.add_property(memory, memory.keys().length, length, Attributes::METHOD);
        let key = self.well_known_key(WellKnown::Iterator);
        let values = realm.find(Intrinsic::ArrayPrototypeValues);
        let values = values.map_or(Value::UNDEFINED, Value::cell);
        arguments.add_property(memory, key, values, Attributes::METHOD);
        arguments
    }

    /// `GetTemplateObject` (§13.2.8.4): one for each place in the code. The last of the
    /// texts is where it is kept.
    pub(super) fn template_object(&mut self, texts: Gc<Elements>) -> Gc<Object> {
        let last = texts.length() - 1;
        if let Some(object) = crate::operators::as_object(texts.get(last)) {
            return object;
        }
        let (cooked, raw) = (self.new_array(), self.new_array());
        for index in 0..last / 2 {
            cooked.push(&self.memory, texts.get(index));
            raw.push(&self.memory, texts.get(last / 2 + index));
        }
        let (cooked, raw) = (cooked.as_object(), raw.as_object());
        let memory = &self.memory;
        let key = memory.literal_key("raw");
        cooked.add_property(memory, key, Value::cell(raw), Attributes::FIXED);
        // Arrays of strings freeze without running any code.
        for object in [raw, cooked] {
            let frozen = self.set_integrity_level(object, IntegrityLevel::Frozen);
            debug_assert!(frozen.is_ok());
        }
        texts.set(&self.memory, last, Value::cell(cooked));
        cooked
    }
}
