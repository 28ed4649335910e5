//! The `Symbol` constructor. <https://tc39.es/ecma262/#sec-symbol-objects>

use super::{Entry, constructor, function, this_primitive};
use crate::heap::Gc;
use crate::object::{Accessor, Attributes, Object};
use crate::operators::to_string;
use crate::realm::Intrinsic;
use crate::string::{PropertyKey, Symbol};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm, WellKnown};

const SYMBOL: &[Entry] = &[function("for", 1, symbol_for), function("keyFor", 1, key_for)];

const PROTOTYPE: &[Entry] = &[
    function("toString", 0, |vm, arguments| {
        let symbol = this_symbol(vm, arguments, "Symbol.prototype.toString")?;
        Ok(Value::cell(vm.memory.string(&vm.display_key(PropertyKey::symbol(symbol)))))
    }),
    function("valueOf", 0, |vm, arguments| {
        this_symbol(vm, arguments, "Symbol.prototype.valueOf").map(Value::cell)
    }),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let intrinsic = Intrinsic::SymbolPrototype;
    let symbol = constructor(vm, global, ("Symbol", 0, construct), intrinsic, SYMBOL);
    for (which, name) in WellKnown::ALL {
        let value = Value::cell(vm.well_known(*which));
        symbol.add_property(&vm.memory, vm.memory.key(name), value, Attributes::FIXED);
    }
    let prototype = vm.realm().get(intrinsic);
    super::add_entries(vm, prototype, PROTOTYPE);
    let getter = vm.new_native_function("get description", 0, description);
    let accessor = Gc::<Accessor>::new(&vm.memory, Value::cell(getter), Value::UNDEFINED);
    let attributes = Attributes::CONFIGURABLE | Attributes::ACCESSOR;
    let key = vm.memory.literal_key("description");
    prototype.add_property(&vm.memory, key, Value::cell(accessor), attributes);
    let to_primitive = vm.new_native_function("[Symbol.toPrimitive]", 1, |vm, arguments| {
        this_symbol(vm, arguments, "Symbol.prototype [ @@toPrimitive ]").map(Value::cell)
    });
    let tag = vm.memory.intern_str("Symbol");
    for (which, value) in [
        (WellKnown::ToPrimitive, Value::cell(to_primitive)),
        (WellKnown::ToStringTag, Value::cell(tag)),
    ] {
        let key = vm.well_known_key(which);
        prototype.add_property(&vm.memory, key, value, Attributes::CONFIGURABLE);
    }
}

/// `Symbol ( description )` (§20.4.1.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if !arguments.new_target().is_undefined() {
        return Err(vm.throw_type_error("Symbol is not a constructor"));
    }
    let description = match arguments.get(0) {
        Value::UNDEFINED => None,
        value => Some(to_string(vm, value)?),
    };
    Ok(Value::cell(Gc::<Symbol>::new(&vm.memory, description)))
}

fn symbol_for(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let key = to_string(vm, arguments.get(0))?;
    vm.registered_symbol(key).map(Value::cell)
}

fn key_for(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let value = arguments.get(0);
    let Some(symbol) = value.downcast::<Symbol>() else {
        let text = vm.display(value);
        return Err(vm.throw_type_error(&format!("{text} is not a symbol")));
    };
    let key = symbol.description().filter(|_| symbol.is_registered());
    Ok(key.map_or(Value::UNDEFINED, Value::cell))
}

/// `ThisSymbolValue` (§20.4.3.4.1)
fn this_symbol(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<Symbol>> {
    this_primitive(arguments)
        .downcast()
        .ok_or_else(|| vm.throw_type_error(&format!("{method} requires that 'this' be a Symbol")))
}

/// `get Symbol.prototype.description` (§20.4.3.2)
fn description(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let symbol = this_symbol(vm, arguments, "Symbol.prototype.description")?;
    Ok(symbol.description().map_or(Value::UNDEFINED, Value::cell))
}
