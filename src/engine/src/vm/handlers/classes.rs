//! Classes, methods, `super`, private names.

use super::properties::{is_inside, lookup_elsewhere, note_store, write_inside};
use crate::heap::{Gc, Header};
use crate::object::{Function, Object};
use crate::operators::{as_object, to_property_key};
use crate::string::{JsString, PropertyKey, Symbol};
use crate::value::Value;
use crate::vm::classes::{MethodKind, PrivateKind};
use crate::vm::dispatch::go;
use crate::vm::property_cache::Scope;
use crate::vm::{Completion, Vm};

handler! {
    check_this(pc, registers, constants, vm) {
        if (*register!(registers, pc, a)).is_empty() {
            return throw_unbound_this(pc, registers, constants, vm);
        }
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    store_this(pc, registers, constants, vm) {
        *registers.sub(1) = *register!(registers, pc, a);
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    get_private(pc, registers, constants, vm) {
        let object = *register!(registers, pc, b);
        let key = PropertyKey::symbol((*register!(registers, pc, c)).cell_unchecked());
        match lookup_elsewhere(object, key, vm) {
            Some(value) => {
                *register!(registers, pc, a) = value;
                go!(pc.add(1), registers, constants, vm)
            }
            None => slow_get_private(pc, registers, constants, vm),
        }
    }
}

handler! {
    set_private(pc, registers, constants, vm) {
        let object = *register!(registers, pc, a);
        let key = PropertyKey::symbol((*register!(registers, pc, b)).cell_unchecked());
        if object.is_cell() {
            let shape = object.cell_unchecked::<Header>().shape.get();
            let epoch = (*vm).memory.shapes().prototype_epoch();
            if let Some(known) = (*vm).property_cache.write(shape, key, epoch)
                && known.next_shape.get() == 0
                && is_inside(known)
            {
                if write_inside(object.cell_unchecked(), *register!(registers, pc, c), known) {
                    return note_store(pc, registers, constants, vm);
                }
                go!(pc.add(1), registers, constants, vm)
            }
        }
        slow_set_private(pc, registers, constants, vm)
    }
}

handler! {
    define_private(pc, registers, constants, vm) {
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        let key = PropertyKey::symbol((*register!(registers, pc, b)).cell_unchecked());
        let shape = object.header().shape.get();
        let epoch = (*vm).memory.shapes().prototype_epoch();
        if let Some(known) = (*vm).property_cache.write(shape, key, epoch)
            && known.next_shape.get() != 0
            && is_inside(known)
            && !object.is_prototype()
        {
            if write_inside(object, *register!(registers, pc, c), known) {
                return note_store(pc, registers, constants, vm);
            }
            go!(pc.add(1), registers, constants, vm)
        }
        slow_define_private(pc, registers, constants, vm)
    }
}

slow_operation! {
    throw_unbound_this(vm, _pc, _registers, _constants) {
        Err(vm.throw_reference_error(
            "Must call super constructor in derived class before accessing 'this' or returning \
             from derived constructor",
        ))
    }
    check_this_unbound(vm, pc, registers, constants) {
        if (*register!(registers, pc, a)).is_empty() {
            return Ok(());
        }
        Err(vm.throw_reference_error("Super constructor may only be called once"))
    }
    check_constructor_result(vm, pc, registers, constants) {
        let value = *register!(registers, pc, b);
        let this = *register!(registers, pc, c);
        let result = if as_object(value).is_some() {
            value
        } else if !value.is_undefined() {
            return Err(vm.throw_type_error(
                "Derived constructors may only return object or undefined",
            ));
        } else if this.is_empty() {
            return Err(vm.throw_reference_error(
                "Must call super constructor in derived class before accessing 'this' or \
                 returning from derived constructor",
            ));
        } else {
            this
        };
        *register!(registers, pc, a) = result;
        Ok(())
    }
    define_method(vm, pc, registers, constants) {
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        let key = to_property_key(vm, *register!(registers, pc, b))?;
        let function = *register!(registers, pc, c);
        let (kind, of_class) = (operand!(pc, x) & 3, operand!(pc, x) & 4 != 0);
        vm.define_method(object, key, function, MethodKind::of(kind), of_class)
    }
    new_class(vm, pc, registers, constants) {
        let code = Value::from_bits(constants.add(operand!(pc, c)).read());
        make_class(vm, code, *register!(registers, pc, b), register!(registers, pc, a))
    }
    new_class_of(vm, pc, registers, _constants) {
        let code = *register!(registers, pc, c);
        make_class(vm, code, *register!(registers, pc, b), register!(registers, pc, a))
    }
    load_fields(vm, pc, registers, constants) {
        let constructor: Gc<Object> = (*register!(registers, pc, b)).cell_unchecked();
        let own = constructor.own_property(&vm.memory, vm.memory.keys().fields);
        *register!(registers, pc, a) = own.map_or(Value::UNDEFINED, |property| {
            constructor.get_slot(&vm.memory, property.slot)
        });
        Ok(())
    }
    set_home(vm, pc, registers, constants) {
        let function: Gc<Function> = (*register!(registers, pc, a)).cell_unchecked();
        let home: Gc<Object> = (*register!(registers, pc, b)).cell_unchecked();
        function.home.set(Some(home));
        vm.memory.write_barrier_all(function);
        Ok(())
    }
    set_function_name(vm, pc, registers, constants) {
        let function: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        let key = to_property_key(vm, *register!(registers, pc, b))?;
        vm.set_function_name(function, key, MethodKind::of(operand!(pc, x)));
        Ok(())
    }
    load_super(vm, pc, registers, constants) {
        let function: Gc<Function> = (*register!(registers, pc, b)).cell_unchecked();
        let object = match function.home.get() {
            Some(home) => vm.get_prototype_of(home)?.map_or(Value::NULL, Value::cell),
            None => Value::UNDEFINED,
        };
        *register!(registers, pc, a) = object;
        Ok(())
    }
    load_super_constructor(vm, pc, registers, constants) {
        let function: Gc<Object> = (*register!(registers, pc, b)).cell_unchecked();
        let constructor = vm.get_prototype_of(function)?.map_or(Value::NULL, Value::cell);
        *register!(registers, pc, a) = constructor;
        Ok(())
    }
    get_super(vm, pc, registers, constants) {
        let place = register!(registers, pc, b);
        let key = *register!(registers, pc, c);
        *register!(registers, pc, a) = vm.get_super(*place, *place.add(1), key)?;
        Ok(())
    }
    set_super(vm, pc, registers, constants) {
        let place = register!(registers, pc, a);
        let (key, value) = (*register!(registers, pc, b), *register!(registers, pc, c));
        vm.set_super(*place, *place.add(1), key, value, operand!(pc, x) != 0)
    }
    throw_delete_super(vm, _pc, _registers, _constants) {
        Err(vm.throw_reference_error("Unsupported reference to 'super'"))
    }
    new_private_name(vm, pc, registers, constants) {
        let name = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
        let name: Gc<JsString> = name.cell_unchecked();
        let symbol = Gc::<Symbol>::new_private(&vm.memory, name);
        *register!(registers, pc, a) = Value::cell(symbol);
        Ok(())
    }
    slow_get_private(vm, pc, registers, constants) {
        let name = (*register!(registers, pc, c)).cell_unchecked();
        let object = *register!(registers, pc, b);
        let value = vm.read_private(object, name)?;
        *register!(registers, pc, a) = value;
        Ok(())
    }
    slow_set_private(vm, pc, registers, constants) {
        let name = (*register!(registers, pc, b)).cell_unchecked();
        let object = *register!(registers, pc, a);
        let value = *register!(registers, pc, c);
        vm.set_private(object, name, value)?;
        if let Some(object) = as_object(object) {
            let before = object.shape(&vm.memory);
            vm.learn_write(object, before, PropertyKey::symbol(name), None, Scope::Everywhere);
        }
        Ok(())
    }
    slow_define_private(vm, pc, registers, constants) {
        let name = (*register!(registers, pc, b)).cell_unchecked();
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        let value = *register!(registers, pc, c);
        let before = object.shape(&vm.memory);
        let kind = PrivateKind::of(operand!(pc, x));
        vm.define_private(object, name, value, kind)?;
        vm.learn_write(object, before, PropertyKey::symbol(name), None, Scope::Everywhere);
        Ok(())
    }
    has_private(vm, pc, registers, constants) {
        let name = (*register!(registers, pc, c)).cell_unchecked();
        let found = vm.has_private(*register!(registers, pc, b), name)?;
        *register!(registers, pc, a) = Value::bool(found);
        Ok(())
    }
}

/// Replaces the superclass in a register by a class, and the register after it by its
/// prototype.
///
/// # Safety
/// The value is the code of a constructor, and there are two registers.
unsafe fn make_class(
    vm: &mut Vm,
    code: Value,
    environment: Value,
    class: *mut Value,
) -> Completion<()> {
    // SAFETY: As above; the environment is one, or `undefined`.
    unsafe {
        let environment = environment.is_cell().then(|| environment.cell_unchecked());
        let (constructor, prototype) = vm.new_class(code.cell_unchecked(), environment, *class)?;
        *class = Value::cell(constructor);
        *class.add(1) = Value::cell(prototype);
    }
    Ok(())
}
