//! `Set`. <https://tc39.es/ecma262/#sec-set-objects>

use super::{
    Entry, add_entries, callback, constructor, define_species, define_symbol, define_tag, fill,
    function, install_iterator, iterator_next, note_method, receiver, set_methods, shape_for,
    throw_too_many,
};
use crate::builtins::{accessor, define};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Attributes, IterationKind, Object, Set, SetIterator};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm, WellKnown};

const PROTOTYPE: &[Entry] = &[
    function("has", 1, has),
    function("add", 1, add),
    function("delete", 1, delete),
    function("clear", 0, clear),
    function("entries", 0, |vm, arguments| over(vm, arguments, IterationKind::Entries, "entries")),
    function("forEach", 1, for_each),
    accessor("size", size, None),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let set = constructor(vm, global, ("Set", 0, construct), Intrinsic::SetPrototype, &[]);
    define_species(vm, set);
    let prototype = vm.realm().get(Intrinsic::SetPrototype);
    add_entries(vm, prototype, PROTOTYPE);
    add_entries(vm, prototype, set_methods::PROTOTYPE);
    note_method(vm, prototype, "add", Intrinsic::SetAdd);
    note_method(vm, prototype, "has", Intrinsic::SetHas);
    let values = Value::cell(vm.new_native_function("values", 0, |vm, arguments| {
        over(vm, arguments, IterationKind::Values, "values")
    }));
    define(vm, prototype, "values", values);
    define(vm, prototype, "keys", values);
    define_tag(vm, prototype, "Set");
    define_symbol(vm, prototype, WellKnown::Iterator, values, Attributes::METHOD);
    let intrinsics = (Intrinsic::SetIteratorPrototype, Intrinsic::SetIteratorNext);
    install_iterator(vm, intrinsics, "Set Iterator", |vm, arguments| {
        iterator_next::<{ kinds::SET_ITERATOR.0 }>(vm, arguments, "Set Iterator.prototype.next")
    });
}

/// `Set ( [ iterable ] )` (§24.2.2.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let shape = shape_for(vm, arguments, "Set", (Intrinsic::SetPrototype, kinds::SET))?;
    let set = Gc::<Set>::new(&vm.memory, shape);
    fill(vm, set.as_object(), arguments.get(0), ("add", false))?;
    Ok(Value::cell(set))
}

#[inline]
pub(super) fn this(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<Set>> {
    match arguments.this().downcast() {
        Some(set) => Ok(set),
        None => receiver(vm, arguments, &format!("Set.prototype.{method}")),
    }
}

/// Adds an element. Its value is itself, so that iterators need not know of sets.
pub(super) fn put(vm: &mut Vm, set: Gc<Set>, key: Value) -> Completion<()> {
    set.add(&vm.memory, key).map_err(|_| throw_too_many(vm, "Set"))
}

/// `Set.prototype.has` (§24.2.4.8)
fn has(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let set = this(vm, arguments, "has")?;
    Ok(Value::bool(set.has(&vm.memory, arguments.get(0))))
}

/// `Set.prototype.add` (§24.2.4.1)
fn add(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let set = this(vm, arguments, "add")?;
    put(vm, set, arguments.get(0))?;
    Ok(arguments.this())
}

/// `Set.prototype.delete` (§24.2.4.4)
fn delete(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let set = this(vm, arguments, "delete")?;
    Ok(Value::bool(set.delete(&vm.memory, arguments.get(0))))
}

/// `Set.prototype.clear` (§24.2.4.2)
fn clear(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    this(vm, arguments, "clear")?.clear(&vm.memory);
    Ok(Value::UNDEFINED)
}

/// `get Set.prototype.size` (§24.2.4.14)
fn size(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let set: Gc<Set> = receiver(vm, arguments, "get Set.prototype.size")?;
    Ok(Value::from(set.len()))
}

/// `Set.prototype.forEach` (§24.2.4.7)
fn for_each(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let set = this(vm, arguments, "forEach")?;
    let function = callback(vm, arguments.get(0))?;
    let function = vm.callback(function);
    for (key, _) in set.cursor(&vm.memory) {
        vm.call_back(&function, arguments.get(1), [key, key, Value::cell(set)])?;
    }
    Ok(Value::UNDEFINED)
}

/// `entries`, `values` (§24.2.4.6, §24.2.4.17)
fn over(vm: &mut Vm, arguments: Arguments<'_>, gives: IterationKind, method: &str) -> Completion {
    let set = this(vm, arguments, method)?;
    let prototype = vm.realm().get(Intrinsic::SetIteratorPrototype);
    let shape = vm.shape_for_prototype(Some(prototype), kinds::SET_ITERATOR, 0);
    let cursor = &set.cursor(&vm.memory);
    Ok(Value::cell(Gc::<SetIterator>::new(&vm.memory, shape, cursor, gives)))
}
