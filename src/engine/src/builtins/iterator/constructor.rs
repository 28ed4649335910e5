//! The `Iterator` constructor. <https://tc39.es/ecma262/#sec-iterator-constructor>

use super::wrapper;
use super::{Strings, iterator_flattenable, methods, throw_non_object};
use crate::builtins::{Entry, add_entries, define, define_symbol, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Accessor, Attributes, HelperKind, Object};
use crate::operators::as_object;
use crate::realm::{Intrinsic, UNKNOWN_INSIDE};
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeFunction, Vm, WellKnown};

const ITERATOR: &[Entry] = &[function("from", 1, from), function("concat", 0, concat)];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let iterator = vm.new_native_function("Iterator", 0, construct);
    if let Some(native) = Value::cell(iterator).downcast::<NativeFunction>() {
        native.is_constructor.set(true);
    }
    let realm = vm.realm();
    realm.set(&vm.memory, Intrinsic::Iterator, iterator);
    let prototype = realm.get(Intrinsic::IteratorPrototype);
    let keys = vm.memory.keys();
    iterator.add_property(&vm.memory, keys.prototype, Value::cell(prototype), Attributes::FIXED);
    add_entries(vm, iterator, ITERATOR);
    define(vm, global, "Iterator", Value::cell(iterator));
    let accessors = [
        define_accessor(
            vm,
            "constructor",
            |vm, _| {
                let iterator = vm.realm().find(Intrinsic::Iterator);
                Ok(iterator.map_or(Value::UNDEFINED, Value::cell))
            },
            |vm, arguments| set(vm, arguments, vm.memory.keys().constructor, ".constructor"),
        ),
        define_accessor(
            vm,
            "[Symbol.toStringTag]",
            |vm, _| Ok(Value::cell(vm.memory.intern_str("Iterator"))),
            |vm, arguments| {
                let key = vm.well_known_key(WellKnown::ToStringTag);
                set(vm, arguments, key, "[Symbol.toStringTag]")
            },
        ),
    ];
    let [constructor, tag] = accessors.map(Value::cell);
    let attributes = Attributes::CONFIGURABLE | Attributes::ACCESSOR;
    prototype.add_property(&vm.memory, keys.constructor, constructor, attributes);
    add_entries(vm, prototype, methods::PROTOTYPE);
    define_symbol(vm, prototype, WellKnown::ToStringTag, tag, attributes);
    let dispose = vm.new_native_function("[Symbol.dispose]", 0, dispose);
    let method = Attributes::METHOD;
    define_symbol(vm, prototype, WellKnown::Dispose, Value::cell(dispose), method);
}

fn define_accessor(
    vm: &Vm,
    name: &str,
    get: crate::vm::NativeCode,
    set: crate::vm::NativeCode,
) -> Gc<Accessor> {
    let get = Value::cell(vm.new_native_function(&format!("get {name}"), 0, get));
    let set = Value::cell(vm.new_native_function(&format!("set {name}"), 1, set));
    Gc::<Accessor>::new(&vm.memory, get, set)
}

/// `Iterator` (§27.1.3.1.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let new_target = arguments.new_target();
    let Some(target) = as_object(new_target) else {
        return Err(vm.throw_type_error("Constructor Iterator requires 'new'"));
    };
    if new_target == arguments.callee() {
        return Err(vm.throw_type_error("Abstract class Iterator not directly constructable"));
    }
    let prototype = vm.get_prototype_from_constructor(target, Intrinsic::IteratorPrototype)?;
    let shape = vm.shape_for_prototype(Some(prototype), kinds::OBJECT, UNKNOWN_INSIDE);
    Ok(Value::cell(Gc::<Object>::ordinary(&vm.memory, shape)))
}

/// `Iterator.from` (§27.1.3.2.2)
fn from(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (iterator, next) = iterator_flattenable(vm, arguments.get(0), Strings::Iterate, "from")?;
    let constructor = Value::cell(vm.realm().get(Intrinsic::Iterator));
    if vm.ordinary_has_instance(constructor, iterator)? {
        return Ok(iterator);
    }
    Ok(wrapper::wrap(vm, iterator, next))
}

/// `Iterator.concat` (§27.1.3.2.1)
fn concat(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let list = vm.new_array();
    for index in 0..arguments.len() {
        let item = arguments.get(index);
        if as_object(item).is_none() {
            return Err(throw_non_object(vm, "concat"));
        }
        let key = vm.well_known_key(WellKnown::Iterator);
        let Some(method) = vm.get_method(item, key)? else {
            let text = vm.display(item);
            return Err(vm.throw_type_error(&format!("{text} is not iterable")));
        };
        list.push(&vm.memory, item);
        list.push(&vm.memory, method);
    }
    let nothing = (Value::UNDEFINED, Value::UNDEFINED);
    Ok(vm.new_iterator_helper(HelperKind::Concat, nothing, Value::cell(list), 0.0))
}

/// `SetterThatIgnoresPrototypeProperties` (§7.3.35), for what is a data property in all but
/// name: an assignment on an iterator makes it one.
fn set(vm: &mut Vm, arguments: Arguments<'_>, key: PropertyKey, name: &str) -> Completion {
    let (this, value) = (arguments.this(), arguments.get(0));
    let Some(object) = as_object(this) else {
        let message = format!("set Iterator.prototype{name} called on non-object");
        return Err(vm.throw_type_error(&message));
    };
    if object == vm.realm().get(Intrinsic::IteratorPrototype) {
        let key = vm.display_key(key);
        let message =
            format!("Cannot assign to read only property '{key}' of object '[object Object]'");
        return Err(vm.throw_type_error(&message));
    }
    if vm.get_own_property(object, key)?.is_none() {
        vm.create_data_property_or_throw(object, key, value)?;
    } else {
        vm.set(object, key, value)?;
    }
    Ok(Value::UNDEFINED)
}

/// `Iterator.prototype [ @@dispose ]` (§27.1.4.13)
fn dispose(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let this = arguments.this();
    if let Some(method) = vm.get_method(this, vm.memory.keys().return_)? {
        vm.call(method, this, &[])?;
    }
    Ok(Value::UNDEFINED)
}
