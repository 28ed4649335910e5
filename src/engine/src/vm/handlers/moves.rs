//! Constants and moves.

use crate::value::Value;
use crate::vm::dispatch::go;

/// A handler that loads one and the same value.
macro_rules! load {
    ($($name:ident => $value:expr;)*) => {
        $(handler! {
            $name(pc, registers, constants, vm) {
                *register!(registers, pc, a) = $value;
                go!(pc.add(1), registers, constants, vm)
            }
        })*
    };
}

load! {
    load_undefined => Value::UNDEFINED;
    load_null => Value::NULL;
    load_true => Value::TRUE;
    load_false => Value::FALSE;
    load_empty => Value::EMPTY;
}

handler! {
    load_constant(pc, registers, constants, vm) {
        let constant = constants.add(operand!(pc, wide) as usize).read();
        *register!(registers, pc, a) = Value::from_bits(constant);
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    load_int(pc, registers, constants, vm) {
        *register!(registers, pc, a) = Value::int(operand!(pc, wide));
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    move_register(pc, registers, constants, vm) {
        *register!(registers, pc, a) = *register!(registers, pc, b);
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    load_this(pc, registers, constants, vm) {
        *register!(registers, pc, a) = *registers.sub(1);
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    load_callee(pc, registers, constants, vm) {
        *register!(registers, pc, a) = *registers.sub(crate::vm::calls::FRAME);
        go!(pc.add(1), registers, constants, vm)
    }
}
