//! What `internal/message_channel.js` has of the event loop.

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::to_boolean;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use crate::event_loop::Hold;
use crate::native::{Row, define, define_functions};
use crate::runtime::{self, Callback};

const FUNCTIONS: &[Row] = &[
    // defer(callback): calls it in the loop's next turn.
    ("defer", 1, |vm, arguments| {
        if let Some(callback) = Callback::new(vm, arguments.get(0)) {
            let task = Box::new(move |vm: &mut Vm| {
                callback.call(vm, Value::UNDEFINED, &[]);
            });
            runtime::of(vm).event_loop.defer_ready(task);
        }
        Ok(Value::UNDEFINED)
    }),
];

/// `new Hold()`: what may keep the loop going.
fn new_hold(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let hold = runtime::of(vm).event_loop.hold();
    vm.new_host_object(arguments, hold).map(Value::cell)
}

/// `set(isActive)`
fn set(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let active = to_boolean(arguments.get(0));
    vm.with_host_object(arguments.this(), |hold: &mut Hold| hold.set_active(active))?;
    Ok(Value::UNDEFINED)
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let class = vm.new_native_class(("Hold", 0, new_hold), &[("set", 1, set)]);
    define(vm, half, "Hold", Value::cell(class));
    Ok(())
}
