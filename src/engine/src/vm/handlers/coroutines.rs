//! Generators and async functions.

use crate::heap::Gc;
use crate::value::Value;
use crate::vm::calls;
use crate::vm::coroutine::Coroutine;
use crate::vm::unwinding::unwind;

slow_operation! {
    begin_async(vm, pc, registers, constants) {
        let coroutine = vm.new_async_function(calls::callee(registers));
        *register!(registers, pc, a) = Value::cell(coroutine);
        Ok(())
    }
}

handler! {
    #[inline(never)]
    begin_generator(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        match (*vm).new_generator(calls::callee(registers)) {
            Ok(coroutine) => {
                let generator = Value::cell(coroutine);
                *register!(registers, pc, a) = generator;
                (*vm).suspend(coroutine, pc, registers, operand!(pc, b));
                calls::return_instruction(generator, registers, vm)
            }
            Err(_) => unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    #[inline(never)]
    yield_value(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let value = *register!(registers, pc, a);
        let coroutine: Gc<Coroutine> = (*register!(registers, pc, b)).cell_unchecked();
        (*vm).suspend(coroutine, pc, registers, operand!(pc, c));
        let result = (*vm).yielded(coroutine, value, operand!(pc, x) != 0);
        calls::return_instruction(result, registers, vm)
    }
}

handler! {
    #[inline(never)]
    await_value(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let value = *register!(registers, pc, a);
        let coroutine: Gc<Coroutine> = (*register!(registers, pc, b)).cell_unchecked();
        match (*vm).begin_await(coroutine, value) {
            Ok(()) => {
                (*vm).suspend(coroutine, pc, registers, operand!(pc, c));
                let result = coroutine.result_of_first_run();
                calls::return_instruction(result, registers, vm)
            }
            Err(_) => unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    #[inline(never)]
    finish_coroutine(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let value = *register!(registers, pc, a);
        let coroutine: Gc<Coroutine> = (*register!(registers, pc, b)).cell_unchecked();
        let result = (*vm).finish(coroutine, value);
        calls::return_instruction(result, registers, vm)
    }
}

handler! {
    #[inline(never)]
    fail_coroutine(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let exception = *register!(registers, pc, a);
        let coroutine: Gc<Coroutine> = (*register!(registers, pc, b)).cell_unchecked();
        match (*vm).fail(coroutine, exception) {
            Ok(result) => calls::return_instruction(result, registers, vm),
            Err(_) => unwind(pc, registers, constants, vm),
        }
    }
}
