//! `Map`. <https://tc39.es/ecma262/#sec-map-objects>

use super::{
    Entry, add_entries, callback, constructor, define_species, define_symbol, define_tag, fill,
    function, install_iterator, iterator_next, note_method, receiver, shape_for, throw_too_many,
};
use crate::builtins::{accessor, define, grouping};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Array, Attributes, IterationKind, Map, MapIterator, Object};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm, WellKnown};

const MAP: &[Entry] = &[function("groupBy", 2, group_by)];

const PROTOTYPE: &[Entry] = &[
    function("get", 1, get),
    function("set", 2, set),
    function("has", 1, has),
    function("delete", 1, delete),
    function("clear", 0, clear),
];

const AFTER_ENTRIES: &[Entry] = &[
    function("forEach", 1, for_each),
    function("keys", 0, |vm, arguments| over(vm, arguments, IterationKind::Keys, "keys")),
    accessor("size", size, None),
    function("values", 0, |vm, arguments| over(vm, arguments, IterationKind::Values, "values")),
    function("getOrInsert", 2, get_or_insert),
    function("getOrInsertComputed", 2, get_or_insert_computed),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let map = constructor(vm, global, ("Map", 0, construct), Intrinsic::MapPrototype, MAP);
    define_species(vm, map);
    let prototype = vm.realm().get(Intrinsic::MapPrototype);
    add_entries(vm, prototype, PROTOTYPE);
    note_method(vm, prototype, "set", Intrinsic::MapSet);
    let entries = Value::cell(vm.new_native_function("entries", 0, |vm, arguments| {
        over(vm, arguments, IterationKind::Entries, "entries")
    }));
    define(vm, prototype, "entries", entries);
    add_entries(vm, prototype, AFTER_ENTRIES);
    define_tag(vm, prototype, "Map");
    define_symbol(vm, prototype, WellKnown::Iterator, entries, Attributes::METHOD);
    let intrinsics = (Intrinsic::MapIteratorPrototype, Intrinsic::MapIteratorNext);
    install_iterator(vm, intrinsics, "Map Iterator", |vm, arguments| {
        iterator_next::<{ kinds::MAP_ITERATOR.0 }>(vm, arguments, "Map Iterator.prototype.next")
    });
}

/// `Map ( [ iterable ] )` (§24.1.1.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let shape = shape_for(vm, arguments, "Map", (Intrinsic::MapPrototype, kinds::MAP))?;
    let map = Gc::<Map>::new(&vm.memory, shape);
    fill(vm, map.as_object(), arguments.get(0), ("set", true))?;
    Ok(Value::cell(map))
}

#[inline]
fn this(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<Map>> {
    match arguments.this().downcast() {
        Some(map) => Ok(map),
        None => receiver(vm, arguments, &format!("Map.prototype.{method}")),
    }
}

/// `Map.groupBy` (§24.1.2.1)
fn group_by(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let prototype = vm.realm().get(Intrinsic::MapPrototype);
    let shape = vm.shape_for_prototype(Some(prototype), kinds::MAP, 0);
    let groups = Gc::<Map>::new(&vm.memory, shape);
    grouping::group_by(vm, arguments, "Map.groupBy", |vm, key| {
        if let Some(group) = groups.get(&vm.memory, key).and_then(Value::downcast::<Array>) {
            return Ok(group);
        }
        let group = vm.new_array();
        put(vm, groups, key, Value::cell(group))?;
        Ok(group)
    })?;
    Ok(Value::cell(groups))
}

pub(super) fn put(vm: &mut Vm, map: Gc<Map>, key: Value, value: Value) -> Completion<()> {
    map.set(&vm.memory, key, value).map_err(|_| throw_too_many(vm, "Map"))
}

/// `Map.prototype.get` (§24.1.3.6)
fn get(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map = this(vm, arguments, "get")?;
    Ok(map.get(&vm.memory, arguments.get(0)).unwrap_or(Value::UNDEFINED))
}

/// `Map.prototype.set` (§24.1.3.9)
fn set(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map = this(vm, arguments, "set")?;
    put(vm, map, arguments.get(0), arguments.get(1))?;
    Ok(arguments.this())
}

/// `Map.prototype.has` (§24.1.3.7)
fn has(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map = this(vm, arguments, "has")?;
    Ok(Value::bool(map.has(&vm.memory, arguments.get(0))))
}

/// `Map.prototype.delete` (§24.1.3.3)
fn delete(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map = this(vm, arguments, "delete")?;
    Ok(Value::bool(map.delete(&vm.memory, arguments.get(0))))
}

/// `Map.prototype.clear` (§24.1.3.1)
fn clear(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    this(vm, arguments, "clear")?.clear(&vm.memory);
    Ok(Value::UNDEFINED)
}

/// `get Map.prototype.size` (§24.1.3.10)
fn size(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map: Gc<Map> = receiver(vm, arguments, "get Map.prototype.size")?;
    Ok(Value::from(map.len()))
}

/// `Map.prototype.forEach` (§24.1.3.5)
fn for_each(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map = this(vm, arguments, "forEach")?;
    let function = callback(vm, arguments.get(0))?;
    let function = vm.callback(function);
    for (key, value) in map.cursor(&vm.memory) {
        vm.call_back(&function, arguments.get(1), [value, key, Value::cell(map)])?;
    }
    Ok(Value::UNDEFINED)
}

/// `Map.prototype.getOrInsert`
fn get_or_insert(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map = this(vm, arguments, "getOrInsert")?;
    if let Some(value) = map.get(&vm.memory, arguments.get(0)) {
        return Ok(value);
    }
    put(vm, map, arguments.get(0), arguments.get(1))?;
    Ok(arguments.get(1))
}

/// `Map.prototype.getOrInsertComputed`
fn get_or_insert_computed(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let map = this(vm, arguments, "getOrInsertComputed")?;
    let function = callback(vm, arguments.get(1))?;
    let (key, _) = crate::object::hashed(&vm.memory, arguments.get(0));
    if let Some(value) = map.get(&vm.memory, key) {
        return Ok(value);
    }
    let value = vm.call(function, Value::UNDEFINED, &[key])?;
    put(vm, map, key, value)?;
    Ok(value)
}

/// `entries`, `keys`, `values` (§24.1.3.4, §24.1.3.8, §24.1.3.11)
fn over(vm: &mut Vm, arguments: Arguments<'_>, gives: IterationKind, method: &str) -> Completion {
    let map = this(vm, arguments, method)?;
    let prototype = vm.realm().get(Intrinsic::MapIteratorPrototype);
    let shape = vm.shape_for_prototype(Some(prototype), kinds::MAP_ITERATOR, 0);
    let cursor = &map.cursor(&vm.memory);
    Ok(Value::cell(Gc::<MapIterator>::new(&vm.memory, shape, cursor, gives)))
}
