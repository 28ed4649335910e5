//! Variables in environments.

use crate::heap::Gc;
use crate::object::Environment;
use crate::value::Value;
use crate::vm::dispatch::go;

/// The environment that an instruction names.
macro_rules! environment {
    ($pc:expr, $registers:expr) => {{
        let mut environment: Gc<Environment> = (*$registers.add(operand!($pc, b))).cell_unchecked();
        for _ in 0..operand!($pc, x) {
            environment = environment.parent.get().unwrap_unchecked();
        }
        environment
    }};
}

handler! {
    load_variable(pc, registers, constants, vm) {
        let environment = environment!(pc, registers);
        *registers.add(operand!(pc, a)) = environment.variables()[operand!(pc, c)].get();
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    store_variable(pc, registers, constants, vm) {
        let environment = environment!(pc, registers);
        let value = *registers.add(operand!(pc, a));
        environment.variables()[operand!(pc, c)].set(value);
        (*vm).memory.write_barrier(environment, value.bits());
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    load_environment(pc, registers, constants, vm) {
        let function = crate::vm::calls::callee(registers);
        *registers.add(operand!(pc, a)) =
            function.environment.map_or(Value::UNDEFINED, Value::cell);
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    push_environment(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let parent = *registers.add(operand!(pc, b));
        let parent = parent.is_cell().then(|| parent.cell_unchecked::<Environment>());
        let size = operand!(pc, c) as u32;
        let environment = Gc::<Environment>::new(&(*vm).memory, parent, size);
        *registers.add(operand!(pc, a)) = Value::cell(environment);
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    copy_environment(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let place = registers.add(operand!(pc, a));
        let copy = (*place).cell_unchecked::<Environment>().copy(&(*vm).memory);
        *place = Value::cell(copy);
        go!(pc.add(1), registers, constants, vm)
    }
}

slow_handler! {
    throw_uninitialized(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let name = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
        let name = (*vm).display(name);
        let message = format!("Cannot access '{name}' before initialization");
        let _ = (*vm).throw_reference_error(&message);
        crate::vm::unwinding::unwind(pc, registers, constants, vm)
    }
}

handler! {
    check_initialized(pc, registers, constants, vm) {
        if (*registers.add(operand!(pc, a))).is_empty() {
            return throw_uninitialized(pc, registers, constants, vm);
        }
        go!(pc.add(1), registers, constants, vm)
    }
}
