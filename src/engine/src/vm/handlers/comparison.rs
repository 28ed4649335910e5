//! Comparison and logic.

use crate::operators::{self, Comparison};
use crate::value::Value;
use crate::vm::dispatch::go;
use crate::vm::unwinding::unwind;

/// Compares two values that are numbers; none if they are not.
macro_rules! compare_numbers {
    ($lhs:expr, $operator:tt, $rhs:expr) => {
        if $lhs.both_int($rhs) {
            Some($lhs.int_unchecked() $operator $rhs.int_unchecked())
        } else if let (Some(lhs), Some(rhs)) = ($lhs.as_number(), $rhs.as_number()) {
            Some(lhs $operator rhs)
        } else {
            None
        }
    };
}

/// Handlers of a comparison: one that gives a boolean, and two that jump.
macro_rules! comparison {
    ($($name:ident, $jump:ident, $jump_not:ident, $slow:ident, $slow_jump:ident, $slow_jump_not:ident:
        $operator:tt, $comparison:ident;)*) => {
        $(
            handler! {
                $name(pc, registers, constants, vm) {
                    let lhs = *registers.add(operand!(pc, b));
                    let rhs = *registers.add(operand!(pc, c));
                    if let Some(result) = compare_numbers!(lhs, $operator, rhs) {
                        *registers.add(operand!(pc, a)) = Value::bool(result);
                        go!(pc.add(1), registers, constants, vm)
                    }
                    $slow(pc, registers, constants, vm)
                }
            }

            slow_handler! {
                $slow(pc, registers, constants, vm) {
                    let (lhs, rhs) = (*registers.add(operand!(pc, b)), *registers.add(operand!(pc, c)));
                    (*vm).leave(pc, registers, constants);
                    match operators::compare(&mut *vm, Comparison::$comparison, lhs, rhs) {
                        Ok(result) => {
                            *registers.add(operand!(pc, a)) = Value::bool(result);
                            go!(pc.add(1), registers, constants, vm)
                        }
                        Err(_) => unwind(pc, registers, constants, vm),
                    }
                }
            }

            comparison! { @jump $jump, $slow_jump: $operator, $comparison, true }
            comparison! { @jump $jump_not, $slow_jump_not: $operator, $comparison, false }
        )*
    };
    (@jump $name:ident, $slow:ident: $operator:tt, $comparison:ident, $when:literal) => {
        handler! {
            $name(pc, registers, constants, vm) {
                let lhs = *registers.add(operand!(pc, a));
                let rhs = *registers.add(operand!(pc, b));
                if let Some(result) = compare_numbers!(lhs, $operator, rhs) {
                    let distance = if result == $when { operand!(pc, int) as isize } else { 0 };
                    go!(pc.offset(1 + distance), registers, constants, vm)
                }
                $slow(pc, registers, constants, vm)
            }
        }

        slow_handler! {
            $slow(pc, registers, constants, vm) {
                let (lhs, rhs) = (*registers.add(operand!(pc, a)), *registers.add(operand!(pc, b)));
                (*vm).leave(pc, registers, constants);
                match operators::compare(&mut *vm, Comparison::$comparison, lhs, rhs) {
                    Ok(result) => {
                        let distance = if result == $when { operand!(pc, int) as isize } else { 0 };
                        go!(pc.offset(1 + distance), registers, constants, vm)
                    }
                    Err(_) => unwind(pc, registers, constants, vm),
                }
            }
        }
    };
}

comparison! {
    less, jump_if_less, jump_if_not_less, slow_less, slow_jump_if_less, slow_jump_if_not_less:
        <, Less;
    less_equal, jump_if_less_equal, jump_if_not_less_equal, slow_less_equal,
        slow_jump_if_less_equal, slow_jump_if_not_less_equal: <=, LessEqual;
    greater, jump_if_greater, jump_if_not_greater, slow_greater, slow_jump_if_greater,
        slow_jump_if_not_greater: >, Greater;
    greater_equal, jump_if_greater_equal, jump_if_not_greater_equal, slow_greater_equal,
        slow_jump_if_greater_equal, slow_jump_if_not_greater_equal: >=, GreaterEqual;
    strict_equal, jump_if_strict_equal, jump_if_not_strict_equal, slow_strict_equal,
        slow_jump_if_strict_equal, slow_jump_if_not_strict_equal: ==, StrictEqual;
    equal, jump_if_equal, jump_if_not_equal, slow_equal, slow_jump_if_equal,
        slow_jump_if_not_equal: ==, Equal;
}

/// Handlers of comparisons that give the opposite.
macro_rules! negated {
    ($($name:ident, $slow:ident: $operator:tt, $comparison:ident;)*) => {
        $(
            handler! {
                $name(pc, registers, constants, vm) {
                    let lhs = *registers.add(operand!(pc, b));
                    let rhs = *registers.add(operand!(pc, c));
                    if let Some(result) = compare_numbers!(lhs, $operator, rhs) {
                        *registers.add(operand!(pc, a)) = Value::bool(result);
                        go!(pc.add(1), registers, constants, vm)
                    }
                    $slow(pc, registers, constants, vm)
                }
            }

            slow_handler! {
                $slow(pc, registers, constants, vm) {
                    let (lhs, rhs) = (*registers.add(operand!(pc, b)), *registers.add(operand!(pc, c)));
                    (*vm).leave(pc, registers, constants);
                    match operators::compare(&mut *vm, Comparison::$comparison, lhs, rhs) {
                        Ok(result) => {
                            *registers.add(operand!(pc, a)) = Value::bool(!result);
                            go!(pc.add(1), registers, constants, vm)
                        }
                        Err(_) => unwind(pc, registers, constants, vm),
                    }
                }
            }
        )*
    };
}

negated! {
    strict_not_equal, slow_strict_not_equal: !=, StrictEqual;
    not_equal, slow_not_equal: !=, Equal;
}

handler! {
    not(pc, registers, constants, vm) {
        let value = *registers.add(operand!(pc, b));
        let truth = if value.is_bool() { value.is_true() } else { operators::to_boolean(value) };
        *registers.add(operand!(pc, a)) = Value::bool(!truth);
        go!(pc.add(1), registers, constants, vm)
    }
}
