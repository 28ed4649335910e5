//! What `internal/structured_clone.js` has to know of values.

use axil_engine::heap::Gc;
use axil_engine::kinds;
use axil_engine::object::{ArrayBuffer, Object};
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use crate::native::{Row, define_functions, string};

const FUNCTIONS: &[Row] = &[
    // kindOf(object): what it is by nature; undefined if such objects cannot be cloned.
    ("kindOf", 1, |vm, arguments| {
        let value = arguments.get(0);
        let kind = match value.kind() {
            Some(kinds::OBJECT) => "object",
            Some(kinds::ARRAY) => "array",
            Some(kinds::PRIMITIVE_WRAPPER) => "wrapper",
            Some(kinds::ERROR) => "error",
            Some(kinds::DATE) => "date",
            Some(kinds::REGEXP) => "regexp",
            Some(kinds::MAP) => "map",
            Some(kinds::SET) => "set",
            Some(kinds::TYPED_ARRAY) => "typed array",
            Some(kinds::DATA_VIEW) => "view",
            // Objects of the language whose properties are made when somebody looks.
            Some(kinds::LAZY) => "object",
            Some(kinds::ARRAY_BUFFER) => match value.downcast::<ArrayBuffer>() {
                Some(buffer) if buffer.is_shared => "shared buffer",
                Some(buffer) if buffer.is_detached() => "detached buffer",
                _ => "buffer",
            },
            _ => return Ok(Value::UNDEFINED),
        };
        Ok(string(vm, kind))
    }),
    // isPinned(buffer): whether it cannot be given away.
    ("isPinned", 1, |_, arguments| {
        let buffer = arguments.get(0).downcast::<ArrayBuffer>();
        Ok(Value::bool(buffer.is_some_and(|buffer| buffer.is_pinned.get())))
    }),
    // describe(value): as messages show it.
    ("describe", 1, |vm, arguments| {
        let text = vm.display(arguments.get(0));
        Ok(string(vm, &text))
    }),
    // shareBuffer(buffer): another object for the same memory.
    ("shareBuffer", 1, |vm, arguments| {
        let buffer = arguments.get(0).downcast::<ArrayBuffer>();
        let block = buffer.and_then(|buffer| Some((buffer.block()?, buffer)));
        let Some((block, buffer)) = block else { return Ok(Value::UNDEFINED) };
        Ok(Value::cell(vm.new_array_buffer(block, buffer.is_shared, buffer.is_resizable)))
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}
