//! The `Error` constructor and those of its kinds.
//! <https://tc39.es/ecma262/#sec-error-objects>

use std::ops::ControlFlow;

use super::{Entry, add_entries, constructor, define, error_stack, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::Object;
use crate::operators::{as_object, concatenate, to_string};
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::stack_trace::Skip;
use crate::vm::{Arguments, Completion, NativeCode, Vm};

const ERROR: &[Entry] = &[function("isError", 1, |_, arguments| {
    Ok(Value::bool(arguments.get(0).kind() == Some(kinds::ERROR)))
})];

const PROTOTYPE: &[Entry] = &[function("toString", 0, error_to_string)];

/// The kinds of errors (§20.5.6): name, `length`, prototype, constructor.
const KINDS: &[(&str, u8, Intrinsic, NativeCode)] = &[
    ("AggregateError", 2, Intrinsic::AggregateErrorPrototype, aggregate_error),
    ("EvalError", 1, Intrinsic::EvalErrorPrototype, |vm, arguments| {
        error(vm, arguments, Intrinsic::EvalErrorPrototype)
    }),
    ("RangeError", 1, Intrinsic::RangeErrorPrototype, |vm, arguments| {
        error(vm, arguments, Intrinsic::RangeErrorPrototype)
    }),
    ("ReferenceError", 1, Intrinsic::ReferenceErrorPrototype, |vm, arguments| {
        error(vm, arguments, Intrinsic::ReferenceErrorPrototype)
    }),
    ("SyntaxError", 1, Intrinsic::SyntaxErrorPrototype, |vm, arguments| {
        error(vm, arguments, Intrinsic::SyntaxErrorPrototype)
    }),
    ("SuppressedError", 3, Intrinsic::SuppressedErrorPrototype, suppressed_error),
    ("TypeError", 1, Intrinsic::TypeErrorPrototype, |vm, arguments| {
        error(vm, arguments, Intrinsic::TypeErrorPrototype)
    }),
    ("URIError", 1, Intrinsic::UriErrorPrototype, |vm, arguments| {
        error(vm, arguments, Intrinsic::UriErrorPrototype)
    }),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let root: NativeCode = |vm, arguments| error(vm, arguments, Intrinsic::ErrorPrototype);
    let root = constructor(vm, global, ("Error", 1, root), Intrinsic::ErrorPrototype, ERROR);
    error_stack::install(vm, root);
    add_texts(vm, "Error", Intrinsic::ErrorPrototype);
    add_entries(vm, vm.realm().get(Intrinsic::ErrorPrototype), PROTOTYPE);
    for (name, length, prototype, code) in KINDS {
        let kind = constructor(vm, global, (name, *length, *code), *prototype, &[]);
        kind.set_prototype(&vm.memory, Some(root));
        add_texts(vm, name, *prototype);
    }
}

/// Gives a prototype the `name` and the `message` of errors that have none of their own.
fn add_texts(vm: &Vm, name: &str, prototype: Intrinsic) {
    let prototype = vm.realm().get(prototype);
    define(vm, prototype, "name", Value::cell(vm.memory.intern_str(name)));
    define(vm, prototype, "message", Value::cell(vm.memory.intern_str("")));
}

/// `Error(message, options)` and `new Error(message, options)` (§20.5.1.1, §20.5.6.1.1)
fn error(vm: &mut Vm, arguments: Arguments<'_>, prototype: Intrinsic) -> Completion {
    let error = new_error(vm, arguments, prototype, [arguments.get(0), arguments.get(1)])?;
    Ok(Value::cell(error))
}

/// An error with a message and a cause, as far as they are given.
fn new_error(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    prototype: Intrinsic,
    [message, options]: [Value; 2],
) -> Completion<Gc<Object>> {
    // A call does what `new` does.
    let new_target = as_object(arguments.new_target()).or_else(|| as_object(arguments.callee()));
    let prototype = match new_target {
        Some(new_target) => vm.get_prototype_from_constructor(new_target, prototype)?,
        None => vm.realm().get(prototype),
    };
    let shape = vm.shape_for_prototype(Some(prototype), kinds::ERROR, 4);
    let error = Gc::<Object>::ordinary(&vm.memory, shape);
    let maker = new_target.map_or(arguments.callee(), Value::cell);
    vm.install_stack(error, Skip::Until(maker));
    if !message.is_undefined() {
        let message = to_string(vm, message)?;
        define(vm, error, "message", Value::cell(message));
    }
    // `InstallErrorCause` (§20.5.8.1)
    if let Some(options) = as_object(options) {
        let key = vm.memory.literal_key("cause");
        if vm.has_property(options, key)? {
            let cause = vm.get(options, key)?;
            define(vm, error, "cause", cause);
        }
    }
    Ok(error)
}

/// `AggregateError(errors, message, options)` (§20.5.7.1.1)
fn aggregate_error(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let prototype = Intrinsic::AggregateErrorPrototype;
    let error = new_error(vm, arguments, prototype, [arguments.get(1), arguments.get(2)])?;
    let errors = vm.new_array();
    vm.iterate(arguments.get(0), |vm, item| {
        errors.push(&vm.memory, item);
        Ok(ControlFlow::Continue(()))
    })?;
    define(vm, error, "errors", Value::cell(errors));
    Ok(Value::cell(error))
}

/// `SuppressedError(error, suppressed, message)` (§20.5.8.1.1)
fn suppressed_error(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let prototype = Intrinsic::SuppressedErrorPrototype;
    let error = new_error(vm, arguments, prototype, [arguments.get(2), Value::UNDEFINED])?;
    define(vm, error, "error", arguments.get(0));
    define(vm, error, "suppressed", arguments.get(1));
    Ok(Value::cell(error))
}

/// `Error.prototype.toString` (§20.5.3.4)
fn error_to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(error) = as_object(arguments.this()) else {
        let text = vm.display(arguments.this());
        return Err(vm.throw_type_error(&format!(
            "Method Error.prototype.toString called on incompatible receiver {text}"
        )));
    };
    let name = text_of(vm, error, "name", "Error")?;
    let message = text_of(vm, error, "message", "")?;
    if name.is_empty() || message.is_empty() {
        return Ok(Value::cell(if name.is_empty() { message } else { name }));
    }
    let separator = vm.memory.string(": ");
    let start = concatenate(vm, name, separator)?;
    concatenate(vm, start, message).map(Value::cell)
}

/// A property of an error as a string.
fn text_of(vm: &mut Vm, error: Gc<Object>, name: &str, default: &str) -> Completion<Gc<JsString>> {
    let value = vm.get(error, vm.memory.key(name))?;
    if value.is_undefined() { Ok(vm.memory.intern_str(default)) } else { to_string(vm, value) }
}
