//! Global variables, and names that are looked for at run time.

use super::properties::{cache_of, outside_or_inside};
use crate::bytecode::Op;
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::to_property_key;
use crate::value::Value;
use crate::vm::dispatch::go;
use crate::vm::globals::Declaration;

handler! {
    load_global(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        if cache.epoch.get() == (*vm).memory.shapes().prototype_epoch() {
            let value = super::properties::read(Gc::from_word(cache.holder.get()), cache.slot.get());
            if !value.is_empty() {
                *register!(registers, pc, a) = value;
                go!(pc.add(1), registers, constants, vm)
            }
        }
        slow_load_global(pc, registers, constants, vm)
    }
}

handler! {
    store_global(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        if cache.epoch.get() == (*vm).memory.shapes().prototype_epoch() {
            let holder: Gc<Object> = Gc::from_word(cache.holder.get());
            if !super::properties::read(holder, cache.slot.get()).is_empty() {
                return write_global(pc, registers, constants, vm);
            }
        }
        slow_store_global(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    write_global(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let holder: Gc<Object> = Gc::from_word(cache.holder.get());
        // The next shape of other caches is the slot's number here.
        holder.set_slot(&(*vm).memory, cache.next_shape.get(), *register!(registers, pc, a));
        go!(pc.add(1), registers, constants, vm)
    }
}

slow_operation! {
    slow_load_global(vm, pc, registers, constants) {
        let cache = cache_of(constants, operand!(pc, c));
        let lenient = operand!(pc, op) == Op::LoadGlobalOrUndefined;
        let value = vm.load_global(cache.key(), lenient)?;
        if let Some((holder, property)) = vm.find_global_slot(cache.key()) {
            cache.slot.set(outside_or_inside(holder.shape(&vm.memory), property.slot));
            cache.holder.set(holder.to_word());
            cache.epoch.set(vm.memory.shapes().prototype_epoch());
            vm.memory.write_barrier_all(vm.running_code());
        }
        *register!(registers, pc, a) = value;
        Ok(())
    }
    slow_store_global(vm, pc, registers, constants) {
        let cache = cache_of(constants, operand!(pc, c));
        vm.store_global(cache.key(), *register!(registers, pc, a), operand!(pc, x) != 0)?;
        if let Some((holder, property)) = vm.find_global_slot(cache.key())
            && property.attributes.is_writable()
        {
            cache.slot.set(outside_or_inside(holder.shape(&vm.memory), property.slot));
            cache.next_shape.set(property.slot);
            cache.holder.set(holder.to_word());
            cache.epoch.set(vm.memory.shapes().prototype_epoch());
            vm.memory.write_barrier_all(vm.running_code());
        }
        Ok(())
    }
    initialize_global(vm, pc, registers, constants) {
        let cache = cache_of(constants, operand!(pc, c));
        vm.initialize_global(cache.key(), *register!(registers, pc, a));
        Ok(())
    }
    load_named_global(vm, pc, registers, constants) {
        let key = to_property_key(vm, *register!(registers, pc, b))?;
        let value = vm.load_global(key, operand!(pc, x) != 0)?;
        *register!(registers, pc, a) = value;
        Ok(())
    }
    store_named_global(vm, pc, registers, constants) {
        let key = to_property_key(vm, *register!(registers, pc, b))?;
        let value = *register!(registers, pc, a);
        match operand!(pc, x) {
            2 => {
                vm.initialize_global(key, value);
                Ok(())
            }
            strict => vm.store_global(key, value, strict != 0),
        }
    }
    check_global(vm, pc, registers, constants) {
        let name = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
        let key = to_property_key(vm, name)?;
        vm.check_global(key, Declaration::of(operand!(pc, a)))
    }
    declare_global(vm, pc, registers, constants) {
        let name = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
        let key = to_property_key(vm, name)?;
        let kind = operand!(pc, a);
        vm.declare_global(key, Declaration::of(kind), kind & 16 != 0, kind & 32 != 0)
    }
    throw_redeclaration(vm, pc, _registers, constants) {
        let name = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
        let name = vm.display(name);
        Err(vm.throw_syntax_error(&format!("Identifier '{name}' has already been declared")))
    }
    delete_global(vm, pc, registers, constants) {
        let key = to_property_key(vm, *register!(registers, pc, b))?;
        *register!(registers, pc, a) = Value::bool(vm.delete_global(key)?);
        Ok(())
    }
    load_global_this(vm, pc, registers, constants) {
        *register!(registers, pc, a) = Value::cell(vm.realm().global);
        Ok(())
    }
    resolve_binding(vm, pc, registers, constants) {
        let base = register!(registers, pc, a);
        let object = *register!(registers, pc, b);
        if !(*base).is_empty() || object.is_empty() {
            return Ok(());
        }
        let object: Gc<Object> = object.cell_unchecked();
        let key = to_property_key(vm, *register!(registers, pc, c))?;
        let is_with = operand!(pc, x) != 0;
        if vm.has_binding(object, key, is_with)? {
            *base = Value::cell(object);
            *base.add(1) = if is_with { Value::cell(object) } else { Value::UNDEFINED };
        }
        Ok(())
    }
    get_binding(vm, pc, registers, constants) {
        let object: Gc<Object> = (*register!(registers, pc, b)).cell_unchecked();
        let key = to_property_key(vm, *register!(registers, pc, c))?;
        let value = vm.get_binding(object, key, operand!(pc, x) != 0)?;
        *register!(registers, pc, a) = value;
        Ok(())
    }
    set_binding(vm, pc, registers, constants) {
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        let key = to_property_key(vm, *register!(registers, pc, b))?;
        let value = *register!(registers, pc, c);
        vm.set_binding(object, key, value, operand!(pc, x) != 0)
    }
    declare_eval_variable(vm, pc, registers, constants) {
        let place = register!(registers, pc, a);
        let key = to_property_key(vm, *register!(registers, pc, b))?;
        *place = Value::cell(vm.declare_eval_variable(*place, key)?);
        Ok(())
    }
    throw_invalid_target(vm, _pc, _registers, _constants) {
        Err(vm.throw_reference_error("Invalid left-hand side in assignment"))
    }
}
