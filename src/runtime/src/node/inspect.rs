//! `util.inspect` and `util.format`: the native half of `internal/inspect.js`.

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::vm::{Completion, Vm};

use crate::inspect::{Options, format, inspect};
use crate::native::{Row, define_functions, string};

const FUNCTIONS: &[Row] = &[
    // inspect(value)
    ("inspect", 2, |vm, arguments| {
        let text = inspect(vm, arguments.get(0), Options::default())?;
        Ok(string(vm, &text))
    }),
    // format(…values)
    ("format", 0, |vm, arguments| {
        let text = format(vm, arguments.from(0))?;
        Ok(string(vm, &text))
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}
