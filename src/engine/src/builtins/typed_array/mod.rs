//! `%TypedArray%` and its constructors. <https://tc39.es/ecma262/#sec-typedarray-objects>
//!
//! Callbacks and conversions may shrink or detach a buffer at any time, so elements are
//! looked for anew each time they are read or written: what is not there reads as
//! `undefined`, and is not written.

mod construction;
mod copying;
mod iteration;
mod mutation;
mod search;
mod sorting;
mod uint8;

use super::array_buffer::this_view;
use super::{Entry, accessor, add_entries, constructor, define, define_species, define_symbol};
use super::{function, number};
use crate::heap::Gc;
use crate::object::{Accessor, Attributes, ElementType, IterationKind, Object, TypedArray};
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Throw, Vm, WellKnown};

/// A constructor of typed arrays.
pub(crate) struct Class {
    /// Its name.
    pub name: &'static str,
    constructor: Intrinsic,
    prototype: Intrinsic,
    code: NativeCode,
    size: &'static [Entry],
}

/// Makes the table of constructors, in the order of [`ElementType`].
macro_rules! classes {
    ($($element:ident $name:literal $constructor:ident $prototype:ident $size:literal)*) => {
        /// All constructors, by the type of elements.
        const CLASSES: &[Class] = &[$(Class {
            name: $name,
            constructor: Intrinsic::$constructor,
            prototype: Intrinsic::$prototype,
            code: |vm, arguments| construction::construct(vm, arguments, ElementType::$element),
            size: &[number("BYTES_PER_ELEMENT", $size as f64)],
        }),*];
    };
}

classes! {
    Int8 "Int8Array" Int8Array Int8ArrayPrototype 1
    Uint8 "Uint8Array" Uint8Array Uint8ArrayPrototype 1
    Uint8Clamped "Uint8ClampedArray" Uint8ClampedArray Uint8ClampedArrayPrototype 1
    Int16 "Int16Array" Int16Array Int16ArrayPrototype 2
    Uint16 "Uint16Array" Uint16Array Uint16ArrayPrototype 2
    Int32 "Int32Array" Int32Array Int32ArrayPrototype 4
    Uint32 "Uint32Array" Uint32Array Uint32ArrayPrototype 4
    BigInt64 "BigInt64Array" BigInt64Array BigInt64ArrayPrototype 8
    BigUint64 "BigUint64Array" BigUint64Array BigUint64ArrayPrototype 8
    Float16 "Float16Array" Float16Array Float16ArrayPrototype 2
    Float32 "Float32Array" Float32Array Float32ArrayPrototype 4
    Float64 "Float64Array" Float64Array Float64ArrayPrototype 8
}

impl ElementType {
    /// The constructor of typed arrays with such elements.
    pub(crate) fn class(self) -> &'static Class {
        &CLASSES[self as usize]
    }

    /// The name of that constructor.
    pub fn class_name(self) -> &'static str {
        self.class().name
    }
}

const TYPED_ARRAY: &[Entry] =
    &[function("of", 0, construction::of), function("from", 1, construction::from)];

const PROTOTYPE: &[Entry] = &[
    accessor("buffer", buffer, None),
    accessor("byteLength", byte_length, None),
    accessor("byteOffset", byte_offset, None),
    accessor("length", length, None),
    function("entries", 0, |vm, arguments| over(vm, arguments, "entries", IterationKind::Entries)),
    function("keys", 0, |vm, arguments| over(vm, arguments, "keys", IterationKind::Keys)),
];

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    let realm = vm.realm();
    let prototype = realm.get(Intrinsic::TypedArrayPrototype);
    // It is no property of the global object.
    let hidden = vm.ordinary_object_create(None);
    let row = ("TypedArray", 0, construct_abstract as NativeCode);
    let root = constructor(vm, hidden, row, Intrinsic::TypedArrayPrototype, TYPED_ARRAY);
    realm.set(&vm.memory, Intrinsic::TypedArray, root);
    define_species(vm, root);
    // `toString` is that of arrays (§23.2.3.32), whatever becomes of it there.
    let (key, array) = (vm.memory.literal_key("toString"), realm.get(Intrinsic::ArrayPrototype));
    let property = array.own_property(&vm.memory, key);
    let to_string = property.map(|property| array.get_slot(&vm.memory, property.slot));
    if let Some(to_string) = to_string.and_then(as_object) {
        realm.set(&vm.memory, Intrinsic::ArrayPrototypeToString, to_string);
    }
    vm.fill_lazily(prototype, fill_prototype);
    for class in CLASSES {
        let row = (class.name, 3, class.code);
        let function = constructor(vm, global, row, class.prototype, class.size);
        function.set_prototype(&vm.memory, Some(root));
        realm.set(&vm.memory, class.constructor, function);
        add_entries(vm, realm.get(class.prototype), class.size);
    }
    uint8::install(vm);
}

/// Gives `%TypedArray.prototype%` its properties.
fn fill_prototype(vm: &mut Vm, prototype: Gc<Object>) {
    for entries in [
        PROTOTYPE,
        copying::PROTOTYPE,
        iteration::PROTOTYPE,
        mutation::PROTOTYPE,
        search::PROTOTYPE,
        sorting::PROTOTYPE,
    ] {
        add_entries(vm, prototype, entries);
    }
    let values = vm.new_native_function("values", 0, |vm, arguments| {
        over(vm, arguments, "values", IterationKind::Values)
    });
    define(vm, prototype, "values", Value::cell(values));
    define_symbol(vm, prototype, WellKnown::Iterator, Value::cell(values), Attributes::METHOD);
    // `get [ @@toStringTag ]` (§23.2.3.38)
    let tag = vm.new_native_function("get [Symbol.toStringTag]", 0, |vm, arguments| {
        let array = arguments.this().downcast::<TypedArray>();
        let name = array.map(|array| vm.memory.intern_str(array.element.class_name()));
        Ok(name.map_or(Value::UNDEFINED, Value::cell))
    });
    let tag = Gc::<Accessor>::new(&vm.memory, Value::cell(tag), Value::UNDEFINED);
    let attributes = Attributes::CONFIGURABLE | Attributes::ACCESSOR;
    define_symbol(vm, prototype, WellKnown::ToStringTag, Value::cell(tag), attributes);
    let to_string = vm.realm().get(Intrinsic::ArrayPrototypeToString);
    define(vm, prototype, "toString", Value::cell(to_string));
}

/// `%TypedArray% ( )` (§23.2.1.1)
fn construct_abstract(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    Err(vm.throw_type_error("Abstract class TypedArray not directly constructable"))
}

// ---------------------------------------------------------------------------
// What the methods have in common
// ---------------------------------------------------------------------------

/// Throws because a view has no elements any more.
fn throw_out_of_bounds(vm: &mut Vm, method: &str) -> Throw {
    vm.throw_type_error(&format!(
        "Cannot perform %TypedArray%.prototype.{method} on a detached or out-of-bounds ArrayBuffer"
    ))
}

/// `ValidateTypedArray` (§23.2.4.4) of `this`, with its length.
fn receiver(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
) -> Completion<(Gc<TypedArray>, usize)> {
    validate(vm, arguments.this(), method)
}

/// `ValidateTypedArray` (§23.2.4.4)
fn validate(vm: &mut Vm, value: Value, method: &str) -> Completion<(Gc<TypedArray>, usize)> {
    let Some(array) = value.downcast::<TypedArray>() else {
        return Err(vm.throw_type_error("this is not a typed array."));
    };
    match array.length() {
        Some(length) => Ok((array, length)),
        None => Err(throw_out_of_bounds(vm, method)),
    }
}

/// The element of an index: `undefined` if there is none.
fn element(vm: &Vm, array: Gc<TypedArray>, index: usize) -> Value {
    array.element_at(&vm.memory, index).unwrap_or(Value::UNDEFINED)
}

/// `TypedArraySetElement` (§10.4.5.18)
fn set_element(vm: &mut Vm, array: Gc<TypedArray>, index: usize, value: Value) -> Completion<()> {
    let bits = vm.element_bits(array.element, value)?;
    array.set_bits(index, bits);
    Ok(())
}

/// An element or what a method was given, as a value.
fn index_value(index: usize) -> Value {
    Value::number(index as f64)
}

// ---------------------------------------------------------------------------
// Accessors and iterators
// ---------------------------------------------------------------------------

/// The typed array that `this` is, whatever has become of its buffer.
fn this_array(vm: &mut Vm, arguments: Arguments<'_>, name: &str) -> Completion<Gc<TypedArray>> {
    match arguments.this().downcast() {
        Some(array) => Ok(array),
        None => this_view(vm, arguments, &format!("get TypedArray.prototype.{name}")),
    }
}

/// `get buffer` (§23.2.3.2)
fn buffer(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    Ok(Value::cell(this_array(vm, arguments, "buffer")?.buffer))
}

/// `get byteLength` (§23.2.3.3)
fn byte_length(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let array = this_array(vm, arguments, "byteLength")?;
    Ok(index_value(array.byte_length().unwrap_or(0)))
}

/// `get byteOffset` (§23.2.3.4)
fn byte_offset(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let array = this_array(vm, arguments, "byteOffset")?;
    Ok(index_value(if array.byte_length().is_some() { array.byte_offset } else { 0 }))
}

/// `get length` (§23.2.3.21)
pub(crate) fn length(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let array = this_array(vm, arguments, "length")?;
    Ok(index_value(array.length().unwrap_or(0)))
}

/// `values`, `keys`, `entries` (§23.2.3.35, §23.2.3.19, §23.2.3.7)
fn over(vm: &mut Vm, arguments: Arguments<'_>, method: &str, gives: IterationKind) -> Completion {
    let (array, _) = receiver(vm, arguments, method)?;
    Ok(Value::cell(vm.new_array_iterator(array.as_object(), 0.0, gives)))
}
