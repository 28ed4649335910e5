//! What native halves of modules are made with: tables of functions, arguments and
//! results.

use axil_engine::heap::Gc;
use axil_engine::object::{Attributes, Object};
use axil_engine::operators::{to_number, to_string};
use axil_engine::realm::Intrinsic;
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, NativeCode, Vm};

/// A row of a table of native functions: name, `length`, code.
pub type Row = (&'static str, u8, NativeCode);

/// An empty object.
pub fn new_object(vm: &Vm) -> Gc<Object> {
    let prototype = vm.realm().get(Intrinsic::ObjectPrototype);
    vm.ordinary_object_create(Some(prototype))
}

/// Gives an object a property, as an assignment does.
pub fn define(vm: &Vm, object: Gc<Object>, name: &str, value: Value) {
    object.add_property(&vm.memory, vm.memory.key(name), value, Attributes::DATA);
}

/// Gives an object functions.
pub fn define_functions(vm: &Vm, object: Gc<Object>, rows: &[Row]) {
    for (name, length, code) in rows {
        let function = vm.new_native_function(name, *length, *code);
        define(vm, object, name, Value::cell(function));
    }
}

/// A string.
pub fn string(vm: &Vm, text: &str) -> Value {
    Value::cell(vm.memory.string(text))
}

/// The text of an argument that is a string; of others what `String` makes of them.
///
/// # Errors
/// What the conversion throws.
pub fn text(vm: &mut Vm, arguments: Arguments<'_>, index: usize) -> Completion<String> {
    let value = arguments.get(index);
    let string = match value.downcast::<JsString>() {
        Some(string) => string,
        None => to_string(vm, value)?,
    };
    Ok(string.to_rust(&vm.memory))
}

/// An argument as a number.
///
/// # Errors
/// What the conversion throws.
pub fn number(vm: &mut Vm, arguments: Arguments<'_>, index: usize) -> Completion<f64> {
    to_number(vm, arguments.get(index))
}

/// An argument as an integer: those of a program that has been checked by its JavaScript
/// half. What is no number is 0.
pub fn integer(arguments: Arguments<'_>, index: usize) -> i64 {
    arguments.get(index).as_number().unwrap_or(0.0) as i64
}

/// An array of values.
pub fn array(vm: &Vm, values: &[Value]) -> Value {
    let array = vm.new_array();
    for value in values {
        array.push(&vm.memory, *value);
    }
    Value::cell(array)
}

/// An array of strings.
pub fn strings(vm: &Vm, texts: impl IntoIterator<Item = impl AsRef<str>>) -> Value {
    let array = vm.new_array();
    for text in texts {
        array.push(&vm.memory, string(vm, text.as_ref()));
    }
    Value::cell(array)
}
