//! The `Object` constructor and `Object.prototype`.
//! <https://tc39.es/ecma262/#sec-object-objects>

use std::ops::ControlFlow;

use super::{Entry, accessor, add_entries, constructor, function, grouping};
use crate::heap::{Gc, RootedVec};
use crate::internal_methods::IntegrityLevel;
use crate::kinds;
use crate::object::{Array, Object, PrimitiveWrapper, PropertyDescriptor, Proxy, Shape};
use crate::operators::{as_object, concatenate, is_callable, same_value, to_property_key};
use crate::realm::{Intrinsic, RootShape};
use crate::string::{JsString, PropertyKey};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm, WellKnown};

const OBJECT: &[Entry] = &[
    function("assign", 2, assign),
    function("create", 2, create),
    function("defineProperties", 2, define_properties),
    function("defineProperty", 3, define_property),
    function("entries", 1, entries),
    function("freeze", 1, |vm, arguments| set_integrity(vm, arguments, IntegrityLevel::Frozen)),
    function("fromEntries", 1, from_entries),
    function("getOwnPropertyDescriptor", 2, get_own_property_descriptor),
    function("getOwnPropertyDescriptors", 1, get_own_property_descriptors),
    function("getOwnPropertyNames", 1, |vm, arguments| {
        own_keys(vm, arguments, |key| key.as_symbol().is_none())
    }),
    function("getOwnPropertySymbols", 1, |vm, arguments| {
        own_keys(vm, arguments, |key| key.as_symbol().is_some())
    }),
    function("getPrototypeOf", 1, |vm, arguments| prototype_of(vm, arguments.get(0))),
    function("groupBy", 2, group_by),
    function("hasOwn", 2, has_own),
    function("is", 2, |vm, arguments| {
        Ok(Value::bool(same_value(vm, arguments.get(0), arguments.get(1))))
    }),
    function("isExtensible", 1, is_extensible),
    function("isFrozen", 1, |vm, arguments| has_integrity(vm, arguments, IntegrityLevel::Frozen)),
    function("isSealed", 1, |vm, arguments| has_integrity(vm, arguments, IntegrityLevel::Sealed)),
    function("keys", 1, keys),
    function("preventExtensions", 1, prevent_extensions),
    function("seal", 1, |vm, arguments| set_integrity(vm, arguments, IntegrityLevel::Sealed)),
    function("setPrototypeOf", 2, set_prototype_of),
    function("values", 1, values),
];

const PROTOTYPE: &[Entry] = &[
    function("__defineGetter__", 2, define_getter),
    function("__defineSetter__", 2, define_setter),
    function("__lookupGetter__", 1, |vm, arguments| lookup(vm, arguments, |found| found.get)),
    function("__lookupSetter__", 1, |vm, arguments| lookup(vm, arguments, |found| found.set)),
    function("hasOwnProperty", 1, has_own_property),
    function("isPrototypeOf", 1, is_prototype_of),
    function("propertyIsEnumerable", 1, property_is_enumerable),
    function("toLocaleString", 0, to_locale_string),
    function("toString", 0, to_string),
    function("valueOf", 0, |vm, arguments| vm.to_object(arguments.this()).map(Value::cell)),
    accessor("__proto__", |vm, arguments| prototype_of(vm, arguments.this()), Some(set_proto)),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let prototype = Intrinsic::ObjectPrototype;
    constructor(vm, global, ("Object", 1, object), prototype, OBJECT);
    add_entries(vm, vm.realm().get(prototype), PROTOTYPE);
}

/// `Object(value)` and `new Object(value)` (§20.1.1.1)
fn object(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if let Some(new_target) = as_object(arguments.new_target())
        && arguments.new_target() != arguments.callee()
    {
        let object = vm.ordinary_create_from(new_target, Intrinsic::ObjectPrototype)?;
        return Ok(Value::cell(object));
    }
    if arguments.get(0).is_nullish() {
        let prototype = vm.realm().get(Intrinsic::ObjectPrototype);
        return Ok(Value::cell(vm.ordinary_object_create(Some(prototype))));
    }
    vm.to_object(arguments.get(0)).map(Value::cell)
}

fn assign(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = vm.to_object(arguments.get(0))?;
    for source in arguments.from(1).iter().filter(|source| !source.is_nullish()) {
        let source = vm.to_object(*source)?;
        let shape = vm.plain_shape(source);
        let is_plain = |vm: &Vm| shape.is_some_and(|shape| source.shape(&vm.memory) == shape);
        for key in vm.own_property_keys(source)?.as_slice() {
            // A setter of the target's may have changed the source.
            if let Some(shape) = shape.filter(|_| is_plain(vm)) {
                let property = shape.lookup(*key);
                if let Some(property) = property.filter(|it| it.attributes.is_enumerable()) {
                    let value = source.get_slot(&vm.memory, property.slot);
                    vm.assign(target, *key, value)?;
                }
                continue;
            }
            let property = vm.get_own_property(source, *key)?;
            if property.is_some_and(|property| property.enumerable == Some(true)) {
                let value = vm.get(source, *key)?;
                vm.set(target, *key, value)?;
            }
        }
    }
    Ok(Value::cell(target))
}

fn create(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let prototype = object_or_null(vm, arguments.get(0))?;
    let object = vm.ordinary_object_create(prototype);
    if !arguments.get(1).is_undefined() {
        define_all(vm, object, arguments.get(1))?;
    }
    Ok(Value::cell(object))
}

/// What may be a prototype.
pub(super) fn object_or_null(vm: &mut Vm, value: Value) -> Completion<Option<Gc<Object>>> {
    let object = as_object(value);
    if object.is_none() && !value.is_null() {
        let text = vm.display(value);
        let message = format!("Object prototype may only be an Object or null: {text}");
        return Err(vm.throw_type_error(&message));
    }
    Ok(object)
}

fn define_properties(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(object) = as_object(arguments.get(0)) else {
        return Err(vm.throw_type_error("Object.defineProperties called on non-object"));
    };
    define_all(vm, object, arguments.get(1))?;
    Ok(Value::cell(object))
}

/// `ObjectDefineProperties` (§20.1.2.3.1)
fn define_all(vm: &mut Vm, object: Gc<Object>, properties: Value) -> Completion<()> {
    let properties = vm.to_object(properties)?;
    let mut keys = vm.memory.rooted_vec();
    let mut descriptors = Descriptors::new(vm);
    for key in vm.own_property_keys(properties)?.as_slice() {
        let property = vm.get_own_property(properties, *key)?;
        if property.is_some_and(|property| property.enumerable == Some(true)) {
            let descriptor = vm.get(properties, *key)?;
            descriptors.push(&vm.to_property_descriptor(descriptor)?);
            keys.push(*key);
        }
    }
    // Nothing is defined before all descriptors are known to be right.
    for (index, key) in keys.as_slice().iter().enumerate() {
        vm.heed_interrupt()?;
        vm.define_property_or_throw(object, *key, &descriptors.get(index))?;
    }
    Ok(())
}

/// A list of descriptors whose values the collector sees.
struct Descriptors {
    /// Value, getter and setter of each; `EMPTY` where there is none.
    values: RootedVec<Value>,
    /// What else there is.
    attributes: Vec<[Option<bool>; 3]>,
}

impl Descriptors {
    fn new(vm: &Vm) -> Self {
        Self { values: vm.memory.rooted_vec(), attributes: Vec::new() }
    }

    fn push(&mut self, descriptor: &PropertyDescriptor) {
        for value in [descriptor.value, descriptor.get, descriptor.set] {
            self.values.push(value.unwrap_or(Value::EMPTY));
        }
        let PropertyDescriptor { writable, enumerable, configurable, .. } = *descriptor;
        self.attributes.push([writable, enumerable, configurable]);
    }

    fn get(&self, index: usize) -> PropertyDescriptor {
        let value = |field| self.values.get(3 * index + field).filter(|value| !value.is_empty());
        let [writable, enumerable, configurable] = self.attributes[index];
        let (get, set) = (value(1), value(2));
        PropertyDescriptor { value: value(0), get, set, writable, enumerable, configurable }
    }
}

fn define_property(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(object) = as_object(arguments.get(0)) else {
        return Err(vm.throw_type_error("Object.defineProperty called on non-object"));
    };
    let key = to_property_key(vm, arguments.get(1))?;
    let descriptor = vm.to_property_descriptor(arguments.get(2))?;
    vm.define_property_or_throw(object, key, &descriptor)?;
    Ok(Value::cell(object))
}

/// What is wanted of each property (§7.3.24).
#[derive(Clone, Copy)]
enum Wanted {
    Key,
    Value,
    KeyAndValue,
}

/// `EnumerableOwnProperties` (§7.3.24)
fn enumerable_own_properties(vm: &mut Vm, object: Value, wanted: Wanted) -> Completion {
    let object = vm.to_object(object)?;
    if let Some(shape) = vm.plain_shape(object) {
        return Ok(properties_of_shape(vm, object, shape, wanted));
    }
    let list = vm.new_array();
    for key in vm.own_property_keys(object)?.as_slice() {
        if key.as_symbol().is_some() {
            continue;
        }
        let property = vm.get_own_property(object, *key)?;
        if property.is_some_and(|property| property.enumerable == Some(true)) {
            let name = vm.memory.value_of_key(*key);
            let item = match wanted {
                Wanted::Key => name,
                Wanted::Value => vm.get(object, *key)?,
                Wanted::KeyAndValue => {
                    let value = vm.get(object, *key)?;
                    Value::cell(vm.new_array_of(&[name, value]))
                }
            };
            list.push(&vm.memory, item);
        }
    }
    Ok(Value::cell(list))
}

/// [`enumerable_own_properties`] of an object whose shape tells all about it.
fn properties_of_shape(vm: &Vm, object: Gc<Object>, shape: Gc<Shape>, wanted: Wanted) -> Value {
    let list = Gc::<Array>::new(&vm.memory, vm.realm().shape(RootShape::Array), shape.slots());
    shape.each_property(|key, property| {
        if key.as_symbol().is_some() || !property.attributes.is_enumerable() {
            return;
        }
        let name = || vm.memory.value_of_key(key);
        let value = || object.get_slot(&vm.memory, property.slot);
        let item = match wanted {
            Wanted::Key => name(),
            Wanted::Value => value(),
            Wanted::KeyAndValue => Value::cell(vm.new_array_of(&[name(), value()])),
        };
        list.push(&vm.memory, item);
    });
    Value::cell(list)
}

fn keys(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    enumerable_own_properties(vm, arguments.get(0), Wanted::Key)
}

fn values(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    enumerable_own_properties(vm, arguments.get(0), Wanted::Value)
}

fn entries(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    enumerable_own_properties(vm, arguments.get(0), Wanted::KeyAndValue)
}

/// `GetOwnPropertyKeys` (§20.1.2.11.1)
fn own_keys(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    is_wanted: fn(PropertyKey) -> bool,
) -> Completion {
    let object = vm.to_object(arguments.get(0))?;
    let list = vm.new_array();
    for key in vm.own_property_keys(object)?.as_slice() {
        if is_wanted(*key) {
            list.push(&vm.memory, vm.memory.value_of_key(*key));
        }
    }
    Ok(Value::cell(list))
}

fn get_own_property_descriptor(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = vm.to_object(arguments.get(0))?;
    let key = to_property_key(vm, arguments.get(1))?;
    descriptor_of(vm, object, key)
}

/// The descriptor of an own property as an object; `undefined` if it is not there.
pub(super) fn descriptor_of(vm: &mut Vm, object: Gc<Object>, key: PropertyKey) -> Completion {
    vm.settle_deferred(object, key)?;
    Ok(match vm.get_own_property(object, key)? {
        Some(descriptor) => Value::cell(vm.from_property_descriptor(&descriptor)),
        None => Value::UNDEFINED,
    })
}

/// `Object.fromEntries` (§20.1.2.7)
fn from_entries(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let iterable = arguments.get(0);
    if iterable.is_nullish() {
        let text = vm.display(iterable);
        return Err(vm.throw_type_error(&format!("{text} is not iterable")));
    }
    let object = Gc::<Object>::ordinary(&vm.memory, vm.realm().shape(RootShape::Object));
    let record = vm.get_iterator(iterable)?;
    vm.iterate_record(record, |vm, item| {
        let [key, value] = vm.entry_of(item)?;
        let key = to_property_key(vm, key)?;
        vm.define_plainly(object, key, value);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(Value::cell(object))
}

/// `Object.groupBy` (§20.1.2.13)
fn group_by(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let groups = vm.ordinary_object_create(None);
    grouping::group_by(vm, arguments, "Object.groupBy", |vm, key| {
        let key = to_property_key(vm, key)?;
        if let Some(group) = vm.get(groups, key)?.downcast::<Array>() {
            return Ok(group);
        }
        let group = vm.new_array();
        vm.create_data_property_or_throw(groups, key, Value::cell(group))?;
        Ok(group)
    })?;
    Ok(Value::cell(groups))
}

fn get_own_property_descriptors(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = vm.to_object(arguments.get(0))?;
    let prototype = vm.realm().get(Intrinsic::ObjectPrototype);
    let descriptors = vm.ordinary_object_create(Some(prototype));
    for key in vm.own_property_keys(object)?.as_slice() {
        let descriptor = descriptor_of(vm, object, *key)?;
        if !descriptor.is_undefined() {
            vm.create_data_property_or_throw(descriptors, *key, descriptor)?;
        }
    }
    Ok(Value::cell(descriptors))
}

/// The prototype of a value: `Object.getPrototypeOf`, and the getter of `__proto__`.
fn prototype_of(vm: &mut Vm, value: Value) -> Completion {
    let object = vm.to_object(value)?;
    Ok(vm.get_prototype_of(object)?.map_or(Value::NULL, Value::cell))
}

fn set_prototype_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let value = arguments.get(0);
    if value.is_nullish() {
        return Err(vm.throw_type_error("Object.setPrototypeOf called on null or undefined"));
    }
    let prototype = object_or_null(vm, arguments.get(1))?;
    if let Some(object) = as_object(value) {
        vm.set_prototype_or_throw(object, prototype)?;
    }
    Ok(value)
}

/// The setter of `__proto__` (§20.1.3.8.2): what can be no prototype is passed over.
fn set_proto(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let prototype = arguments.get(0);
    if arguments.this().is_nullish() {
        let message = "set Object.prototype.__proto__ called on null or undefined";
        return Err(vm.throw_type_error(message));
    }
    if let Some(object) = as_object(arguments.this())
        && (prototype.is_null() || as_object(prototype).is_some())
    {
        vm.set_prototype_or_throw(object, as_object(prototype))?;
    }
    Ok(Value::UNDEFINED)
}

fn has_own(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = vm.to_object(arguments.get(0))?;
    let key = to_property_key(vm, arguments.get(1))?;
    vm.has_own_property(object, key).map(Value::bool)
}

fn has_own_property(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    // The key comes first (§20.1.3.2), unlike in `Object.hasOwn`.
    let key = to_property_key(vm, arguments.get(0))?;
    let object = vm.to_object(arguments.this())?;
    vm.has_own_property(object, key).map(Value::bool)
}

fn property_is_enumerable(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let key = to_property_key(vm, arguments.get(0))?;
    let object = vm.to_object(arguments.this())?;
    let property = vm.get_own_property(object, key)?;
    Ok(Value::bool(property.is_some_and(|property| property.enumerable == Some(true))))
}

fn is_prototype_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(mut at) = as_object(arguments.get(0)) else { return Ok(Value::FALSE) };
    let object = vm.to_object(arguments.this())?;
    let mut proxies = 0;
    while let Some(prototype) = vm.next_prototype(at, &mut proxies)? {
        if prototype == object {
            return Ok(Value::TRUE);
        }
        at = prototype;
    }
    Ok(Value::FALSE)
}

/// Primitive values are not extensible, but sealed and frozen.
fn is_extensible(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    match as_object(arguments.get(0)) {
        Some(object) => vm.is_extensible(object).map(Value::bool),
        None => Ok(Value::FALSE),
    }
}

fn prevent_extensions(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if let Some(object) = as_object(arguments.get(0))
        && !vm.prevent_extensions(object)?
    {
        return Err(throw_extensible(vm, object, "prevent extensions"));
    }
    Ok(arguments.get(0))
}

fn set_integrity(vm: &mut Vm, arguments: Arguments<'_>, level: IntegrityLevel) -> Completion {
    if let Some(object) = as_object(arguments.get(0))
        && !vm.set_integrity_level(object, level)?
    {
        let verb = if level == IntegrityLevel::Sealed { "seal" } else { "freeze" };
        return Err(throw_extensible(vm, object, verb));
    }
    Ok(arguments.get(0))
}

/// Throws because an object stays extensible: only proxies do, and arrays of bytes whose
/// length may change.
fn throw_extensible(vm: &mut Vm, object: Gc<Object>, verb: &str) -> Throw {
    if object.header().kind() == kinds::TYPED_ARRAY {
        return vm.throw_type_error(&format!("Cannot {verb}"));
    }
    vm.throw_type_error("'preventExtensions' on proxy: trap returned falsish")
}

fn has_integrity(vm: &mut Vm, arguments: Arguments<'_>, level: IntegrityLevel) -> Completion {
    match as_object(arguments.get(0)) {
        Some(object) => vm.test_integrity_level(object, level).map(Value::bool),
        None => Ok(Value::TRUE),
    }
}

/// `Object.prototype.__defineGetter__` (§B.2.2.2)
fn define_getter(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let getter = PropertyDescriptor { get: Some(arguments.get(1)), ..Default::default() };
    define_half(vm, arguments, "Object.prototype.__defineGetter__", getter)
}

/// `Object.prototype.__defineSetter__` (§B.2.2.3)
fn define_setter(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let setter = PropertyDescriptor { set: Some(arguments.get(1)), ..Default::default() };
    define_half(vm, arguments, "Object.prototype.__defineSetter__", setter)
}

/// Defines a getter or a setter; the other one stays as it is.
fn define_half(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    half: PropertyDescriptor,
) -> Completion {
    let object = vm.to_object(arguments.this())?;
    if !is_callable(arguments.get(1)) {
        return Err(vm.throw_type_error(&format!("{method}: Expecting function")));
    }
    let key = to_property_key(vm, arguments.get(0))?;
    let descriptor =
        PropertyDescriptor { enumerable: Some(true), configurable: Some(true), ..half };
    vm.define_property_or_throw(object, key, &descriptor)?;
    Ok(Value::UNDEFINED)
}

/// `Object.prototype.__lookupGetter__` and `__lookupSetter__` (§B.2.2.4, §B.2.2.5)
fn lookup(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    half: fn(PropertyDescriptor) -> Option<Value>,
) -> Completion {
    let (mut at, mut proxies) = (Some(vm.to_object(arguments.this())?), 0);
    let key = to_property_key(vm, arguments.get(0))?;
    while let Some(object) = at {
        if let Some(found) = vm.get_own_property(object, key)? {
            return Ok(half(found).unwrap_or(Value::UNDEFINED));
        }
        at = vm.next_prototype(object, &mut proxies)?;
    }
    Ok(Value::UNDEFINED)
}

fn to_locale_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if arguments.this().is_nullish() {
        let message = "Object.prototype.toLocaleString called on null or undefined";
        return Err(vm.throw_type_error(message));
    }
    vm.invoke(arguments.this(), vm.memory.literal_key("toString"), &[])
}

/// `Object.prototype.toString` (§20.1.3.6)
fn to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    object_to_string(vm, arguments.this())
}

/// `%Object.prototype.toString%` (§20.1.3.6) of a value
pub(super) fn object_to_string(vm: &mut Vm, this: Value) -> Completion {
    if this.is_nullish() {
        let text = if this.is_null() { "[object Null]" } else { "[object Undefined]" };
        return Ok(Value::cell(vm.memory.intern_str(text)));
    }
    let object = vm.to_object(this)?;
    if this.downcast::<Proxy>().is_some_and(|proxy| proxy.ends().is_none()) {
        return Err(vm.throw_revoked("Object.prototype.toString"));
    }
    let is_array = vm.is_array(Value::cell(object))?;
    let builtin = if is_array { "Array" } else { builtin_tag(Value::cell(object)) };
    let key = vm.well_known_key(WellKnown::ToStringTag);
    let tag = vm.get_with_receiver(object, key, this)?;
    let tag = match tag.downcast::<JsString>() {
        Some(tag) => tag,
        None => vm.memory.intern_str(builtin),
    };
    let (start, end) = (vm.memory.string("[object "), vm.memory.string("]"));
    let text = concatenate(vm, start, tag)?;
    concatenate(vm, text, end).map(Value::cell)
}

/// What an object is called that does not say itself.
fn builtin_tag(object: Value) -> &'static str {
    if let Some(wrapper) = object.downcast::<PrimitiveWrapper>() {
        return match wrapper.value() {
            value if value.is_number() => "Number",
            value if value.is_bool() => "Boolean",
            value if value.kind() == Some(kinds::STRING) => "String",
            _ => "Object",
        };
    }
    match object.kind() {
        Some(kinds::ARGUMENTS) => "Arguments",
        Some(kinds::ERROR) => "Error",
        Some(kinds::REGEXP) => "RegExp",
        Some(kinds::DATE) => "Date",
        Some(_) if is_callable(object) => "Function",
        _ => "Object",
    }
}
