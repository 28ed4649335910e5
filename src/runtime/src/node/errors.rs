//! What `internal/errors.js` has of errors and of the system's numbers for them.

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use super::system_error::{self, SystemError};
use crate::native::{Row, array, define_functions, integer, string};

const FUNCTIONS: &[Row] = &[
    // rethrow(error): an exception goes on from where it was thrown.
    ("rethrow", 1, |vm, arguments| Err(vm.throw_on(arguments.get(0)))),
    // showCodeInStack(error)
    ("showCodeInStack", 1, |vm, arguments| {
        if let Some(error) = as_object(arguments.get(0)) {
            vm.show_code_in_stack(error);
        }
        Ok(Value::UNDEFINED)
    }),
    // madeAt(error): the line of the source text where it was made, and the column; undefined
    // if that is not known.
    ("madeAt", 1, |vm, arguments| {
        let Some((source, offset)) = vm.made_at(arguments.get(0)) else {
            return Ok(Value::UNDEFINED);
        };
        let position = source.position(offset);
        let begin = source.line_starts()[position.line as usize - 1] as usize;
        let rest = &source.text()[begin..];
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let line = String::from_utf8_lossy(&rest[..length.unwrap_or(rest.len())]).into_owned();
        let line = string(vm, &line);
        Ok(array(vm, &[line, Value::from(position.column)]))
    }),
    // systemErrorName(errno): the code of a negative number; undefined if there is none.
    ("systemErrorName", 1, |vm, arguments| {
        Ok(known(integer(arguments, 0)).map_or(Value::UNDEFINED, |it| string(vm, it.code)))
    }),
    // systemErrorMessage(errno): what it says in words.
    ("systemErrorMessage", 1, |vm, arguments| {
        Ok(known(integer(arguments, 0)).map_or(Value::UNDEFINED, |it| string(vm, it.message)))
    }),
    // systemErrors(): all of them, an array of number, code and words each.
    ("systemErrors", 0, |vm, _| {
        let rows = vm.new_array();
        for SystemError { errno, code, message } in system_error::all_known() {
            let (code, message) = (string(vm, code), string(vm, message));
            let row = array(vm, &[Value::int(errno), code, message]);
            rows.push(&vm.memory, row);
        }
        Ok(Value::cell(rows))
    }),
];

fn known(errno: i64) -> Option<SystemError> {
    system_error::all_known().find(|known| i64::from(known.errno) == errno)
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}
