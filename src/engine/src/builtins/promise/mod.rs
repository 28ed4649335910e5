//! The `Promise` constructor. <https://tc39.es/ecma262/#sec-promise-objects>
//!
//! What promises do stands in `vm/promises.rs`, for the machine waits for them too.

mod combinators;

use super::{Entry, add_entries, constructor, define_species, define_tag, function};
use crate::heap::Gc;
use crate::object::{Object, Promise};
use crate::operators::{as_object, is_callable};
use crate::realm::{Intrinsic, RootShape};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

const PROMISE: &[Entry] = &[
    function("resolve", 1, resolve),
    function("reject", 1, reject),
    function("withResolvers", 0, with_resolvers),
    function("try", 1, try_),
];

const PROTOTYPE: &[Entry] =
    &[function("then", 2, then), function("catch", 1, catch), function("finally", 1, finally)];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let (memory, realm, intrinsic) = (&vm.memory, vm.realm(), Intrinsic::PromisePrototype);
    let row = ("Promise", 1, construct as crate::vm::NativeCode);
    let promise = constructor(vm, global, row, intrinsic, combinators::PROMISE);
    add_entries(vm, promise, PROMISE);
    realm.set(memory, Intrinsic::PromiseSpecies, define_species(vm, promise));
    realm.set(memory, Intrinsic::Promise, promise);
    let prototype = realm.get(intrinsic);
    add_entries(vm, prototype, PROTOTYPE);
    define_tag(vm, prototype, "Promise");
    let then = prototype.own_property(memory, memory.keys().then);
    if let Some(then) = then.and_then(|then| as_object(prototype.get_slot(memory, then.slot))) {
        realm.set(memory, Intrinsic::PromiseThen, then);
    }
}

/// `Promise ( executor )` (§27.2.3.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if arguments.new_target().is_undefined() {
        return Err(vm.throw_type_error("Promise constructor cannot be invoked without 'new'"));
    }
    let executor = arguments.get(0);
    if !is_callable(executor) {
        let text = vm.display(executor);
        let message = format!("Promise resolver {text} is not a function");
        return Err(vm.throw_type_error(&message));
    }
    let promise = vm.new_promise_of(arguments.new_target())?;
    let functions = vm.resolving_functions(promise);
    if vm.call(executor, Value::UNDEFINED, &[functions.resolve, functions.reject]).is_err() {
        let reason = vm.take_exception();
        vm.call(functions.reject, Value::UNDEFINED, &[reason])?;
    }
    Ok(Value::cell(promise))
}

/// `this`, which has to be an object.
fn this_constructor(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion {
    let this = arguments.this();
    if as_object(this).is_some() {
        return Ok(this);
    }
    Err(vm.throw_type_error(&format!("{method} called on non-object")))
}

/// `Promise.resolve` (§27.2.4.7)
fn resolve(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let constructor = this_constructor(vm, arguments, "PromiseResolve")?;
    vm.promise_resolve_with(constructor, arguments.get(0))
}

/// `Promise.reject` (§27.2.4.6)
fn reject(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let constructor = this_constructor(vm, arguments, "PromiseReject")?;
    if constructor == Value::cell(vm.realm().get(Intrinsic::Promise)) {
        let promise = vm.begin_promise();
        vm.reject_promise(promise, arguments.get(0));
        return Ok(Value::cell(promise));
    }
    let capability = vm.new_promise_capability(constructor)?;
    vm.call(capability.reject, Value::UNDEFINED, &[arguments.get(0)])?;
    Ok(capability.promise)
}

/// `Promise.withResolvers` (§27.2.4.8)
fn with_resolvers(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let constructor = this_constructor(vm, arguments, "Promise.withResolvers")?;
    let capability = vm.new_promise_capability(constructor)?;
    let object = Gc::<Object>::ordinary(&vm.memory, vm.realm().shape(RootShape::Object));
    for (name, value) in [
        ("promise", capability.promise),
        ("resolve", capability.resolve),
        ("reject", capability.reject),
    ] {
        vm.create_data_property(object, vm.memory.key(name), value)?;
    }
    Ok(Value::cell(object))
}

/// `Promise.try` (§27.2.4.9)
fn try_(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let constructor = this_constructor(vm, arguments, "Promise.try")?;
    let capability = vm.new_promise_capability(constructor)?;
    let result = vm.call(arguments.get(0), Value::UNDEFINED, arguments.from(1));
    let (settle, value) = match result {
        Ok(value) => (capability.resolve, value),
        Err(_) => (capability.reject, vm.take_exception()),
    };
    vm.call(settle, Value::UNDEFINED, &[value])?;
    Ok(capability.promise)
}

/// `Promise.prototype.then` (§27.2.5.4)
fn then(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(promise) = arguments.this().downcast::<Promise>() else {
        let text = vm.display(arguments.this());
        return Err(vm.throw_type_error(&format!(
            "Method Promise.prototype.then called on incompatible receiver {text}"
        )));
    };
    vm.promise_then(promise, arguments.get(0), arguments.get(1))
}

/// `Promise.prototype.catch` (§27.2.5.1)
fn catch(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    vm.invoke(arguments.this(), vm.memory.keys().then, &[Value::UNDEFINED, arguments.get(0)])
}

/// `Promise.prototype.finally` (§27.2.5.3)
fn finally(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(promise) = as_object(arguments.this()) else {
        return Err(vm.throw_type_error("Promise.prototype.finally called on non-object"));
    };
    let default = vm.realm().get(Intrinsic::Promise);
    let constructor = vm.species_constructor(promise, default)?;
    let on_finally = arguments.get(0);
    let mut handlers = [on_finally; 2];
    if is_callable(on_finally) {
        let captured = vm.new_captured(&[on_finally, constructor]);
        let then = vm.new_native("", 1, then_finally, Some(captured));
        let catch = vm.new_native("", 1, catch_finally, Some(captured));
        handlers = [Value::cell(then), Value::cell(catch)];
    }
    vm.invoke(arguments.this(), vm.memory.keys().then, &handlers)
}

/// Calls what `finally` was given; then a function without parameters is called with
/// what the promise had as its result.
fn after_finally(vm: &mut Vm, arguments: Arguments<'_>, then: crate::vm::NativeCode) -> Completion {
    let [on_finally, constructor] =
        [0, 1].map(|index: usize| arguments.captured().variables()[index].get());
    let result = vm.call(on_finally, Value::UNDEFINED, &[])?;
    let promise = vm.promise_resolve_with(constructor, result)?;
    let then = vm.new_native_closure("", 0, then, &[arguments.get(0)]);
    vm.invoke(promise, vm.memory.keys().then, &[Value::cell(then)])
}

fn then_finally(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    after_finally(vm, arguments, |_, arguments| Ok(arguments.captured().variables()[0].get()))
}

fn catch_finally(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    after_finally(vm, arguments, |vm, arguments| {
        Err(vm.throw(arguments.captured().variables()[0].get()))
    })
}
