//! `console`: <https://nodejs.org/api/console.html>

use std::io::Write;

use axil_engine::object::Attributes;
use axil_engine::realm::Intrinsic;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, NativeCode, Vm};

use crate::inspect;

/// The functions that print what they are given.
const FUNCTIONS: &[(&str, NativeCode)] = &[
    ("log", TO_STDOUT),
    ("warn", TO_STDERR),
    ("error", TO_STDERR),
    ("info", TO_STDOUT),
    ("debug", TO_STDOUT),
];

/// Gives the global object `console`.
pub fn install(vm: &mut Vm) {
    let prototype = vm.realm().get(Intrinsic::ObjectPrototype);
    let console = vm.ordinary_object_create(Some(prototype));
    for &(name, code) in FUNCTIONS {
        let function = Value::cell(vm.new_native_function(name, 0, code));
        console.add_property(&vm.memory, vm.memory.key(name), function, Attributes::DATA);
    }
    let global = vm.realm().global;
    let key = vm.memory.key("console");
    global.add_property(&vm.memory, key, Value::cell(console), Attributes::METHOD);
}

/// `console.log` of these values.
///
/// # Errors
/// What looking at them throws.
pub fn log(vm: &mut Vm, values: &[Value]) -> Completion<()> {
    let text = inspect::format(vm, values)?;
    write(&mut std::io::stdout().lock(), &text);
    Ok(())
}

const TO_STDOUT: NativeCode = |vm, arguments| {
    log(vm, arguments.from(0))?;
    Ok(Value::UNDEFINED)
};

const TO_STDERR: NativeCode = |vm, arguments| {
    let text = inspect::format(vm, arguments.from(0))?;
    write(&mut std::io::stderr().lock(), &text);
    Ok(Value::UNDEFINED)
};

/// Writes a line. Like Node.js, a program is not told that nobody reads it.
fn write(stream: &mut impl Write, text: &str) {
    let mut line = String::with_capacity(text.len() + 1);
    line.push_str(text);
    line.push('\n');
    let _ = stream.write_all(line.as_bytes()).and_then(|()| stream.flush());
}
