//! What a reviver makes of what has been read (ECMA-262 §25.5.1.1,
//! `InternalizeJSONProperty`).

use super::parse::Sources;
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::as_object;
use crate::realm::RootShape;
use crate::string::{JsString, PropertyKey};
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// Walks over a value, the innermost parts first.
pub(super) fn revive(
    vm: &mut Vm,
    value: Value,
    text: Gc<JsString>,
    reviver: Value,
    sources: &Sources,
) -> Completion {
    let shape = vm.realm().shape(RootShape::Object);
    let root = Gc::<Object>::ordinary(&vm.memory, shape);
    let key = vm.memory.literal_key("");
    vm.create_data_property(root, key, value)?;
    let walk = Walk { text, reviver, sources };
    walk.internalize(vm, root, key, None)
}

struct Walk<'s> {
    text: Gc<JsString>,
    reviver: Value,
    sources: &'s Sources,
}

impl Walk<'_> {
    /// `read` is what the value was read as a property of: not the root, which was made
    /// afterwards.
    fn internalize(
        &self,
        vm: &mut Vm,
        holder: Gc<Object>,
        key: PropertyKey,
        read: Option<Gc<Object>>,
    ) -> Completion {
        vm.check_native_stack()?;
        let value = vm.get(holder, key)?;
        let context = Gc::<Object>::ordinary(&vm.memory, vm.realm().shape(RootShape::Object));
        if let Some(object) = as_object(value) {
            if vm.is_array(value)? {
                let length = vm.length_of_array_like(object)?;
                let mut index = 0_u32;
                while f64::from(index) < length {
                    self.visit(vm, object, PropertyKey::index(index))?;
                    index += 1;
                }
            } else {
                for key in vm.enumerable_own_names(object)?.as_slice() {
                    self.visit(vm, object, *key)?;
                }
            }
        } else if let Some(range) = self.sources.find(vm, read, key, value) {
            let (start, end) = (range.start as u32, range.end as u32);
            let source = Value::cell(self.text.substring(&vm.memory, start, end));
            vm.create_data_property(context, vm.memory.literal_key("source"), source)?;
        }
        let name = vm.memory.value_of_key(key);
        vm.call(self.reviver, Value::cell(holder), &[name, value, Value::cell(context)])
    }

    fn visit(&self, vm: &mut Vm, object: Gc<Object>, key: PropertyKey) -> Completion<()> {
        let element = self.internalize(vm, object, key, Some(object))?;
        if element.is_undefined() {
            vm.delete_property(object, key)?;
        } else {
            vm.create_data_property(object, key, element)?;
        }
        Ok(())
    }
}
