//! Jumps, calls, and what ends a run.

use crate::heap::{Gc, Header};
use crate::kinds;
use crate::object::Array;
use crate::value::Value;
use crate::vm::dispatch::{HALTED, go};
use crate::vm::{calls, resources};

handler! {
    jump(pc, registers, constants, vm) {
        go!(pc.offset(1 + operand!(pc, wide) as isize), registers, constants, vm)
    }
}

/// The truth of a value that is none of the most common ones needs a look at it.
macro_rules! jump_if {
    ($($name:ident, |$value:ident| $condition:expr;)*) => {
        $(handler! {
            $name(pc, registers, constants, vm) {
                let $value = *register!(registers, pc, a);
                let distance = if $condition { operand!(pc, wide) as isize } else { 0 };
                go!(pc.offset(1 + distance), registers, constants, vm)
            }
        })*
    };
}

jump_if! {
    jump_if_nullish, |value| value.is_nullish();
    jump_if_not_nullish, |value| !value.is_nullish();
    jump_if_null, |value| value.is_null();
    jump_if_not_null, |value| !value.is_null();
    jump_if_undefined, |value| value.is_undefined();
    jump_if_not_undefined, |value| !value.is_undefined();
    jump_if_empty, |value| value.is_empty();
}

/// Whether a value is true, where that takes no more than a look at its kind.
#[inline(always)]
pub(super) fn plain_truth(value: Value) -> Option<bool> {
    if value.is_bool() {
        return Some(value.is_true());
    }
    if value.is_int() {
        return Some(value.int_unchecked() != 0);
    }
    if value.is_nullish() {
        return Some(false);
    }
    // SAFETY: A cell has a header.
    let is_object =
        value.is_cell() && unsafe { value.cell_unchecked::<Header>() }.kind() > kinds::UNDETECTABLE;
    is_object.then_some(true)
}

/// A handler of a jump that depends on the truth of a value.
macro_rules! jump_by_truth {
    ($name:ident, $slow:ident, $when:literal) => {
        handler! {
            $name(pc, registers, constants, vm) {
                let value = *register!(registers, pc, a);
                if let Some(truth) = plain_truth(value) {
                    let distance = if truth == $when { operand!(pc, wide) as isize } else { 0 };
                    go!(pc.offset(1 + distance), registers, constants, vm)
                }
                $slow(pc, registers, constants, vm)
            }
        }

        handler! {
            #[inline(never)]
            $slow(pc, registers, constants, vm) {
                let truth = crate::operators::to_boolean(*register!(registers, pc, a));
                let distance = if truth == $when { operand!(pc, wide) as isize } else { 0 };
                go!(pc.offset(1 + distance), registers, constants, vm)
            }
        }
    };
}

jump_by_truth!(jump_if_true, slow_jump_if_true, true);
jump_by_truth!(jump_if_false, slow_jump_if_false, false);

handler! {
    call(pc, registers, constants, vm) {
        calls::call_instruction(pc, registers, constants, vm)
    }
}

handler! {
    new(pc, registers, constants, vm) {
        let frame = register!(registers, pc, a);
        *frame.add(calls::FRAME - 1) = *frame;
        calls::construct_instruction(pc, registers, constants, vm)
    }
}

handler! {
    return_value(pc, registers, _constants, vm) {
        calls::return_instruction(*register!(registers, pc, a), registers, vm)
    }
}

handler! {
    return_undefined(_pc, registers, _constants, vm) {
        calls::return_instruction(Value::UNDEFINED, registers, vm)
    }
}

slow_handler! {
    throw(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let _ = (*vm).throw(*register!(registers, pc, a));
        crate::vm::unwinding::unwind(pc, registers, constants, vm)
    }
}

slow_handler! {
    rethrow(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let _ = (*vm).throw_on(*register!(registers, pc, a));
        crate::vm::unwinding::unwind(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    new_function(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let code = Value::from_bits(constants.add(operand!(pc, c)).read());
        let environment = *register!(registers, pc, b);
        let environment = environment.is_cell().then(|| environment.cell_unchecked());
        let function = (*vm).new_function(code.cell_unchecked(), environment);
        *register!(registers, pc, a) = Value::cell(function);
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    halt(_pc, _registers, _constants, _vm) {
        HALTED
    }
}

slow_operation! {
    new_function_of(vm, pc, registers, _constants) {
        let code = *register!(registers, pc, c);
        let environment = *register!(registers, pc, b);
        let environment = environment.is_cell().then(|| environment.cell_unchecked());
        let function = vm.new_function(code.cell_unchecked(), environment);
        *register!(registers, pc, a) = Value::cell(function);
        Ok(())
    }
    new_arguments(vm, pc, registers, constants) {
        let list: Gc<Array> = (*register!(registers, pc, b)).cell_unchecked();
        let callee = (operand!(pc, x) != 0).then(|| *registers.sub(calls::FRAME));
        let arguments = vm.new_arguments(list, callee);
        *register!(registers, pc, a) = Value::cell(arguments);
        Ok(())
    }
    new_mapped_arguments(vm, pc, registers, constants) {
        let list: Gc<Array> = (*register!(registers, pc, b)).cell_unchecked();
        let environment = (*register!(registers, pc, c)).cell_unchecked();
        let arguments = vm.new_mapped_arguments(list, calls::callee(registers), environment);
        *register!(registers, pc, a) = Value::cell(arguments);
        Ok(())
    }
    import_call(vm, pc, registers, constants) {
        let source = std::rc::Rc::clone(&calls::callee(registers).code.source);
        let (specifier, options) = (*register!(registers, pc, b), *register!(registers, pc, c));
        let promise = vm.import_call(source.name(), specifier, options);
        *register!(registers, pc, a) = Value::cell(promise);
        Ok(())
    }
    get_import_meta(vm, pc, registers, constants) {
        let meta = vm.import_meta((*register!(registers, pc, b)).cell_unchecked())?;
        *register!(registers, pc, a) = Value::cell(meta);
        Ok(())
    }
    add_resource(vm, pc, registers, constants) {
        let list: Gc<Array> = (*register!(registers, pc, a)).cell_unchecked();
        vm.add_resource(list, *register!(registers, pc, b), operand!(pc, x) != 0)
    }
    suppress_error(vm, pc, registers, constants) {
        let how = register!(registers, pc, a);
        let value = register!(registers, pc, b);
        let error = *register!(registers, pc, c);
        let has_thrown = *how == Value::int(crate::compiler::EXCEPTION);
        *value = if has_thrown { vm.new_suppressed_error(error, *value) } else { error };
        *how = Value::int(crate::compiler::EXCEPTION);
        Ok(())
    }
    get_template_object(vm, pc, registers, constants) {
        let texts = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
        let object = vm.template_object(texts.cell_unchecked());
        *register!(registers, pc, a) = Value::cell(object);
        Ok(())
    }
}

handler! {
    #[inline(never)]
    direct_eval(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let callee = *register!(registers, pc, b);
        if !(*vm).is_eval(callee) {
            // Past the scope comes the call.
            go!(pc.add(2), registers, constants, vm)
        }
        let site = pc.add(1).cast::<i32>().add(1).read() as usize;
        let environment = *register!(registers, pc, c);
        let environment = environment.is_cell().then(|| environment.cell_unchecked());
        let has_argument = operand!(pc, x) != 0;
        let argument = *registers.add(operand!(pc, b) + calls::FRAME);
        let argument = if has_argument { argument } else { Value::UNDEFINED };
        let code = calls::callee(registers).code;
        match (*vm).direct_eval(argument, &code.eval_sites[site], environment, *registers.sub(1)) {
            Ok(value) => {
                *register!(registers, pc, a) = value;
                go!(pc.add(3), registers, constants, vm)
            }
            Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    next_resource(pc, registers, constants, vm) {
        let state = register!(registers, pc, b);
        let frame = register!(registers, pc, a);
        let [value, method, is_async] = resources::next_resource((*state).cell_unchecked());
        *frame = method;
        *frame.add(calls::FRAME - 1) = value;
        *state.add(1) = is_async;
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    eval_scope(pc, registers, constants, vm) {
        go!(pc.add(1), registers, constants, vm)
    }
}
