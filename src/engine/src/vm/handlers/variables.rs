//! Variables in environments.

use crate::heap::{Gc, Heap};
use crate::object::{Environment, Import};
use crate::value::Value;
use crate::vm::dispatch::go;
use crate::vm::{Throw, Vm};

/// The environment that an instruction names.
macro_rules! environment {
    ($pc:expr, $registers:expr) => {{
        let mut environment: Gc<Environment> = (*register!($registers, $pc, b)).cell_unchecked();
        for _ in 0..operand!($pc, x) {
            environment = environment.parent.get().unwrap_unchecked();
        }
        environment
    }};
}

handler! {
    load_variable(pc, registers, constants, vm) {
        let environment = environment!(pc, registers);
        *register!(registers, pc, a) = environment.variables().get_unchecked(operand!(pc, c)).get();
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    store_variable(pc, registers, constants, vm) {
        let environment = environment!(pc, registers);
        let value = *register!(registers, pc, a);
        environment.variables().get_unchecked(operand!(pc, c)).set(value);
        if Heap::needs_write_barrier(environment, value.bits()) {
            return note_store(pc, registers, constants, vm);
        }
        go!(pc.add(1), registers, constants, vm)
    }
}

slow_handler! {
    note_store(pc, registers, constants, vm) {
        (*vm).memory.write_barrier_all(environment!(pc, registers));
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    load_environment(pc, registers, constants, vm) {
        let function = crate::vm::calls::callee(registers);
        *register!(registers, pc, a) =
            function.environment.map_or(Value::UNDEFINED, Value::cell);
        go!(pc.add(1), registers, constants, vm)
    }
}

/// The number of a variable that an operand has no room for.
macro_rules! far_index {
    ($pc:expr, $registers:expr) => {
        (*register!($registers, $pc, c)).as_int().unwrap_unchecked() as usize
    };
}

slow_operation! {
    throw_uninitialized(vm, pc, _registers, constants) {
        let name = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
        let name = vm.display(name);
        Err(vm.throw_reference_error(&format!("Cannot access '{name}' before initialization")))
    }
    throw_constant_assignment(vm, _pc, _registers, _constants) {
        Err(vm.throw_type_error("Assignment to constant variable."))
    }
    throw_uninitialized_import(vm, pc, registers, _constants) {
        let environment = environment!(pc, registers);
        let import: Gc<Import> =
            environment.variables().get_unchecked(operand!(pc, c)).get().cell_unchecked();
        Err(vm.throw_uninitialized_import(import))
    }
    push_large_environment(vm, pc, registers, constants) {
        let parent = *register!(registers, pc, b);
        let parent = parent.is_cell().then(|| parent.cell_unchecked::<Environment>());
        let size = far_index!(pc, registers) as u32;
        let environment = Gc::<Environment>::new(&vm.memory, parent, size);
        *register!(registers, pc, a) = Value::cell(environment);
        Ok(())
    }
    load_far_variable(_vm, pc, registers, _constants) {
        let environment = environment!(pc, registers);
        let index = far_index!(pc, registers);
        *register!(registers, pc, a) = environment.variables().get_unchecked(index).get();
        Ok(())
    }
    store_far_variable(vm, pc, registers, _constants) {
        let environment = environment!(pc, registers);
        let value = *register!(registers, pc, a);
        environment.variables().get_unchecked(far_index!(pc, registers)).set(value);
        vm.memory.write_barrier(environment, value.bits());
        Ok(())
    }
    load_far_import(vm, pc, registers, _constants) {
        let environment = environment!(pc, registers);
        let index = far_index!(pc, registers);
        let import: Gc<Import> =
            environment.variables().get_unchecked(index).get().cell_unchecked();
        let value = import.get();
        if value.is_empty() {
            return Err(vm.throw_uninitialized_import(import));
        }
        *register!(registers, pc, a) = value;
        Ok(())
    }
    push_environment(vm, pc, registers, constants) {
        let parent = *register!(registers, pc, b);
        let parent = parent.is_cell().then(|| parent.cell_unchecked::<Environment>());
        let size = operand!(pc, c) as u32;
        let environment = Gc::<Environment>::new(&vm.memory, parent, size);
        *register!(registers, pc, a) = Value::cell(environment);
        Ok(())
    }
    copy_environment(vm, pc, registers, constants) {
        let place = register!(registers, pc, a);
        let copy = (*place).cell_unchecked::<Environment>().copy(&vm.memory);
        *place = Value::cell(copy);
        Ok(())
    }
}

handler! {
    check_initialized(pc, registers, constants, vm) {
        if (*register!(registers, pc, a)).is_empty() {
            return throw_uninitialized(pc, registers, constants, vm);
        }
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    load_outer_environment(pc, registers, constants, vm) {
        let mut environment: Gc<Environment> = (*register!(registers, pc, b)).cell_unchecked();
        for _ in 0..operand!(pc, c) {
            environment = environment.parent.get().unwrap_unchecked();
        }
        *register!(registers, pc, a) = Value::cell(environment);
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    load_import(pc, registers, constants, vm) {
        let environment = environment!(pc, registers);
        let import = environment.variables().get_unchecked(operand!(pc, c)).get();
        let import: Gc<Import> = import.cell_unchecked();
        let value = import.get();
        if value.is_empty() {
            return throw_uninitialized_import(pc, registers, constants, vm);
        }
        *register!(registers, pc, a) = value;
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    coerce_this(pc, registers, constants, vm) {
        if crate::operators::as_object(*registers.sub(1)).is_none() {
            return slow_coerce_this(pc, registers, constants, vm);
        }
        go!(pc.add(1), registers, constants, vm)
    }
}

slow_operation! {
    slow_coerce_this(vm, _pc, registers, _constants) {
        let this = *registers.sub(1);
        let object = if this.is_nullish() { vm.realm().global } else { vm.to_object(this)? };
        *registers.sub(1) = Value::cell(object);
        Ok(())
    }
}

impl Vm {
    /// The error of a variable of another module that is not initialised yet.
    fn throw_uninitialized_import(&mut self, import: Gc<Import>) -> Throw {
        let name = self.display(Value::cell(import.name));
        self.throw_reference_error(&format!("Cannot access '{name}' before initialization"))
    }
}
