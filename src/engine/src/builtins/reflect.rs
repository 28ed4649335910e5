//! The `Reflect` object. <https://tc39.es/ecma262/#sec-reflect-object>

use super::object::{descriptor_of, object_or_null};
use super::{Entry, define_tag, function, namespace};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{as_object, is_constructor, to_property_key};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

const REFLECT: &[Entry] = &[
    function("apply", 3, apply),
    function("construct", 2, construct),
    function("defineProperty", 3, define_property),
    function("deleteProperty", 2, delete_property),
    function("get", 2, get),
    function("getOwnPropertyDescriptor", 2, get_own_property_descriptor),
    function("getPrototypeOf", 1, get_prototype_of),
    function("has", 2, has),
    function("isExtensible", 1, is_extensible),
    function("ownKeys", 1, own_keys),
    function("preventExtensions", 1, prevent_extensions),
    function("set", 3, set),
    function("setPrototypeOf", 2, set_prototype_of),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let reflect = namespace(vm, global, "Reflect", REFLECT);
    define_tag(vm, reflect, "Reflect");
}

/// The first argument, which has to be an object.
fn target(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<Object>> {
    match as_object(arguments.get(0)) {
        Some(object) => Ok(object),
        None => Err(vm.throw_type_error(&format!("Reflect.{method} called on non-object"))),
    }
}

fn apply(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    super::function::apply_to(vm, arguments.get(0), arguments.get(1), arguments.get(2))
}

fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let callee = arguments.get(0);
    let new_target = if arguments.len() > 2 { arguments.get(2) } else { callee };
    for constructor in [callee, new_target] {
        if !is_constructor(constructor) {
            return Err(vm.throw_not_a_constructor(constructor));
        }
    }
    let list = vm.create_list_from_array_like(arguments.get(1))?;
    vm.construct(callee, list.as_slice(), new_target)
}

fn define_property(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "defineProperty")?;
    let key = to_property_key(vm, arguments.get(1))?;
    let descriptor = vm.to_property_descriptor(arguments.get(2))?;
    vm.define_own_property(target, key, &descriptor).map(Value::bool)
}

fn delete_property(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "deleteProperty")?;
    let key = to_property_key(vm, arguments.get(1))?;
    vm.delete_property(target, key).map(Value::bool)
}

fn get(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "get")?;
    let key = to_property_key(vm, arguments.get(1))?;
    let receiver = if arguments.len() > 2 { arguments.get(2) } else { arguments.get(0) };
    if receiver == arguments.get(0) {
        return vm.get(target, key);
    }
    vm.get_with_receiver(target, key, receiver)
}

fn get_own_property_descriptor(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "getOwnPropertyDescriptor")?;
    let key = to_property_key(vm, arguments.get(1))?;
    descriptor_of(vm, target, key)
}

fn get_prototype_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "getPrototypeOf")?;
    Ok(vm.get_prototype_of(target)?.map_or(Value::NULL, Value::cell))
}

fn has(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "has")?;
    let key = to_property_key(vm, arguments.get(1))?;
    vm.has_property(target, key).map(Value::bool)
}

fn is_extensible(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "isExtensible")?;
    vm.is_extensible(target).map(Value::bool)
}

fn own_keys(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "ownKeys")?;
    let list = vm.new_array();
    for key in vm.own_property_keys(target)?.as_slice() {
        list.push(&vm.memory, vm.memory.value_of_key(*key));
    }
    Ok(Value::cell(list))
}

fn prevent_extensions(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "preventExtensions")?;
    vm.prevent_extensions(target).map(Value::bool)
}

fn set(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "set")?;
    let key = to_property_key(vm, arguments.get(1))?;
    let receiver = if arguments.len() > 3 { arguments.get(3) } else { arguments.get(0) };
    if receiver == arguments.get(0)
        && !key.is_index()
        && vm.write_where_known(target, key, arguments.get(2))
    {
        return Ok(Value::TRUE);
    }
    vm.set_with_receiver(target, key, arguments.get(2), receiver).map(Value::bool)
}

fn set_prototype_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = target(vm, arguments, "setPrototypeOf")?;
    let prototype = object_or_null(vm, arguments.get(1))?;
    vm.set_prototype_of(target, prototype).map(Value::bool)
}
