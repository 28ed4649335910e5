//! The builtins (ECMA-262 §19 – §28): a file a global, each with its tables.

mod array;
mod array_buffer;
mod atomics;
mod bigint;
mod boolean;
mod collections;
mod data_view;
mod date;
mod disposable_stack;
mod error;
mod error_stack;
mod function;
mod generator;
mod globals;
mod grouping;
mod iterator;
mod json;
mod locale;
mod math;
mod number;
mod number_format;
mod number_locale;
mod object;
mod promise;
mod proxy;
mod reflect;
mod regexp;
mod string;
mod symbol;
#[cfg(feature = "temporal")]
mod temporal;
mod typed_array;
mod uri;

pub(crate) use json::JsonState;

/// What `Function.prototype.call` does; the machine knows a shorter way.
pub(crate) const FUNCTION_CALL: NativeCode = function::call;

pub(crate) use regexp::RegExpState;
pub(crate) use typed_array::length as typed_array_length;

use crate::heap::Gc;
use crate::object::{Accessor, Attributes, Object, PrimitiveWrapper};
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Fill, LazyObject, NativeCode, Vm, WellKnown};

/// A property of a builtin object.
pub enum Entry {
    /// A function.
    Function {
        /// Its name.
        name: &'static str,
        /// Its `length`.
        length: u8,
        /// What it does.
        code: NativeCode,
    },
    /// An accessor.
    Accessor {
        /// Its name.
        name: &'static str,
        /// What its getter does.
        get: NativeCode,
        /// What its setter does.
        set: Option<NativeCode>,
    },
    /// A number that cannot be changed.
    Number {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
    },
}

/// A row of a table: a function.
const fn function(name: &'static str, length: u8, code: NativeCode) -> Entry {
    Entry::Function { name, length, code }
}

/// A row of a table: an accessor.
const fn accessor(name: &'static str, get: NativeCode, set: Option<NativeCode>) -> Entry {
    Entry::Accessor { name, get, set }
}

/// A row of a table: a number that cannot be changed.
const fn number(name: &'static str, value: f64) -> Entry {
    Entry::Number { name, value }
}

/// Gives the global object of the machine's realm all that is built.
pub(crate) fn install(vm: &mut Vm) {
    let global = vm.realm().global;
    define(vm, global, "globalThis", Value::cell(global));
    add_entries(vm, global, &[number("Infinity", f64::INFINITY), number("NaN", f64::NAN)]);
    let undefined = vm.memory.literal_key("undefined");
    global.add_property(&vm.memory, undefined, Value::UNDEFINED, Attributes::FIXED);
    object::install(vm, global);
    function::install(vm, global);
    generator::install(vm, global);
    array::install(vm, global);
    collections::install(vm, global);
    iterator::install(vm, global);
    disposable_stack::install(vm, global);
    array_buffer::install(vm, global);
    typed_array::install(vm, global);
    data_view::install(vm, global);
    atomics::install(vm, global);
    date::install(vm, global);
    error::install(vm, global);
    reflect::install(vm, global);
    globals::install(vm, global);
    boolean::install(vm, global);
    bigint::install(vm, global);
    math::install(vm, global);
    number::install(vm, global);
    string::install(vm, global);
    symbol::install(vm, global);
    json::install(vm, global);
    promise::install(vm, global);
    proxy::install(vm, global);
    regexp::install(vm, global);
    #[cfg(feature = "temporal")]
    temporal::install(vm, global);
}

/// Defines a property as those of builtin objects are.
fn define(vm: &Vm, object: Gc<Object>, name: &str, value: Value) {
    object.add_property(&vm.memory, vm.memory.key(name), value, Attributes::METHOD);
}

/// Defines a property whose key is a well-known symbol.
fn define_symbol(
    vm: &Vm,
    object: Gc<Object>,
    symbol: WellKnown,
    value: Value,
    attributes: Attributes,
) {
    object.add_property(&vm.memory, vm.well_known_key(symbol), value, attributes);
}

/// Gives an object the properties of a table.
fn add_entries(vm: &Vm, object: Gc<Object>, entries: &[Entry]) {
    for entry in entries {
        match *entry {
            Entry::Function { name, length, code } => {
                let function = vm.new_native_function(name, length, code);
                define(vm, object, name, Value::cell(function));
            }
            Entry::Accessor { name, get, set } => {
                let get = vm.new_native_function(&format!("get {name}"), 0, get);
                let set = set.map_or(Value::UNDEFINED, |set| {
                    Value::cell(vm.new_native_function(&format!("set {name}"), 1, set))
                });
                let accessor = Gc::<Accessor>::new(&vm.memory, Value::cell(get), set);
                let attributes = Attributes::CONFIGURABLE | Attributes::ACCESSOR;
                let key = vm.memory.key(name);
                object.add_property(&vm.memory, key, Value::cell(accessor), attributes);
            }
            Entry::Number { name, value } => {
                let key = vm.memory.key(name);
                object.add_property(&vm.memory, key, Value::number(value), Attributes::FIXED);
            }
        }
    }
}

/// A constructor with its prototype and the properties of a table, as a property of the
/// global object. It is called as a function too: `new.target` tells.
fn constructor(
    vm: &Vm,
    global: Gc<Object>,
    (name, length, code): (&'static str, u8, NativeCode),
    prototype: Intrinsic,
    entries: &[Entry],
) -> Gc<Object> {
    let function = vm.new_native_function(name, length, code);
    if let Some(native) = Value::cell(function).downcast::<crate::vm::NativeFunction>() {
        native.is_constructor.set(true);
    }
    let prototype = vm.realm().get(prototype);
    let key = vm.memory.keys().prototype;
    function.add_property(&vm.memory, key, Value::cell(prototype), Attributes::FIXED);
    define(vm, prototype, "constructor", Value::cell(function));
    add_entries(vm, function, entries);
    define(vm, global, name, Value::cell(function));
    function
}

/// Gives a prototype its `[Symbol.toStringTag]`.
fn define_tag(vm: &Vm, object: Gc<Object>, tag: &str) {
    let (key, tag) = (vm.well_known_key(WellKnown::ToStringTag), vm.memory.intern_str(tag));
    object.add_property(&vm.memory, key, Value::cell(tag), Attributes::CONFIGURABLE);
}

/// Gives a constructor its `[Symbol.species]`: the getter, which gives `this`.
fn define_species(vm: &Vm, constructor: Gc<Object>) -> Gc<Object> {
    let getter =
        vm.new_native_function("get [Symbol.species]", 0, |_, arguments| Ok(arguments.this()));
    let accessor = Gc::<Accessor>::new(&vm.memory, Value::cell(getter), Value::UNDEFINED);
    let key = vm.well_known_key(WellKnown::Species);
    let attributes = Attributes::CONFIGURABLE | Attributes::ACCESSOR;
    constructor.add_property(&vm.memory, key, Value::cell(accessor), attributes);
    getter
}

/// What the constructor of a primitive type gives: the value, or, called with `new`, an
/// object for it.
fn wrapped(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    value: Value,
    prototype: Intrinsic,
) -> Completion {
    let Some(new_target) = as_object(arguments.new_target()) else { return Ok(value) };
    let prototype = vm.get_prototype_from_constructor(new_target, prototype)?;
    Ok(Value::cell(vm.new_primitive_wrapper(value, prototype)))
}

/// `this`, or the primitive value that it stands for.
fn this_primitive(arguments: Arguments<'_>) -> Value {
    let this = arguments.this();
    this.downcast::<PrimitiveWrapper>().map_or(this, |wrapper| wrapper.value())
}

/// An object that gets its properties when somebody looks, as a property of another.
fn lazy_namespace(vm: &mut Vm, parent: Gc<Object>, name: &str, fill: Fill) -> Gc<Object> {
    let prototype = vm.realm().get(Intrinsic::ObjectPrototype);
    let slots = crate::realm::UNKNOWN_INSIDE;
    let shape = vm.shape_for_prototype(Some(prototype), crate::kinds::LAZY, slots);
    let object = Gc::<LazyObject>::new(&vm.memory, shape).as_object();
    vm.fill_lazily(object, fill);
    define(vm, parent, name, Value::cell(object));
    object
}

/// An ordinary object with the properties of a table, as a property of another.
fn namespace(vm: &Vm, parent: Gc<Object>, name: &str, entries: &[Entry]) -> Gc<Object> {
    let shape = vm.realm().shape(crate::realm::RootShape::Object);
    let object = Gc::<Object>::ordinary(&vm.memory, shape);
    add_entries(vm, object, entries);
    define(vm, parent, name, Value::cell(object));
    object
}
