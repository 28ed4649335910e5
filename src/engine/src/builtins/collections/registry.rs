//! `WeakRef` and `FinalizationRegistry`.
//! <https://tc39.es/ecma262/#sec-managing-memory>

use super::{
    Entry, add_entries, can_be_held_weakly, constructor, define_tag, function, receiver, shape_for,
};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{FinalizationRegistry, Object, WeakRef};
use crate::operators::{is_callable, same_value};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Vm};

const WEAK_REF: &[Entry] = &[function("deref", 0, |vm, arguments| {
    let weak_ref: Gc<WeakRef> = receiver(vm, arguments, "WeakRef.prototype.deref")?;
    let target = weak_ref.target();
    vm.keep_during_job(target);
    Ok(target)
})];

const REGISTRY: &[Entry] =
    &[function("register", 2, register), function("unregister", 1, unregister)];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let rows: [(_, Intrinsic, &[Entry]); 2] = [
        (("WeakRef", 1, construct_ref as NativeCode), Intrinsic::WeakRefPrototype, WEAK_REF),
        (
            ("FinalizationRegistry", 1, construct_registry),
            Intrinsic::FinalizationRegistryPrototype,
            REGISTRY,
        ),
    ];
    for (row, intrinsic, entries) in rows {
        constructor(vm, global, row, intrinsic, &[]);
        let prototype = vm.realm().get(intrinsic);
        add_entries(vm, prototype, entries);
        define_tag(vm, prototype, row.0);
    }
}

/// `WeakRef ( target )` (§26.1.1.1)
fn construct_ref(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = arguments.get(0);
    let is_call = arguments.new_target().is_undefined();
    if !is_call && !can_be_held_weakly(target) {
        return Err(vm.throw_type_error("WeakRef: invalid target"));
    }
    let made = (Intrinsic::WeakRefPrototype, kinds::WEAK_REF);
    let shape = shape_for(vm, arguments, "WeakRef", made)?;
    vm.keep_during_job(target);
    Ok(Value::cell(Gc::<WeakRef>::new(&vm.memory, shape, target)))
}

/// `FinalizationRegistry ( cleanupCallback )` (§26.2.1.1)
fn construct_registry(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let cleanup = arguments.get(0);
    let is_call = arguments.new_target().is_undefined();
    if !is_call && !is_callable(cleanup) {
        return Err(vm.throw_type_error("FinalizationRegistry: cleanup must be callable"));
    }
    let made = (Intrinsic::FinalizationRegistryPrototype, kinds::FINALIZATION_REGISTRY);
    let shape = shape_for(vm, arguments, "FinalizationRegistry", made)?;
    Ok(Value::cell(Gc::<FinalizationRegistry>::new(&vm.memory, shape, cleanup)))
}

fn throw_token(vm: &mut Vm, token: Value) -> Completion {
    let text = vm.display(token);
    Err(vm.throw_type_error(&format!("Invalid unregisterToken ('{text}')")))
}

/// `FinalizationRegistry.prototype.register` (§26.2.3.2)
fn register(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let method = "FinalizationRegistry.prototype.register";
    let registry: Gc<FinalizationRegistry> = receiver(vm, arguments, method)?;
    let [target, held, token] = [0, 1, 2].map(|index| arguments.get(index));
    if !can_be_held_weakly(target) {
        return Err(vm.throw_type_error(&format!("{method}: invalid target")));
    }
    if same_value(vm, target, held) {
        let message = format!("{method}: target and holdings must not be same");
        return Err(vm.throw_type_error(&message));
    }
    if !can_be_held_weakly(token) && !token.is_undefined() {
        return throw_token(vm, token);
    }
    registry.register(&vm.memory, target, held, token);
    vm.watch_registry(registry);
    Ok(Value::UNDEFINED)
}

/// `FinalizationRegistry.prototype.unregister` (§26.2.3.3)
fn unregister(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let method = "FinalizationRegistry.prototype.unregister";
    let registry: Gc<FinalizationRegistry> = receiver(vm, arguments, method)?;
    let token = arguments.get(0);
    if !can_be_held_weakly(token) {
        return throw_token(vm, token);
    }
    let mut removed = false;
    registry.extract(&vm.memory, |cell| cell.has_token(token), |_| removed = true);
    Ok(Value::bool(removed))
}
