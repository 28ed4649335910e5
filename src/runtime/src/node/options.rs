//! What the program was called with: the native half that `internal/options.js` has.
//!
//! <https://nodejs.org/api/cli.html>

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use crate::native::{Row, define, define_functions, string, strings, text};
use crate::runtime;

const FUNCTIONS: &[Row] = &[
    // flag(name): whether it is on.
    ("flag", 1, |vm, arguments| {
        let name = text(vm, arguments, 0)?;
        Ok(Value::bool(runtime::of(vm).invocation.settings.flag(&name)))
    }),
    // text(name): what it was given; undefined if nothing.
    ("text", 1, |vm, arguments| {
        let name = text(vm, arguments, 0)?;
        let runtime = runtime::of(vm);
        let given = runtime.invocation.settings.text(&name);
        Ok(given.map_or(Value::UNDEFINED, |given| string(vm, given)))
    }),
    // number(name): what it was given; undefined if nothing.
    ("number", 1, |vm, arguments| {
        let name = text(vm, arguments, 0)?;
        let given = runtime::of(vm).invocation.settings.number(&name);
        Ok(given.map_or(Value::UNDEFINED, |given| Value::number(given as f64)))
    }),
    // list(name): all that it was given.
    ("list", 1, |vm, arguments| {
        let name = text(vm, arguments, 0)?;
        let runtime = runtime::of(vm);
        Ok(strings(vm, runtime.invocation.settings.list(&name)))
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let is_plain = runtime::of(vm).invocation.settings.is_empty();
    define(vm, half, "isPlain", Value::bool(is_plain));
    Ok(())
}
