//! What `timers.js` has of the event loop.

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::to_boolean;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use crate::native::{Row, define_functions, integer};
use crate::runtime;

const FUNCTIONS: &[Row] = &[
    // The time of the loop, in milliseconds since it was made.
    ("now", 0, |vm, _| Ok(Value::number(runtime::of(vm).event_loop.now_milliseconds() as f64))),
    // Looks at the clock first.
    ("updatedNow", 0, |vm, _| {
        let runtime = runtime::of(vm);
        runtime.event_loop.update_time();
        Ok(Value::number(runtime.event_loop.now_milliseconds() as f64))
    }),
    // setDeadline(time): when `processTimers` is to be called.
    ("setDeadline", 1, |vm, arguments| {
        runtime::of(vm).event_loop.set_deadline(integer(arguments, 0).max(0) as u64);
        Ok(Value::UNDEFINED)
    }),
    // holdForTimers(held)
    ("holdForTimers", 1, |vm, arguments| {
        runtime::of(vm).event_loop.hold_for_timers(to_boolean(arguments.get(0)));
        Ok(Value::UNDEFINED)
    }),
    // setImmediates(any, held)
    ("setImmediates", 2, |vm, arguments| {
        let (any, held) = (to_boolean(arguments.get(0)), to_boolean(arguments.get(1)));
        runtime::of(vm).event_loop.set_immediates(any, held);
        Ok(Value::UNDEFINED)
    }),
    // onDue(processTimers, processImmediates)
    ("onDue", 2, |vm, arguments| {
        let runtime = runtime::of(vm);
        runtime.set_hook(vm, "processTimers", arguments.get(0));
        runtime.set_hook(vm, "processImmediates", arguments.get(1));
        Ok(Value::UNDEFINED)
    }),
    // runTicks(): between two timers or immediates
    ("runTicks", 0, |vm, _| {
        let runtime = runtime::of(vm);
        if runtime.has_ticks(vm) {
            runtime.run_ticks(vm);
        }
        Ok(Value::UNDEFINED)
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}
