//! Arrays as strings (ECMA-262 §23.1.3).

use super::super::object::object_to_string;
use super::super::{Entry, function};
use super::receiver;
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{concatenate, is_callable, to_string};
use crate::string::{JsString, MAX_LENGTH};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("join", 1, join),
    function("toLocaleString", 0, to_locale_string),
    function("toString", 0, array_to_string),
];

/// `join` (§23.1.3.18)
fn join(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "join")?;
    let separator = match arguments.get(0) {
        separator if separator.is_undefined() => vm.memory.intern_str(","),
        separator => to_string(vm, separator)?,
    };
    join_with(vm, object, length, separator, to_string).map(Value::cell)
}

/// Joins what `convert` makes of the elements. An array that is being joined already is
/// empty inside itself, as V8 has it.
fn join_with(
    vm: &mut Vm,
    object: Gc<Object>,
    length: f64,
    separator: Gc<JsString>,
    convert: impl Fn(&mut Vm, Value) -> Completion<Gc<JsString>>,
) -> Completion<Gc<JsString>> {
    vm.check_native_stack()?;
    if vm.joined.as_slice().contains(&object) {
        return Ok(vm.memory.empty_string());
    }
    vm.joined.push(object);
    let result = join_elements(vm, object, length, separator, convert);
    vm.joined.pop();
    result
}

fn join_elements(
    vm: &mut Vm,
    object: Gc<Object>,
    length: f64,
    separator: Gc<JsString>,
    convert: impl Fn(&mut Vm, Value) -> Completion<Gc<JsString>>,
) -> Completion<Gc<JsString>> {
    // Nobody waits until the separators alone are too long.
    if (length - 1.0) * f64::from(separator.len()) > f64::from(MAX_LENGTH) {
        return Err(vm.throw_range_error("Invalid string length"));
    }
    let mut joined: Option<Gc<JsString>> = None;
    let (mut parts, mut units) = (vm.memory.rooted_vec(), 0);
    let mut index = 0.0;
    while index < length {
        let value = vm.get_index(object, index)?;
        let text = match value.downcast() {
            Some(text) => text,
            None if value.is_nullish() => vm.memory.empty_string(),
            None => convert(vm, value)?,
        };
        units += u64::from(text.len()) + u64::from(separator.len());
        if units > u64::from(MAX_LENGTH) + u64::from(separator.len()) {
            return Err(vm.throw_range_error("Invalid string length"));
        }
        parts.push(text);
        index += 1.0;
        if parts.len() == MOST_PARTS || index >= length {
            let part = Gc::<JsString>::joined(&vm.memory, parts.as_slice(), separator);
            parts.truncate(0);
            joined = Some(match joined {
                None => part,
                Some(before) => {
                    let before = concatenate(vm, before, separator)?;
                    concatenate(vm, before, part)?
                }
            });
        }
    }
    Ok(joined.unwrap_or_else(|| vm.memory.empty_string()))
}

/// So many texts are joined at a time.
const MOST_PARTS: usize = 1 << 16;

/// `toString` (§23.1.3.36)
fn array_to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = vm.to_object(arguments.this())?;
    let join = vm.get(object, vm.memory.literal_key("join"))?;
    if is_callable(join) {
        return vm.call(join, Value::cell(object), &[]);
    }
    object_to_string(vm, Value::cell(object))
}

/// `toLocaleString` (§23.1.3.32)
fn to_locale_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (object, length) = receiver(vm, arguments, "toLocaleString")?;
    let separator = vm.memory.intern_str(",");
    join_with(vm, object, length, separator, |vm, value| {
        let key = vm.memory.literal_key("toLocaleString");
        let text = vm.invoke(value, key, &[])?;
        to_string(vm, text)
    })
    .map(Value::cell)
}
