//! `WeakMap` and `WeakSet`. <https://tc39.es/ecma262/#sec-weakmap-objects>,
//! <https://tc39.es/ecma262/#sec-weakset-objects>

use super::{
    Entry, add_entries, callback, can_be_held_weakly, constructor, define_tag, fill, function,
    receiver, shape_for, throw_too_many,
};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Object, WeakMap, WeakSet};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

const MAP: &[Entry] = &[
    function("delete", 1, |vm, arguments| {
        let map = this_map(vm, arguments, "delete")?;
        Ok(Value::bool(map.delete(&vm.memory, arguments.get(0))))
    }),
    function("get", 1, |vm, arguments| {
        let map = this_map(vm, arguments, "get")?;
        Ok(map.get(&vm.memory, arguments.get(0)).unwrap_or(Value::UNDEFINED))
    }),
    function("set", 2, |vm, arguments| {
        let map = this_map(vm, arguments, "set")?;
        put(vm, map, arguments.get(0), arguments.get(1))?;
        Ok(arguments.this())
    }),
    function("has", 1, |vm, arguments| {
        let map = this_map(vm, arguments, "has")?;
        Ok(Value::bool(map.has(&vm.memory, arguments.get(0))))
    }),
    function("getOrInsert", 2, get_or_insert),
    function("getOrInsertComputed", 2, get_or_insert_computed),
];

const SET: &[Entry] = &[
    function("delete", 1, |vm, arguments| {
        let set = this_set(vm, arguments, "delete")?;
        Ok(Value::bool(set.delete(&vm.memory, arguments.get(0))))
    }),
    function("has", 1, |vm, arguments| {
        let set = this_set(vm, arguments, "has")?;
        Ok(Value::bool(set.has(&vm.memory, arguments.get(0))))
    }),
    function("add", 1, |vm, arguments| {
        let set = this_set(vm, arguments, "add")?;
        let key = arguments.get(0);
        if !can_be_held_weakly(key) {
            return Err(vm.throw_type_error("Invalid value used in weak set"));
        }
        set.set(&vm.memory, key, Value::TRUE).map_err(|_| throw_too_many(vm, "WeakSet"))?;
        Ok(arguments.this())
    }),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    for (row, intrinsic, entries) in [
        (("WeakMap", 0, construct_map as crate::vm::NativeCode), Intrinsic::WeakMapPrototype, MAP),
        (("WeakSet", 0, construct_set), Intrinsic::WeakSetPrototype, SET),
    ] {
        constructor(vm, global, row, intrinsic, &[]);
        let prototype = vm.realm().get(intrinsic);
        add_entries(vm, prototype, entries);
        define_tag(vm, prototype, row.0);
    }
}

/// `WeakMap ( [ iterable ] )` (§24.3.1.1)
fn construct_map(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let made = (Intrinsic::WeakMapPrototype, kinds::WEAK_MAP);
    let shape = shape_for(vm, arguments, "WeakMap", made)?;
    let map = Gc::<WeakMap>::new(&vm.memory, shape);
    fill(vm, map.as_object(), arguments.get(0), ("set", true))?;
    Ok(Value::cell(map))
}

/// `WeakSet ( [ iterable ] )` (§24.4.1.1)
fn construct_set(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let made = (Intrinsic::WeakSetPrototype, kinds::WEAK_SET);
    let shape = shape_for(vm, arguments, "WeakSet", made)?;
    let set = Gc::<WeakSet>::new(&vm.memory, shape);
    fill(vm, set.as_object(), arguments.get(0), ("add", false))?;
    Ok(Value::cell(set))
}

fn this_map(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<WeakMap>> {
    receiver(vm, arguments, &format!("WeakMap.prototype.{method}"))
}

fn this_set(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<WeakSet>> {
    receiver(vm, arguments, &format!("WeakSet.prototype.{method}"))
}

fn put(vm: &mut Vm, map: Gc<WeakMap>, key: Value, value: Value) -> Completion<()> {
    if !can_be_held_weakly(key) {
        return Err(vm.throw_type_error("Invalid value used as weak map key"));
    }
    map.set(&vm.memory, key, value).map_err(|_| throw_too_many(vm, "WeakMap"))
}

/// `WeakMap.prototype.getOrInsert`
fn get_or_insert(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map = this_map(vm, arguments, "getOrInsert")?;
    if let Some(value) = map.get(&vm.memory, arguments.get(0)) {
        return Ok(value);
    }
    put(vm, map, arguments.get(0), arguments.get(1))?;
    Ok(arguments.get(1))
}

/// `WeakMap.prototype.getOrInsertComputed`
fn get_or_insert_computed(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map = this_map(vm, arguments, "getOrInsertComputed")?;
    if !can_be_held_weakly(arguments.get(0)) {
        return Err(vm.throw_type_error("Invalid value used as weak map key"));
    }
    let function = callback(vm, arguments.get(1))?;
    if let Some(value) = map.get(&vm.memory, arguments.get(0)) {
        return Ok(value);
    }
    let value = vm.call(function, Value::UNDEFINED, &[arguments.get(0)])?;
    put(vm, map, arguments.get(0), value)?;
    Ok(value)
}
