//! Iteration.

use crate::heap::Gc;
use crate::kinds;
use crate::object::Array;
use crate::operators::as_object;
use crate::value::Value;
use crate::vm::calls::FRAME;
use crate::vm::coroutine::Advance;
use crate::vm::dispatch::go;
use crate::vm::iteration::Told;

handler! {
    iterator_next(pc, registers, constants, vm) {
        let state = register!(registers, pc, b);
        let next = *state.add(1);
        if next.is_empty() {
            // An array: the third register is the index.
            let array: Gc<Array> = (*state).cell_unchecked();
            let index = (*state.add(2)).int_unchecked();
            if (index as u32) < array.length.get()
                && let Some(elements) = array.as_object().elements()
            {
                let value = elements.get(index as u32);
                if !value.is_empty() {
                    *state.add(2) = Value::int(index + 1);
                    *register!(registers, pc, a) = value;
                    go!(pc.add(3), registers, constants, vm)
                }
            }
            return slow_array_next(pc, registers, constants, vm);
        }
        if (*state.add(2)).is_true() {
            *register!(registers, pc, a) = Value::EMPTY;
            go!(pc.add(3), registers, constants, vm)
        }
        if (*state).kind() != Some(kinds::OBJECT) {
            return own_iterator_next(pc, registers, constants, vm);
        }
        // Whatever `next` throws, there is nothing to close then.
        *state.add(2) = Value::TRUE;
        let frame = register!(registers, pc, c);
        *frame = next;
        *frame.add(FRAME - 1) = *state;
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    slow_array_next(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let state = register!(registers, pc, b);
        match (*vm).array_next(&mut *state, &mut *state.add(2)) {
            Ok(value) => {
                *register!(registers, pc, a) = value;
                go!(pc.add(3), registers, constants, vm)
            }
            Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    #[inline(never)]
    own_iterator_next(pc, registers, constants, vm) {
        let state = register!(registers, pc, b);
        let next = *state.add(1);
        // Whatever `next` throws, there is nothing to close then.
        *state.add(2) = Value::TRUE;
        (*vm).leave(pc, registers, constants);
        if !(*vm).is_own_iterator(*state, next) {
            let frame = register!(registers, pc, c);
            *frame = next;
            *frame.add(FRAME - 1) = *state;
            go!(pc.add(1), registers, constants, vm)
        }
        match (*vm).step_own(*state) {
            Ok(value) => {
                *register!(registers, pc, b).add(2) = Value::bool(value.is_empty());
                *register!(registers, pc, a) = value;
                go!(pc.add(3), registers, constants, vm)
            }
            Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    undefined_if_empty(pc, registers, constants, vm) {
        *register!(registers, pc, a) = (*register!(registers, pc, b)).or_undefined();
        go!(pc.add(1), registers, constants, vm)
    }
}

slow_operation! {
    get_iterator(vm, pc, registers, constants) {
        let iterable = *register!(registers, pc, b);
        let state = register!(registers, pc, a);
        if let Some(array) = vm.plain_array(iterable) {
            *state = Value::cell(array);
            *state.add(1) = Value::EMPTY;
            *state.add(2) = Value::ZERO;
            return Ok(());
        }
        let Some(record) = vm.find_iterator(iterable)? else {
            return Err(vm.throw_not_iterable_here(iterable, operand!(pc, x)));
        };
        *state = Value::cell(record.iterator);
        *state.add(1) = record.next;
        *state.add(2) = Value::FALSE;
        Ok(())
    }
    get_delegate(vm, pc, registers, constants) {
        let record = vm.get_iterator(*register!(registers, pc, b))?;
        let state = register!(registers, pc, a);
        *state = Value::cell(record.iterator);
        *state.add(1) = record.next;
        *state.add(2) = Value::FALSE;
        Ok(())
    }
    get_async_iterator(vm, pc, registers, constants) {
        let record = vm.get_async_iterator(*register!(registers, pc, b))?;
        let state = register!(registers, pc, a);
        *state = Value::cell(record.iterator);
        *state.add(1) = record.next;
        *state.add(2) = Value::FALSE;
        Ok(())
    }
    iterator_result(vm, pc, registers, constants) {
        let value = vm.iterator_value(*register!(registers, pc, b))?;
        *register!(registers, pc, c).add(2) = Value::bool(value.is_none());
        *register!(registers, pc, a) = value.unwrap_or(Value::EMPTY);
        Ok(())
    }
    close_iterator(vm, pc, registers, constants) {
        let state = register!(registers, pc, a);
        if (*state.add(2)).is_true() {
            return Ok(());
        }
        let iterator = if (*state.add(1)).is_empty() {
            let index = (*state.add(2)).int_unchecked() as u32;
            match vm.closable_array_iterator((*state).cell_unchecked(), index) {
                Some(iterator) => iterator,
                None => return Ok(()),
            }
        } else {
            (*state).cell_unchecked()
        };
        *state.add(1) = Value::UNDEFINED;
        *state.add(2) = Value::TRUE;
        match vm.iterator_close(iterator) {
            // An exception that is on its way has been caught: it waits in a register.
            Err(_) if operand!(pc, x) != 0 => {
                vm.take_exception();
                Ok(())
            }
            result => result,
        }
    }
    prepare_close(vm, pc, registers, constants) {
        let state = register!(registers, pc, b);
        let frame = register!(registers, pc, a);
        *frame = Value::UNDEFINED;
        if !(*state.add(2)).is_true() {
            *state.add(2) = Value::TRUE;
            *frame.add(FRAME - 1) = *state;
            let key = vm.memory.keys().return_;
            *frame = vm.get_method(*state, key)?.unwrap_or(Value::UNDEFINED);
        }
        Ok(())
    }
    check_iterator_result(vm, pc, registers, constants) {
        let value = *register!(registers, pc, a);
        if as_object(value).is_none() {
            let text = vm.display(value);
            return Err(vm.throw_type_error(&format!("{text} is not an object")));
        }
        Ok(())
    }
    append_iterable(vm, pc, registers, constants) {
        let array: Gc<Array> = (*register!(registers, pc, a)).cell_unchecked();
        vm.append_iterable(array, *register!(registers, pc, b), operand!(pc, x) != 0)
    }
    step_delegate(vm, pc, registers, constants) {
        let (state, value) = (register!(registers, pc, b), register!(registers, pc, c));
        let is_to_go_on = Told::of(*state.add(3)) == Told::Next;
        *register!(registers, pc, a) = match (*state).downcast() {
            Some(generator) if is_to_go_on && vm.is_own_iterator(*state, *state.add(1)) => {
                match vm.advance(generator, *value)? {
                    Advance::Yielded(yielded) => {
                        *value = yielded;
                        Value::FALSE
                    }
                    Advance::Returned(returned) => {
                        *value = returned;
                        Value::TRUE
                    }
                    Advance::Result(result) => {
                        *value = result;
                        Value::NULL
                    }
                }
            }
            _ => Value::UNDEFINED,
        };
        Ok(())
    }
    prepare_delegate(vm, pc, registers, constants) {
        let state = register!(registers, pc, b);
        let frame = register!(registers, pc, a);
        let told = Told::of(*register!(registers, pc, c));
        *frame.add(FRAME - 1) = *state;
        *frame = match told {
            Told::Next => *state.add(1),
            Told::Throw => {
                let key = vm.memory.keys().throw;
                vm.get_method(*state, key)?.unwrap_or(Value::EMPTY)
            }
            Told::Return => {
                let key = vm.memory.keys().return_;
                vm.get_method(*state, key)?.unwrap_or(Value::EMPTY)
            }
        };
        Ok(())
    }
    is_iterator_done(vm, pc, registers, constants) {
        let result = *register!(registers, pc, b);
        let Some(object) = as_object(result) else {
            let text = vm.display(result);
            return Err(vm.throw_type_error(&format!("Iterator result {text} is not an object")));
        };
        let key = vm.memory.keys().done;
        let done = vm.get(object, key)?;
        *register!(registers, pc, a) = Value::bool(crate::operators::to_boolean(done));
        Ok(())
    }
    throw_no_throw_method(vm, _pc, _registers, _constants) {
        Err(vm.throw_type_error("The iterator does not provide a 'throw' method."))
    }
}
