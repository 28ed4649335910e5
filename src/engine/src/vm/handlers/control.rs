//! Jumps, calls, and what ends a run.

use crate::bytecode::Op;
use crate::value::Value;
use crate::vm::calls;
use crate::vm::dispatch::{HALTED, go};

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
                let $value = *registers.add(operand!(pc, a));
                let distance = if $condition { operand!(pc, wide) as isize } else { 0 };
                go!(pc.offset(1 + distance), registers, constants, vm)
            }
        })*
    };
}

jump_if! {
    jump_if_nullish, |value| value.is_nullish();
    jump_if_not_nullish, |value| !value.is_nullish();
    jump_if_undefined, |value| value.is_undefined();
    jump_if_not_undefined, |value| !value.is_undefined();
    jump_if_empty, |value| value.is_empty();
}

/// A handler of a jump that depends on the truth of a value.
macro_rules! jump_by_truth {
    ($name:ident, $slow:ident, $when:literal) => {
        handler! {
            $name(pc, registers, constants, vm) {
                let value = *registers.add(operand!(pc, a));
                if value.is_bool() {
                    let distance = if value.is_true() == $when { operand!(pc, wide) as isize } else { 0 };
                    go!(pc.offset(1 + distance), registers, constants, vm)
                }
                $slow(pc, registers, constants, vm)
            }
        }

        handler! {
            #[inline(never)]
            $slow(pc, registers, constants, vm) {
                let truth = crate::operators::to_boolean(*registers.add(operand!(pc, a)));
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
        calls::call_instruction(operand!(pc, a), operand!(pc, b), pc, registers, constants, vm)
    }
}

handler! {
    return_value(pc, registers, _constants, vm) {
        calls::return_instruction(*registers.add(operand!(pc, a)), registers, vm)
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
        let _ = (*vm).throw(*registers.add(operand!(pc, a)));
        crate::vm::unwinding::unwind(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    new_function(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let code = Value::from_bits(constants.add(operand!(pc, c)).read());
        let environment = *registers.add(operand!(pc, b));
        let environment = environment.is_cell().then(|| environment.cell_unchecked());
        let function = (*vm).new_function(code.cell_unchecked(), environment);
        *registers.add(operand!(pc, a)) = Value::cell(function);
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    halt(_pc, _registers, _constants, _vm) {
        HALTED
    }
}

slow_handler! {
    not_built(pc, registers, constants, vm) {
        let op = Op::ALL[usize::from(pc.cast::<u8>().read())];
        (*vm).leave(pc, registers, constants);
        let _ = (*vm).throw_error(&format!("the instruction {} is not built yet", op.name()));
        crate::vm::unwinding::unwind(pc, registers, constants, vm)
    }
}
