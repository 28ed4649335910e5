//! The `Proxy` constructor. <https://tc39.es/ecma262/#sec-proxy-objects>

use super::{Entry, add_entries, define, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Object, Proxy};
use crate::operators::{as_object, is_callable, is_constructor};
use crate::realm::RootShape;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeFunction, Vm};

const PROXY: &[Entry] = &[function("revocable", 2, revocable)];

/// Proxies have no prototype of their own, so the constructor has none to offer.
pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let proxy = vm.new_native_function("Proxy", 2, construct);
    if let Some(native) = Value::cell(proxy).downcast::<NativeFunction>() {
        native.is_constructor.set(true);
    }
    add_entries(vm, proxy, PROXY);
    define(vm, global, "Proxy", Value::cell(proxy));
}

/// `Proxy ( target, handler )` (§28.2.1.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if arguments.new_target().is_undefined() {
        return Err(vm.throw_type_error("Constructor Proxy requires 'new'"));
    }
    create(vm, arguments).map(Value::cell)
}

/// `ProxyCreate` (§10.5.14)
fn create(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Gc<Proxy>> {
    let (Some(target), Some(handler)) = (as_object(arguments.get(0)), as_object(arguments.get(1)))
    else {
        let message = "Cannot create proxy with a non-object as target or handler";
        return Err(vm.throw_type_error(message));
    };
    let shape = vm.shape_for_prototype(None, kinds::PROXY, 0);
    let callee = arguments.get(0);
    let (callable, constructor) = (is_callable(callee), is_constructor(callee));
    Ok(Gc::<Proxy>::new(&vm.memory, shape, (target, handler), callable, constructor))
}

/// `Proxy.revocable` (§28.2.2.1)
fn revocable(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let proxy = create(vm, arguments)?;
    let revoke = |_: &mut Vm, arguments: Arguments<'_>| {
        let captured = arguments.captured();
        let proxy = captured.variables()[0].replace(Value::UNDEFINED);
        if let Some(proxy) = proxy.downcast::<Proxy>() {
            proxy.revoke();
        }
        Ok(Value::UNDEFINED)
    };
    let revoke = vm.new_native_closure("", 0, revoke, &[Value::cell(proxy)]);
    let result = Gc::<Object>::ordinary(&vm.memory, vm.realm().shape(RootShape::Object));
    for (name, value) in [("proxy", Value::cell(proxy)), ("revoke", Value::cell(revoke))] {
        vm.create_data_property(result, vm.memory.key(name), value)?;
    }
    Ok(Value::cell(result))
}
