//! Objects that literals and patterns make, and what asks about whole objects.

use crate::heap::Gc;
use crate::object::{Array, LiteralForm, Object};
use crate::operators::{as_object, to_property_key};
use crate::realm::RootShape;
use crate::string::PropertyKey;
use crate::value::Value;

slow_operation! {
    new_object(vm, pc, registers, constants) {
        let shape = vm.realm().literal_shape(&vm.memory, operand!(pc, wide) as usize);
        *register!(registers, pc, a) = Value::cell(Gc::<Object>::ordinary(&vm.memory, shape));
        Ok(())
    }
    new_object_of(vm, pc, registers, constants) {
        let literal = Value::from_bits(constants.add(operand!(pc, c)).read());
        let literal: Gc<LiteralForm> = literal.cell_unchecked();
        let count = literal.len();
        // With several realms the prototype may have to be another one than last time.
        let shape = match literal.last_shape().filter(|_| !vm.has_several_realms()) {
            Some(shape) => shape,
            None => {
                let empty = vm.realm().literal_shape(&vm.memory, count);
                literal.shape(&vm.memory, empty)
            }
        };
        let values = std::slice::from_raw_parts(registers.add(operand!(pc, b)), count);
        let object = Gc::<Object>::with_values(&vm.memory, shape, values);
        *register!(registers, pc, a) = Value::cell(object);
        Ok(())
    }
    new_array(vm, pc, registers, constants) {
        let shape = vm.realm().shape(RootShape::Array);
        let array = Gc::<Array>::new(&vm.memory, shape, operand!(pc, wide) as u32);
        *register!(registers, pc, a) = Value::cell(array);
        Ok(())
    }
    new_regexp(vm, pc, registers, constants) {
        let pattern = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
        let regexp = vm.new_regexp(pattern.cell_unchecked());
        *register!(registers, pc, a) = Value::cell(regexp);
        Ok(())
    }
    require_object_coercible(vm, pc, registers, constants) {
        let value = *register!(registers, pc, a);
        if value.is_nullish() {
            let key = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
            return Err(vm.throw_not_destructurable(value, key, operand!(pc, x)));
        }
        Ok(())
    }
    rest_of_arguments(vm, pc, registers, constants) {
        let arguments: Gc<Array> = (*register!(registers, pc, b)).cell_unchecked();
        let shape = vm.realm().shape(RootShape::Array);
        let rest = Gc::<Array>::new(&vm.memory, shape, 0);
        if let Some(elements) = arguments.as_object().elements() {
            let from = operand!(pc, c).min(elements.length() as usize);
            rest.extend(&vm.memory, &elements.as_cells()[from..]);
        }
        *register!(registers, pc, a) = Value::cell(rest);
        Ok(())
    }
    begin_for_in(vm, pc, registers, constants) {
        let object = *register!(registers, pc, b);
        let state = register!(registers, pc, a);
        *state = Value::cell(vm.names_for_in(object)?);
        *state.add(1) = object;
        *state.add(2) = Value::ZERO;
        Ok(())
    }
    next_for_in(vm, pc, registers, constants) {
        let state = register!(registers, pc, b);
        let names: Gc<Array> = (*state).cell_unchecked();
        let mut next = Value::EMPTY;
        while (*state.add(2)).int_unchecked() < names.length.get() as i32 {
            let index = (*state.add(2)).int_unchecked();
            *state.add(2) = Value::int(index + 1);
            let name = names.as_object().element(index as u32);
            let object = vm.to_object(*state.add(1))?;
            let key = to_property_key(vm, name)?;
            // What has been deleted meanwhile is passed over.
            if vm.is_still_there(object, key)? {
                next = name;
                break;
            }
        }
        *register!(registers, pc, a) = next;
        Ok(())
    }
    set_literal_prototype(vm, pc, registers, constants) {
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        let prototype = *register!(registers, pc, b);
        // Anything but an object and null is passed over (Annex B.3.1).
        if prototype.is_null() || as_object(prototype).is_some() {
            vm.set_prototype_of(object, as_object(prototype))?;
        }
        Ok(())
    }
    copy_properties(vm, pc, registers, constants) {
        let target: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        vm.copy_data_properties(target, *register!(registers, pc, b), &[])
    }
    copy_other_properties(vm, pc, registers, constants) {
        let target: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        let source = *register!(registers, pc, b);
        let count = operand!(pc, c);
        let keys = registers.add(operand!(pc, a) + 1);
        let mut few = [PropertyKey::index(0); 8];
        if count <= few.len() {
            for (index, key) in few.iter_mut().enumerate().take(count) {
                *key = to_property_key(vm, *keys.add(index))?;
            }
            return vm.copy_data_properties(target, source, &few[..count]);
        }
        let mut excluded = vm.memory.rooted_vec();
        for index in 0..count {
            excluded.push(to_property_key(vm, *keys.add(index))?);
        }
        vm.copy_data_properties(target, source, excluded.as_slice())
    }
    convert_to_object(vm, pc, registers, constants) {
        let object = vm.to_object(*register!(registers, pc, b))?;
        *register!(registers, pc, a) = Value::cell(object);
        Ok(())
    }
    instance_of(vm, pc, registers, constants) {
        let (value, target) = (*register!(registers, pc, b), *register!(registers, pc, c));
        *register!(registers, pc, a) = Value::bool(vm.instance_of(value, target)?);
        Ok(())
    }
}
