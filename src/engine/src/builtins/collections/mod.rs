//! Keyed collections (ECMA-262 §24), and what manages memory (§26.1, §26.2).

mod map;
mod registry;
mod set;
mod set_methods;
mod weak;

use std::ops::ControlFlow;

use super::{Entry, add_entries, constructor, define_species, define_symbol, define_tag, function};
use crate::heap::{CellKind, Gc, HeapCell};
use crate::object::{CollectionIterator, IterationKind, Map, Object, Set, Shape};
use crate::operators::{as_object, is_callable};
use crate::realm::Intrinsic;
use crate::string::Symbol;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm};

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    map::install(vm, global);
    set::install(vm, global);
    weak::install(vm, global);
    registry::install(vm, global);
}

/// `this` as an object of a type.
fn receiver<T: HeapCell>(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<T>> {
    arguments.this().downcast().ok_or_else(|| {
        let text = vm.display(arguments.this());
        vm.throw_type_error(&format!("Method {method} called on incompatible receiver {text}"))
    })
}

/// The shape of an object that a constructor of a kind is to make.
fn shape_for(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    name: &str,
    (prototype, kind): (Intrinsic, CellKind),
) -> Completion<Gc<Shape>> {
    let Some(new_target) = as_object(arguments.new_target()) else {
        return Err(vm.throw_type_error(&format!("Constructor {name} requires 'new'")));
    };
    let prototype = vm.get_prototype_from_constructor(new_target, prototype)?;
    Ok(vm.shape_for_prototype(Some(prototype), kind, 0))
}

/// What a constructor does with its argument: each element is given to a method of the new
/// collection, whole or as the two parts of an entry.
fn fill(
    vm: &mut Vm,
    collection: Gc<Object>,
    iterable: Value,
    (method, of_entries): (&str, bool),
) -> Completion<()> {
    if iterable.is_nullish() {
        return Ok(());
    }
    let this = Value::cell(collection);
    let adder = vm.get(collection, vm.memory.key(method))?;
    if !is_callable(adder) {
        let (text, object) = (vm.display(adder), vm.display(this));
        return Err(vm.throw_type_error(&format!(
            "'{text}' returned for property '{method}' of object '{object}' is not a function"
        )));
    }
    let is_own = |vm: &Vm, method| vm.realm().find(method).map(Value::cell) == Some(adder);
    let set = this.downcast::<Set>().filter(|_| is_own(vm, Intrinsic::SetAdd));
    let map = this.downcast::<Map>().filter(|_| is_own(vm, Intrinsic::MapSet));
    let record = vm.get_iterator(iterable)?;
    vm.iterate_record(record, |vm, item| {
        if let Some(set) = set {
            set::put(vm, set, item)?;
            return Ok(ControlFlow::Continue(()));
        }
        if !of_entries {
            vm.call(adder, this, &[item])?;
            return Ok(ControlFlow::Continue(()));
        }
        let entry = vm.entry_of(item)?;
        if let Some(map) = map {
            let [key, value] = entry;
            map::put(vm, map, key, value)?;
            return Ok(ControlFlow::Continue(()));
        }
        vm.call(adder, this, &entry)?;
        Ok(ControlFlow::Continue(()))
    })
}

/// Notes a method of a prototype as an intrinsic one, by which it is known later on.
fn note_method(vm: &Vm, prototype: Gc<Object>, name: &str, method: Intrinsic) {
    let property = prototype.own_property(&vm.memory, vm.memory.key(name));
    let value = property.map(|property| prototype.get_slot(&vm.memory, property.slot));
    if let Some(function) = value.and_then(as_object) {
        vm.realm().set(&vm.memory, method, function);
    }
}

/// The callback that a method is given.
fn callback(vm: &mut Vm, value: Value) -> Completion {
    if is_callable(value) {
        return Ok(value);
    }
    let text = vm.describe(value);
    Err(vm.throw_type_error(&format!("{text} is not a function")))
}

/// A collection is full.
fn throw_too_many(vm: &mut Vm, name: &str) -> Throw {
    vm.throw_range_error(&format!("{name} maximum size exceeded"))
}

/// `CanBeHeldWeakly` (§9.13)
fn can_be_held_weakly(value: Value) -> bool {
    as_object(value).is_some()
        || value.downcast::<Symbol>().is_some_and(|symbol| !symbol.is_registered())
}

/// `next` of the iterators of a collection (§24.1.5.1, §24.2.6.1)
fn iterator_next<const KIND: u8>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
) -> Completion {
    let iterator: Gc<CollectionIterator<KIND>> = receiver(vm, arguments, method)?;
    let value = vm.step_collection(iterator);
    Ok(vm.create_iterator_result(value.unwrap_or(Value::UNDEFINED), value.is_none()))
}

impl Vm {
    /// The next element of an iterator over a collection.
    pub(crate) fn step_collection<const KIND: u8>(
        &self,
        iterator: Gc<CollectionIterator<KIND>>,
    ) -> Option<Value> {
        let (key, value) = iterator.step(&self.memory)?;
        Some(match iterator.gives {
            IterationKind::Keys => key,
            IterationKind::Values => value,
            IterationKind::Entries => Value::cell(self.new_array_of(&[key, value])),
        })
    }
}

/// Gives the prototype of a collection's iterators what it has.
fn install_iterator(
    vm: &Vm,
    (prototype, next): (Intrinsic, Intrinsic),
    tag: &str,
    code: crate::vm::NativeCode,
) {
    let realm = vm.realm();
    let prototype = realm.get(prototype);
    let function = vm.new_native_function("next", 0, code);
    super::define(vm, prototype, "next", Value::cell(function));
    realm.set(&vm.memory, next, function);
    define_tag(vm, prototype, tag);
}
