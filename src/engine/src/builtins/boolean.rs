//! The `Boolean` constructor. <https://tc39.es/ecma262/#sec-boolean-objects>

use super::{Entry, constructor, function, this_primitive, wrapped};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{to_boolean, to_string};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

const PROTOTYPE: &[Entry] = &[
    function("toString", 0, |vm, arguments| {
        let value = this_boolean(vm, arguments, "toString")?;
        to_string(vm, value).map(Value::cell)
    }),
    function("valueOf", 0, |vm, arguments| this_boolean(vm, arguments, "valueOf")),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let intrinsic = Intrinsic::BooleanPrototype;
    constructor(vm, global, ("Boolean", 1, construct), intrinsic, &[]);
    super::add_entries(vm, vm.realm().get(intrinsic), PROTOTYPE);
}

/// `Boolean ( value )` (§20.3.1.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let value = Value::bool(to_boolean(arguments.get(0)));
    wrapped(vm, arguments, value, Intrinsic::BooleanPrototype)
}

/// `ThisBooleanValue` (§20.3.3.3.1)
fn this_boolean(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion {
    let value = this_primitive(arguments);
    if value.is_bool() {
        return Ok(value);
    }
    let message = format!("Boolean.prototype.{method} requires that 'this' be a Boolean");
    Err(vm.throw_type_error(&message))
}
