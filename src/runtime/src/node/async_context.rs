//! The context that follows a program through callbacks and promises: of `async_hooks`,
//! the frame of all `AsyncLocalStorage`s.
//!
//! <https://nodejs.org/api/async_context.html>

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use crate::native::{Row, define_functions};

const FUNCTIONS: &[Row] = &[
    ("getContext", 0, |vm, _| Ok(vm.job_context())),
    // setContext(context)
    ("setContext", 1, |vm, arguments| {
        vm.set_job_context(arguments.get(0));
        Ok(Value::UNDEFINED)
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}
