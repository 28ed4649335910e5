//! Iterators over arrays and strings.
//! <https://tc39.es/ecma262/#sec-array-iterator-objects>,
//! <https://tc39.es/ecma262/#sec-string-iterator-objects>

use crate::builtins::{Entry, add_entries, define, define_symbol, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{
    Array, ArrayIterator, Attributes, IterationKind, Object, StringIterator, TypedArray,
};
use crate::operators::{as_object, to_string};
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm, WellKnown};

const ARRAY_ITERATOR: &[Entry] = &[function("next", 0, array_iterator_next)];

const STRING_ITERATOR: &[Entry] = &[function("next", 0, string_iterator_next)];

/// What `Array.prototype` has of them.
const ARRAY: &[Entry] = &[
    function("entries", 0, |vm, arguments| over_array(vm, arguments, IterationKind::Entries)),
    function("keys", 0, |vm, arguments| over_array(vm, arguments, IterationKind::Keys)),
];

pub(super) fn install(vm: &Vm) {
    let realm = vm.realm();
    let array = realm.get(Intrinsic::ArrayPrototype);
    add_entries(vm, array, ARRAY);
    let values = vm.new_native_function("values", 0, |vm, arguments| {
        over_array(vm, arguments, IterationKind::Values)
    });
    realm.set(&vm.memory, Intrinsic::ArrayPrototypeValues, values);
    define(vm, array, "values", Value::cell(values));
    let method = Attributes::METHOD;
    define_symbol(vm, array, WellKnown::Iterator, Value::cell(values), method);
    let over_string = vm.new_native_function("[Symbol.iterator]", 0, over_string);
    let string = realm.get(Intrinsic::StringPrototype);
    define_symbol(vm, string, WellKnown::Iterator, Value::cell(over_string), method);
    for (intrinsic, entries, tag) in [
        (Intrinsic::ArrayIteratorPrototype, ARRAY_ITERATOR, "Array Iterator"),
        (Intrinsic::StringIteratorPrototype, STRING_ITERATOR, "String Iterator"),
    ] {
        let prototype = realm.get(intrinsic);
        add_entries(vm, prototype, entries);
        let tag = Value::cell(vm.memory.intern_str(tag));
        define_symbol(vm, prototype, WellKnown::ToStringTag, tag, Attributes::CONFIGURABLE);
    }
    for (prototype, next) in [
        (Intrinsic::ArrayIteratorPrototype, Intrinsic::ArrayIteratorNext),
        (Intrinsic::StringIteratorPrototype, Intrinsic::StringIteratorNext),
    ] {
        vm.note_next(realm.get(prototype), next);
    }
}

impl Vm {
    /// Makes the `next` of a prototype an intrinsic.
    pub(super) fn note_next(&self, prototype: Gc<Object>, next: Intrinsic) {
        if let Some(property) = prototype.own_property(&self.memory, self.memory.keys().next)
            && let Some(function) = as_object(prototype.get_slot(&self.memory, property.slot))
        {
            self.realm().set(&self.memory, next, function);
        }
    }

    /// An iterator over what is like an array, from an index on.
    pub(crate) fn new_array_iterator(
        &self,
        target: Gc<Object>,
        index: f64,
        gives: IterationKind,
    ) -> Gc<Object> {
        let prototype = self.realm().get(Intrinsic::ArrayIteratorPrototype);
        let shape = self.shape_for_prototype(Some(prototype), kinds::ARRAY_ITERATOR, 0);
        let target = Value::cell(target);
        Gc::<ArrayIterator>::new(&self.memory, shape, target, index, gives).as_object()
    }
}

/// `values`, `keys`, `entries` (§23.1.3.38, §23.1.3.19, §23.1.3.5)
fn over_array(vm: &mut Vm, arguments: Arguments<'_>, gives: IterationKind) -> Completion {
    let target = vm.to_object(arguments.this())?;
    Ok(Value::cell(vm.new_array_iterator(target, 0.0, gives)))
}

/// `%ArrayIteratorPrototype%.next` (§23.1.5.2.1)
fn array_iterator_next(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(iterator) = arguments.this().downcast::<ArrayIterator>() else {
        let text = vm.display(arguments.this());
        return Err(vm.throw_type_error(&format!(
            "Method Array Iterator.prototype.next called on incompatible receiver {text}"
        )));
    };
    let value = vm.step_array_iterator(iterator)?;
    Ok(vm.create_iterator_result(value.unwrap_or(Value::UNDEFINED), value.is_none()))
}

impl Vm {
    /// The next element of an iterator over what is like an array.
    pub(crate) fn step_array_iterator(
        &mut self,
        iterator: Gc<ArrayIterator>,
    ) -> Completion<Option<Value>> {
        let Some((target, index)) = iterator.position() else { return Ok(None) };
        let object = self.to_object(target)?;
        let length = match target.downcast::<Array>() {
            Some(array) => f64::from(array.length.get()),
            None => match target.downcast::<TypedArray>().map(|array| array.length()) {
                Some(Some(length)) => length as f64,
                Some(None) => {
                    let message = "Cannot perform Array Iterator.prototype.next on a detached or out-of-bounds ArrayBuffer";
                    return Err(self.throw_type_error(message));
                }
                None => self.length_of_array_like(object)?,
            },
        };
        if index >= length {
            iterator.finish();
            return Ok(None);
        }
        iterator.advance(index + 1.0);
        let key = Value::number(index);
        if iterator.gives == IterationKind::Keys {
            return Ok(Some(key));
        }
        let value = self.get(object, self.memory.key_of_index(index))?;
        if iterator.gives == IterationKind::Values {
            return Ok(Some(value));
        }
        let entry = self.new_array_of(&[key, value]);
        Ok(Some(Value::cell(entry)))
    }

    /// The next code point of an iterator over a string.
    pub(crate) fn step_string_iterator(&self, iterator: Gc<StringIterator>) -> Option<Value> {
        let (target, index) = iterator.position()?;
        let string: Gc<JsString> = target.downcast()?;
        let index = index as u32;
        if index >= string.len() {
            iterator.finish();
            return None;
        }
        let units = string.units(&self.memory);
        let (_, count) = units.code_point_at(index as usize);
        let end = index + count as u32;
        iterator.advance(f64::from(end));
        Some(Value::cell(if count == 1 {
            self.memory.unit_string(string, index)
        } else {
            string.substring(&self.memory, index, end)
        }))
    }
}

/// `String.prototype [ @@iterator ]` (§22.1.3.36)
fn over_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let this = arguments.this();
    if this.is_nullish() {
        return Err(
            vm.throw_type_error("String.prototype[Symbol.iterator] called on null or undefined")
        );
    }
    let string = Value::cell(to_string(vm, this)?);
    let prototype = vm.realm().get(Intrinsic::StringIteratorPrototype);
    let shape = vm.shape_for_prototype(Some(prototype), kinds::STRING_ITERATOR, 0);
    let values = IterationKind::Values;
    let iterator = Gc::<StringIterator>::new(&vm.memory, shape, string, 0.0, values);
    Ok(Value::cell(iterator.as_object()))
}

/// `%StringIteratorPrototype%.next` (§22.1.5.1.1)
fn string_iterator_next(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(iterator) = arguments.this().downcast::<StringIterator>() else {
        let text = vm.display(arguments.this());
        return Err(vm.throw_type_error(&format!(
            "Method String Iterator.prototype.next called on incompatible receiver {text}"
        )));
    };
    let value = vm.step_string_iterator(iterator);
    Ok(vm.create_iterator_result(value.unwrap_or(Value::UNDEFINED), value.is_none()))
}
