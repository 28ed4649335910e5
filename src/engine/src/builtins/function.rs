//! The `Function` constructor and `Function.prototype`.
//! <https://tc39.es/ecma262/#sec-function-objects>

use axil_grammar::ast::FunctionKind;

use super::generator::dynamic;
use super::{Entry, add_entries, constructor, function};
use crate::bytecode::CodeFlags;
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Accessor, Attributes, BoundFunction, Function, Object};
use crate::operators::{as_object, concatenate, is_callable, type_of};
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Throw, Vm, WellKnown};

const PROTOTYPE: &[Entry] = &[
    function("apply", 2, apply),
    function("bind", 1, bind),
    function("call", 1, call),
    function("toString", 0, to_string),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let prototype = vm.realm().get(Intrinsic::FunctionPrototype);
    let memory = &vm.memory;
    let name = Value::cell(memory.intern_str(""));
    for (key, value) in [("length", Value::ZERO), ("name", name)] {
        prototype.add_property(memory, memory.key(key), value, Attributes::CONFIGURABLE);
    }
    let code: NativeCode = |vm, arguments| dynamic(vm, arguments, FunctionKind::Normal);
    let function = ("Function", 1, code);
    constructor(vm, global, function, Intrinsic::FunctionPrototype, &[]);
    add_entries(vm, prototype, PROTOTYPE);
    let has_instance = vm.new_native_function("[Symbol.hasInstance]", 1, |vm, arguments| {
        vm.ordinary_has_instance(arguments.this(), arguments.get(0)).map(Value::bool)
    });
    let key = vm.well_known_key(WellKnown::HasInstance);
    prototype.add_property(memory, key, Value::cell(has_instance), Attributes::FIXED);
    vm.realm().set(memory, Intrinsic::FunctionHasInstance, has_instance);
    vm.realm().set(memory, Intrinsic::ThrowTypeError, throw_type_error(vm));
    add_restricted_properties(vm, prototype);
}

/// `%ThrowTypeError%` (§10.2.4.1)
fn throw_type_error(vm: &Vm) -> Gc<Object> {
    let memory = &vm.memory;
    let thrower = vm.new_native_function("", 0, |vm, _| Err(throw_restricted(vm)));
    for key in ["length", "name"] {
        thrower.set_attributes(memory, memory.key(key), Attributes::FIXED);
    }
    thrower.prevent_extensions(memory);
    thrower
}

fn throw_restricted(vm: &mut Vm) -> Throw {
    vm.throw_type_error(
        "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode \
         functions or the arguments objects for calls to them",
    )
}

/// The accessors that stand in for `AddRestrictedFunctionProperties` (§10.2.4): V8's, which
/// throw for all functions but those that have been like this for ever.
const RESTRICTED: &[(&str, NativeCode)] = &[
    ("arguments", |vm, arguments| {
        // What a call was given is not kept: parameters may have changed since.
        legacy_function(vm, arguments.this()).map(|_| Value::NULL)
    }),
    ("caller", |vm, arguments| {
        let function = legacy_function(vm, arguments.this())?;
        Ok(vm.caller_of(function))
    }),
];

fn add_restricted_properties(vm: &Vm, prototype: Gc<Object>) {
    let memory = &vm.memory;
    let attributes = Attributes::CONFIGURABLE | Attributes::ACCESSOR;
    for &(name, code) in RESTRICTED {
        let getter = vm.new_native_function(&format!("get {name}"), 0, code);
        let setter = vm.new_native_function(&format!("set {name}"), 1, |vm, arguments| {
            legacy_function(vm, arguments.this()).map(|_| Value::UNDEFINED)
        });
        let accessor = Gc::<Accessor>::new(memory, Value::cell(getter), Value::cell(setter));
        prototype.add_property(memory, memory.key(name), Value::cell(accessor), attributes);
    }
}

/// A function of the kind that there was before strict mode.
fn legacy_function(vm: &mut Vm, value: Value) -> Completion<Gc<Function>> {
    let modern = CodeFlags::STRICT | CodeFlags::CLASS_CONSTRUCTOR;
    value
        .downcast::<Function>()
        .filter(|function| {
            (function.code.flags & (CodeFlags::CONSTRUCTOR | modern)) == CodeFlags::CONSTRUCTOR
        })
        .ok_or_else(|| throw_restricted(vm))
}

/// Calls a function with the elements of what is like an array.
pub(super) fn apply_to(vm: &mut Vm, callee: Value, this: Value, list: Value) -> Completion {
    if !is_callable(callee) {
        return Err(throw_called_on(vm, "apply", callee));
    }
    let list = vm.create_list_from_array_like(list)?;
    vm.call(callee, this, list.as_slice())
}

fn apply(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (callee, list) = (arguments.this(), arguments.get(1));
    if list.is_nullish() && is_callable(callee) {
        return vm.call(callee, arguments.get(0), &[]);
    }
    apply_to(vm, callee, arguments.get(0), list)
}

pub(crate) fn call(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if !is_callable(arguments.this()) {
        return Err(throw_called_on(vm, "call", arguments.this()));
    }
    vm.call(arguments.this(), arguments.get(0), arguments.from(1))
}

/// Throws because a method of functions was called on something else.
fn throw_called_on(vm: &mut Vm, method: &str, value: Value) -> Throw {
    let text = vm.display(value);
    let kind = vm.display(type_of(vm, value));
    let what = match kind.as_str() {
        _ if value.is_nullish() => text.clone(),
        "object" => "an object".to_owned(),
        kind => format!("a {kind}"),
    };
    vm.throw_type_error(&format!(
        "Function.prototype.{method} was called on {text}, which is {what} and not a function"
    ))
}

/// `Function.prototype.bind` (§20.2.3.2)
fn bind(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let this = arguments.this();
    let Some(target) = as_object(this).filter(|_| is_callable(this)) else {
        return Err(vm.throw_type_error("Bind must be called on a function"));
    };
    let prototype = vm.get_prototype_of(target)?;
    let shape = vm.shape_for_prototype(prototype, kinds::BOUND_FUNCTION, 2);
    let (bound_this, first) = (arguments.get(0), arguments.from(1));
    let bound = Gc::<BoundFunction>::new(&vm.memory, shape, target, bound_this, first).as_object();
    let length_key = vm.memory.literal_key("length");
    let mut length = 0.0;
    if vm.has_own_property(target, length_key)? {
        let of_target = vm.get(target, length_key)?.as_number().unwrap_or(0.0);
        // NaN becomes 0, and −0 does too.
        length = (of_target.trunc() - first.len() as f64).max(0.0) + 0.0;
    }
    let name = vm.get(target, vm.memory.literal_key("name"))?;
    let name = name.downcast::<JsString>().unwrap_or_else(|| vm.memory.intern_str(""));
    let name = concatenate(vm, vm.memory.string("bound "), name)?;
    let memory = &vm.memory;
    bound.add_property(memory, length_key, Value::number(length), Attributes::CONFIGURABLE);
    let name_key = memory.literal_key("name");
    bound.add_property(memory, name_key, Value::cell(name), Attributes::CONFIGURABLE);
    Ok(Value::cell(bound))
}

/// `Function.prototype.toString` (§20.2.3.5)
fn to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    match vm.function_text(arguments.this()) {
        Some(text) => Ok(Value::cell(text)),
        None => {
            Err(vm
                .throw_type_error("Function.prototype.toString requires that 'this' be a Function"))
        }
    }
}
