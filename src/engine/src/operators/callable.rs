//! What can be called, and what can be called with `new` (ECMA-262 §7.2.3, §7.2.4).

use crate::bytecode::CodeFlags;
use crate::kinds;
use crate::object::{BoundFunction, Function, Proxy};
use crate::value::Value;
use crate::vm::NativeFunction;

/// `IsCallable` (§7.2.3)
#[must_use]
pub fn is_callable(value: Value) -> bool {
    match value.kind() {
        Some(kinds::FUNCTION | kinds::NATIVE_FUNCTION | kinds::BOUND_FUNCTION) => true,
        Some(kinds::UNDETECTABLE) => true,
        Some(kinds::PROXY) => value.downcast::<Proxy>().is_some_and(|proxy| proxy.is_callable),
        _ => false,
    }
}

/// `IsConstructor` (§7.2.4)
#[must_use]
pub fn is_constructor(mut value: Value) -> bool {
    // A bound function is one if its target is.
    while let Some(bound) = value.downcast::<BoundFunction>() {
        value = Value::cell(bound.target);
    }
    if let Some(proxy) = value.downcast::<Proxy>() {
        return proxy.is_constructor;
    }
    if let Some(native) = value.downcast::<NativeFunction>() {
        return native.is_constructor.get();
    }
    let function = value.downcast::<Function>();
    function.is_some_and(|function| function.code.flags.contains(CodeFlags::CONSTRUCTOR))
}
