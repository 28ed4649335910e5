//! Module namespace exotic objects (ECMA-262 §10.4.6).

use super::linking::Export;
use super::{Module, ModuleStatus};
use crate::heap::{CellKind, Gc, HeapCell, RootedVec, Tracer};
use crate::kinds;
use crate::object::{Attributes, EXOTIC, Environment, Memory, Object, PropertyDescriptor, Shape};
use crate::operators::same_value;
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::{Completion, Vm, WellKnown};

/// The object whose properties are the exports of a module.
///
/// Its shape has a property for each export, in order. In the slot is the object of
/// another module's exports, or a number: that of the variable, among those whose
/// environments are in the elements.
#[repr(C)]
pub struct Namespace {
    object: Object,
    /// Whose exports they are.
    pub module: Gc<Module>,
}

// SAFETY: It begins with an object; the module is visited.
unsafe impl HeapCell for Namespace {
    const KIND: CellKind = kinds::NAMESPACE;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.cell(self.module);
    }
}

impl Gc<Namespace> {
    fn new(memory: &Memory, shape: Gc<Shape>, module: Gc<Module>) -> Self {
        let namespace = Namespace { object: Object::new(shape), module };
        let namespace = memory.allocate_object(namespace, shape, 0);
        namespace.object.header().set_flag(EXOTIC, true);
        namespace
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }
}

impl Vm {
    /// `GetModuleNamespace` (§16.2.1.9)
    ///
    /// # Errors
    /// What the embedder throws when a module is loaded.
    pub fn module_namespace(&mut self, module: Gc<Module>) -> Completion<Gc<Object>> {
        if let Some(namespace) = module.namespace.get() {
            return Ok(namespace.as_object());
        }
        debug_assert!(module.status() != ModuleStatus::Unlinked || module.code.is_some());
        let mut names = self.exported_names(module, &mut Vec::new())?;
        // By code units: for texts without lone surrogates that is not the order of bytes.
        names.sort_by(|one, other| one.encode_utf16().cmp(other.encode_utf16()));
        let shape = self.shape_for_prototype(None, kinds::NAMESPACE, 0);
        let namespace = Gc::<Namespace>::new(&self.memory, shape, module);
        // A module that imports its own exports finds the object.
        module.namespace.set(Some(namespace));
        self.memory.write_barrier(module, namespace.to_word());
        let object = namespace.as_object();
        for name in names {
            let key = self.memory.key(&name);
            let place = match self.resolve_export(module, &name)? {
                Export::Variable(environment, index) => {
                    let place = Gc::<Environment>::new(&self.memory, Some(environment), 1);
                    place.set(&self.memory, 0, Value::from(index));
                    Value::cell(place)
                }
                Export::Namespace(module) => Value::cell(self.module_namespace(module)?),
                Export::Missing | Export::Ambiguous => continue,
            };
            let attributes = Attributes::WRITABLE | Attributes::ENUMERABLE;
            object.add_property(&self.memory, key, place, attributes);
        }
        let tag = Value::cell(self.memory.intern_str("Module"));
        let key = self.well_known_key(WellKnown::ToStringTag);
        object.add_property(&self.memory, key, tag, Attributes::FIXED);
        object.prevent_extensions(&self.memory);
        Ok(object)
    }

    /// The value of an export: `EMPTY` if it is not initialised.
    fn namespace_export(&self, object: Gc<Object>, key: PropertyKey) -> Option<Value> {
        let property = object.own_property(&self.memory, key)?;
        let place = object.get_slot(&self.memory, property.slot);
        Some(match place.downcast::<Environment>() {
            None => place,
            Some(place) => {
                let index = place.variables()[0].get().as_int().unwrap_or(0) as usize;
                let environment = place.parent.get();
                environment.map_or(Value::EMPTY, |environment| environment.variables()[index].get())
            }
        })
    }

    /// `[[GetOwnProperty]]` (§10.4.6.5)
    pub(crate) fn namespace_get_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Completion<Option<PropertyDescriptor>> {
        let Some(value) = self.namespace_export(object, key) else { return Ok(None) };
        if key.as_symbol().is_some() {
            return Ok(Some(PropertyDescriptor::data(value, Attributes::FIXED)));
        }
        if value.is_empty() {
            let name = self.display_key(key);
            let message = format!("Cannot access '{name}' before initialization");
            return Err(self.throw_reference_error(&message));
        }
        let attributes = Attributes::WRITABLE | Attributes::ENUMERABLE;
        Ok(Some(PropertyDescriptor::data(value, attributes)))
    }

    /// `[[DefineOwnProperty]]` (§10.4.6.6): what changes nothing is possible.
    pub(crate) fn namespace_define_own_property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        descriptor: &PropertyDescriptor,
    ) -> Completion<bool> {
        let Some(current) = self.namespace_get_own_property(object, key)? else {
            return Ok(false);
        };
        Ok(descriptor.configurable.is_none_or(|it| Some(it) == current.configurable)
            && descriptor.enumerable.is_none_or(|it| Some(it) == current.enumerable)
            && !descriptor.is_accessor()
            && descriptor.writable.is_none_or(|it| Some(it) == current.writable)
            && descriptor.value.is_none_or(|value| {
                current.value.is_some_and(|current| same_value(self, value, current))
            }))
    }

    /// `[[HasProperty]]` (§10.4.6.7): whether an export is initialised does not matter.
    pub(crate) fn namespace_has_property(&self, object: Gc<Object>, key: PropertyKey) -> bool {
        object.own_property(&self.memory, key).is_some()
    }

    /// `[[OwnPropertyKeys]]` (§10.4.6.11)
    pub(crate) fn namespace_own_property_keys(&self, object: Gc<Object>) -> RootedVec<PropertyKey> {
        let mut keys = self.memory.rooted_vec();
        // Names that look like indices have their place among the others.
        object.shape(&self.memory).each_property(|key, _| keys.push(key));
        keys
    }
}
