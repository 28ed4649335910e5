//! The `Array` constructor and `Array.prototype`.
//! <https://tc39.es/ecma262/#sec-array-objects>
//!
//! Methods work on whatever has a length. Elements are read and written a short way where
//! the object is an array whose element is there; that is found out anew for each, since
//! any callback may have changed the array.

mod copying;
mod from_async;
mod iteration;
mod joining;
mod moving;
mod mutation;
mod search;
pub(super) mod sorting;
mod timsort;

use std::ops::ControlFlow;

use super::{Entry, add_entries, constructor, define_species, define_symbol, function};
use crate::heap::Gc;
use crate::object::{Array, Attributes, Elements, Object};
use crate::operators::{as_object, is_callable, is_constructor, to_integer_or_infinity};
use crate::realm::{Intrinsic, RootShape};
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Vm, WellKnown};

const ARRAY: &[Entry] = &[
    function("isArray", 1, |vm, arguments| vm.is_array(arguments.get(0)).map(Value::bool)),
    function("from", 1, from),
    function("fromAsync", 1, |vm, arguments| Ok(from_async::from_async(vm, arguments))),
    function("of", 0, of),
];

/// What `with` does not see (§23.1.3.41).
const UNSCOPABLES: &[&str] = &[
    "at",
    "copyWithin",
    "entries",
    "fill",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "flat",
    "flatMap",
    "includes",
    "keys",
    "toReversed",
    "toSorted",
    "toSpliced",
    "values",
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let row = ("Array", 1, construct as NativeCode);
    let array = constructor(vm, global, row, Intrinsic::ArrayPrototype, ARRAY);
    vm.realm().set(&vm.memory, Intrinsic::Array, array);
    define_species(vm, array);
    let prototype = vm.realm().get(Intrinsic::ArrayPrototype);
    for entries in [
        copying::PROTOTYPE,
        iteration::PROTOTYPE,
        joining::PROTOTYPE,
        mutation::PROTOTYPE,
        search::PROTOTYPE,
        sorting::PROTOTYPE,
    ] {
        add_entries(vm, prototype, entries);
    }
    let unscopables = vm.ordinary_object_create(None);
    for name in UNSCOPABLES {
        let key = vm.memory.key(name);
        unscopables.add_property(&vm.memory, key, Value::TRUE, Attributes::DATA);
    }
    let (key, value) = (WellKnown::Unscopables, Value::cell(unscopables));
    define_symbol(vm, prototype, key, value, Attributes::CONFIGURABLE);
}

/// `Array(…)` and `new Array(…)` (§23.1.1.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let new_target = as_object(arguments.new_target()).or_else(|| as_object(arguments.callee()));
    let prototype = match new_target {
        Some(new_target) if Value::cell(new_target) != arguments.callee() => {
            Some(vm.get_prototype_from_constructor(new_target, Intrinsic::ArrayPrototype)?)
        }
        _ => None,
    };
    let array = vm.array_with_prototype(prototype);
    if arguments.len() != 1 {
        for argument in arguments.from(0) {
            array.push(&vm.memory, *argument);
        }
        return Ok(Value::cell(array));
    }
    let length = arguments.get(0);
    let Some(number) = length.as_number() else {
        array.push(&vm.memory, length);
        return Ok(Value::cell(array));
    };
    if f64::from(number as u32) != number {
        return Err(vm.throw_range_error("Invalid array length"));
    }
    array.length.set(number as u32);
    array.as_object().reserve_elements(&vm.memory, (number as u32).min(MOST_RESERVED));
    Ok(Value::cell(array))
}

/// `Array.of` (§23.1.2.3)
fn of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let count = arguments.len() as f64;
    let target = construct_for(vm, arguments.this(), Some(count))?;
    for (index, item) in arguments.from(0).iter().enumerate() {
        vm.define_index(target, index as f64, *item)?;
    }
    vm.set_length(target, count)?;
    Ok(Value::cell(target))
}

/// What `this` constructs, if it is a constructor; else an array.
fn construct_for(vm: &mut Vm, this: Value, length: Option<f64>) -> Completion<Gc<Object>> {
    if this == Value::cell(vm.realm().get(Intrinsic::Array)) || !is_constructor(this) {
        return vm.array_create(length.unwrap_or(0.0));
    }
    let length = length.map(Value::number);
    let result = vm.construct(this, length.as_slice(), this)?;
    match as_object(result) {
        Some(object) => Ok(object),
        None => Err(vm.throw_type_error("object null is not a function")),
    }
}

/// `Array.from` (§23.1.2.1)
fn from(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let [items, mapper, this] = [0, 1, 2].map(|index| arguments.get(index));
    if !mapper.is_undefined() && !is_callable(mapper) {
        let text = vm.describe(mapper);
        return Err(vm.throw_type_error(&format!("{text} is not a function")));
    }
    let map = |vm: &mut Vm, value: Value, index: f64| {
        if mapper.is_undefined() {
            return Ok(value);
        }
        vm.call(mapper, this, &[value, Value::number(index)])
    };
    let iterator = vm.well_known_key(WellKnown::Iterator);
    if let Some(method) = vm.get_method(items, iterator)? {
        let target = construct_for(vm, arguments.this(), None)?;
        let mut index = 0.0;
        let record = vm.get_iterator_from_method(items, method)?;
        vm.iterate_record(record, |vm, value| {
            let value = map(vm, value, index)?;
            vm.define_index(target, index, value)?;
            index += 1.0;
            Ok(ControlFlow::Continue(()))
        })?;
        vm.set_length(target, index)?;
        return Ok(Value::cell(target));
    }
    let source = vm.to_object(items)?;
    let length = vm.length_of_array_like(source)?;
    let target = construct_for(vm, arguments.this(), Some(length))?;
    let mut index = 0.0;
    while index < length {
        let value = vm.get_index(source, index)?;
        let value = map(vm, value, index)?;
        vm.define_index(target, index, value)?;
        index += 1.0;
    }
    vm.set_length(target, length)?;
    Ok(Value::cell(target))
}

/// An array of a given length has room for so many elements at most before it has any.
const MOST_RESERVED: u32 = 1 << 16;

// ---------------------------------------------------------------------------
// What the methods have in common
// ---------------------------------------------------------------------------

impl Vm {
    /// An empty array with a prototype, or the usual one.
    fn array_with_prototype(&mut self, prototype: Option<Gc<Object>>) -> Gc<Array> {
        let shape = match prototype {
            Some(prototype) => self.shape_for_prototype(Some(prototype), crate::kinds::ARRAY, 0),
            None => self.realm().shape(RootShape::Array),
        };
        Gc::<Array>::new(&self.memory, shape, 0)
    }

    /// `ArrayCreate` (§10.4.2.2)
    fn array_create(&mut self, length: f64) -> Completion<Gc<Object>> {
        if length > f64::from(u32::MAX) {
            return Err(self.throw_range_error("Invalid array length"));
        }
        let array = self.new_array();
        array.length.set(length as u32);
        array.as_object().reserve_elements(&self.memory, (length as u32).min(MOST_RESERVED));
        Ok(array.as_object())
    }

    /// `ArraySpeciesCreate` (§10.4.2.3)
    fn array_species_create(
        &mut self,
        original: Gc<Object>,
        length: f64,
    ) -> Completion<Gc<Object>> {
        if !self.is_array(Value::cell(original))? {
            return self.array_create(length);
        }
        let mut constructor = self.get(original, self.memory.keys().constructor)?;
        if is_constructor(constructor)
            && let Some(object) = as_object(constructor)
        {
            // An array of another realm becomes one of this one.
            let realm = self.get_function_realm(object)?;
            if realm != self.realm() && object == realm.get(Intrinsic::Array) {
                return self.array_create(length);
            }
        }
        if let Some(object) = as_object(constructor) {
            let array = self.realm().get(Intrinsic::Array);
            let species = self.get(object, self.well_known_key(WellKnown::Species))?;
            constructor = if species.is_null() { Value::UNDEFINED } else { species };
            if constructor == Value::cell(array) {
                return self.array_create(length);
            }
        }
        if constructor.is_undefined() {
            return self.array_create(length);
        }
        if !is_constructor(constructor) {
            return Err(
                self.throw_type_error("object.constructor[Symbol.species] is not a constructor")
            );
        }
        let result = self.construct(constructor, &[Value::number(length)], constructor)?;
        match as_object(result) {
            Some(object) => Ok(object),
            None => Err(self.throw_type_error("Array species result is not an object")),
        }
    }

    /// The element of an index, of whatever has elements.
    fn get_index(&mut self, object: Gc<Object>, index: f64) -> Completion {
        self.heed_interrupt()?;
        if index < f64::from(u32::MAX)
            && let Some(array) = Value::cell(object).downcast::<Array>()
        {
            let value = array.as_object().element(index as u32);
            if !value.is_empty() {
                return Ok(value);
            }
        }
        self.get(object, self.memory.key_of_index(index))
    }

    /// The element of an index, if there is one.
    #[inline]
    fn find_index(&mut self, object: Gc<Object>, index: f64) -> Completion<Option<Value>> {
        self.heed_interrupt()?;
        if index < f64::from(u32::MAX) && object.header().kind() == crate::kinds::ARRAY {
            let value = object.element(index as u32);
            if !value.is_empty() {
                return Ok(Some(value));
            }
        }
        self.find_property(object, index)
    }

    /// What an index has that is not simply an element.
    fn find_property(&mut self, object: Gc<Object>, index: f64) -> Completion<Option<Value>> {
        let key = self.memory.key_of_index(index);
        if self.has_property(object, key)? { self.get(object, key).map(Some) } else { Ok(None) }
    }

    /// `Set` of an element, with `Throw` set.
    fn set_index(&mut self, object: Gc<Object>, index: f64, value: Value) -> Completion<()> {
        self.heed_interrupt()?;
        if index < f64::from(u32::MAX)
            && object.header().kind() == crate::kinds::ARRAY
            && !object.element(index as u32).is_empty()
        {
            object.set_element(&self.memory, index as u32, value);
            return Ok(());
        }
        self.set(object, self.memory.key_of_index(index), value)
    }

    /// `CreateDataPropertyOrThrow` of an element.
    fn define_index(&mut self, object: Gc<Object>, index: f64, value: Value) -> Completion<()> {
        self.heed_interrupt()?;
        if let Some(array) = Value::cell(object).downcast::<Array>()
            && !object.is_sparse()
            && object.shape(&self.memory).is_extensible()
        {
            let length = f64::from(array.length.get());
            if index < length {
                if object.append_element(&self.memory, index as u32, value) {
                    return Ok(());
                }
                object.add_element(&self.memory, index as u32, value, Attributes::DATA);
                return Ok(());
            }
            if index == length && array.length_is_writable.get() && index < f64::from(u32::MAX - 1)
            {
                array.push(&self.memory, value);
                return Ok(());
            }
        }
        let key = self.memory.key_of_index(index);
        self.create_data_property_or_throw(object, key, value)
    }

    /// `DeletePropertyOrThrow` (§7.3.10) of an element.
    fn delete_index(&mut self, object: Gc<Object>, index: f64) -> Completion<()> {
        self.heed_interrupt()?;
        let key = self.memory.key_of_index(index);
        if self.delete_property(object, key)? {
            return Ok(());
        }
        let (key, text) = (self.display_key(key), self.display(Value::cell(object)));
        Err(self.throw_type_error(&format!("Cannot delete property '{key}' of {text}")))
    }

    /// `Set` of `length`, with `Throw` set.
    fn set_length(&mut self, object: Gc<Object>, length: f64) -> Completion<()> {
        self.set(object, self.memory.keys().length, Value::number(length))
    }
}

/// The elements of an array that is dense: as many as it is long, and without holes as
/// far as anybody has looked.
fn dense_elements(object: Gc<Object>) -> Option<(Gc<Array>, Gc<Elements>)> {
    let array = Value::cell(object).downcast::<Array>()?;
    let elements = object.elements()?;
    (elements.length() >= array.length.get()).then_some((array, elements))
}

/// Methods that V8's messages name when there is no receiver.
const NAMED: &[&str] = &[
    "every",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "forEach",
    "indexOf",
    "map",
    "reduce",
    "reduceRight",
    "some",
];

/// `this` as an object, and its length.
fn receiver(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<(Gc<Object>, f64)> {
    let this = arguments.this();
    if this.is_nullish() && NAMED.contains(&method) {
        return Err(
            vm.throw_type_error(&format!("Array.prototype.{method} called on null or undefined"))
        );
    }
    let object = vm.to_object(this)?;
    let length = match Value::cell(object).downcast::<Array>() {
        Some(array) => f64::from(array.length.get()),
        None => vm.length_of_array_like(object)?,
    };
    Ok((object, length))
}

/// The callback that a method is given.
pub(super) fn callback(vm: &mut Vm, value: Value) -> Completion {
    if is_callable(value) {
        return Ok(value);
    }
    let text = if value.is_undefined() { vm.display(value) } else { vm.describe(value) };
    Err(vm.throw_type_error(&format!("{text} is not a function")))
}

/// An index relative to the start or, if negative, to the end (as in §23.1.3.28 step 3).
pub(super) fn relative(vm: &mut Vm, value: Value, length: f64, default: f64) -> Completion<f64> {
    if value.is_undefined() {
        return Ok(default);
    }
    let relative = to_integer_or_infinity(vm, value)?;
    Ok(if relative < 0.0 { (length + relative).max(0.0) } else { relative.min(length) })
}
