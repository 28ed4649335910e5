//! The fields of a message as programs see them.
//!
//! <https://nodejs.org/api/http.html#messageheaders>

use axil_engine::heap::Gc;
use axil_engine::object::{Array, Attributes, Object};
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::Vm;

use crate::native::new_object;

/// Fields of which only the first counts.
const SINGLE: &[&[u8]] = &[
    b"age",
    b"authorization",
    b"content-length",
    b"content-type",
    b"etag",
    b"expires",
    b"from",
    b"host",
    b"if-modified-since",
    b"if-unmodified-since",
    b"last-modified",
    b"location",
    b"max-forwards",
    b"proxy-authorization",
    b"referer",
    b"retry-after",
    b"server",
    b"user-agent",
];

/// A field's name or value as a string: each byte is a unit.
pub fn latin1(vm: &Vm, bytes: &[u8]) -> Value {
    Value::cell(vm.memory.latin1(bytes))
}

/// Names and values in turn, as they came.
pub fn raw<'f>(vm: &Vm, fields: impl Iterator<Item = (&'f [u8], &'f [u8])>) -> Value {
    let list = vm.new_array();
    for (name, value) in fields {
        list.push(&vm.memory, latin1(vm, name));
        list.push(&vm.memory, latin1(vm, value));
    }
    Value::cell(list)
}

/// An object with a property for each name, in lower case. What comes again is dropped or
/// joined by the rules of Node.js, or always joined where the program wants that.
pub fn joined<'f>(
    vm: &mut Vm,
    fields: impl Iterator<Item = (&'f [u8], &'f [u8])>,
    join_all: bool,
) -> Gc<Object> {
    let object = new_object(vm);
    for (name, value) in fields {
        let name = name.to_ascii_lowercase();
        let text = latin1(vm, value);
        let key = vm.memory.key_of_string(vm.memory.latin1(&name));
        let own = object.own_property(&vm.memory, key);
        if name == b"set-cookie" {
            let list = own.and_then(|it| object.get_slot(&vm.memory, it.slot).downcast::<Array>());
            if let Some(list) = list {
                list.push(&vm.memory, text);
            } else {
                let list = vm.new_array();
                list.push(&vm.memory, text);
                put(vm, object, key, Value::cell(list));
            }
            continue;
        }
        let Some(own) = own else {
            put(vm, object, key, text);
            continue;
        };
        if !join_all && SINGLE.contains(&&*name) {
            continue;
        }
        let separator = if name == b"cookie" { "; " } else { ", " };
        let before = object.get_slot(&vm.memory, own.slot);
        let before = before.downcast::<JsString>().map(|it| it.to_rust(&vm.memory));
        let mut units: Vec<u8> =
            before.unwrap_or_default().chars().map(|unit| unit as u8).collect();
        units.extend_from_slice(separator.as_bytes());
        units.extend_from_slice(value);
        let all = latin1(vm, &units);
        object.set_slot(&vm.memory, own.slot, all);
    }
    object
}

/// An object without a prototype with an array for each name, in lower case.
pub fn distinct<'f>(vm: &mut Vm, fields: impl Iterator<Item = (&'f [u8], &'f [u8])>) -> Gc<Object> {
    let object = vm.ordinary_object_create(None);
    for (name, value) in fields {
        let name = name.to_ascii_lowercase();
        let text = latin1(vm, value);
        let key = vm.memory.key_of_string(vm.memory.latin1(&name));
        let own = object.own_property(&vm.memory, key);
        let list = own.and_then(|it| object.get_slot(&vm.memory, it.slot).downcast::<Array>());
        let list = list.unwrap_or_else(|| {
            let list = vm.new_array();
            put(vm, object, key, Value::cell(list));
            list
        });
        list.push(&vm.memory, text);
    }
    object
}

/// A property of a name that may be an index, which no field's name should be.
fn put(vm: &mut Vm, object: Gc<Object>, key: axil_engine::string::PropertyKey, value: Value) {
    if key.as_index().is_none() {
        object.add_property(&vm.memory, key, value, Attributes::DATA);
    } else {
        // An ordinary object takes it.
        let _ = vm.create_data_property_or_throw(object, key, value);
    }
}
