//! Comparison and logic.

use super::control::plain_truth;
use crate::heap::Header;
use crate::kinds;
use crate::object::EXOTIC;
use crate::operators::{self, Comparison};
use crate::string::INTERNED;
use crate::value::Value;
use crate::vm::dispatch::go;
use crate::vm::unwinding::unwind;

/// The second operand of a comparison that jumps: a register.
#[inline(always)]
unsafe fn register_b(pc: *const u64, registers: *mut Value) -> Value {
    // SAFETY: It is an operand of the instruction.
    unsafe { *register!(registers, pc, b) }
}

/// The second operand of a comparison that jumps: a small integer.
#[inline(always)]
unsafe fn int_b(pc: *const u64, _: *mut Value) -> Value {
    // SAFETY: As above.
    Value::int(i32::from(unsafe { pc.cast::<i16>().add(2).read() }))
}

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
    ($($name:ident, $jump:ident, $jump_not:ident, $slow:ident, $slow_jump:ident, $slow_jump_not:ident,
        $jump_int:ident, $jump_not_int:ident, $slow_jump_int:ident, $slow_jump_not_int:ident:
        $operator:tt, $comparison:ident;)*) => {
        $(
            handler! {
                $name(pc, registers, constants, vm) {
                    let lhs = *register!(registers, pc, b);
                    let rhs = *register!(registers, pc, c);
                    if let Some(result) = compare_numbers!(lhs, $operator, rhs) {
                        *register!(registers, pc, a) = Value::bool(result);
                        go!(pc.add(1), registers, constants, vm)
                    }
                    $slow(pc, registers, constants, vm)
                }
            }

            slow_handler! {
                $slow(pc, registers, constants, vm) {
                    let (lhs, rhs) = (*register!(registers, pc, b), *register!(registers, pc, c));
                    (*vm).leave(pc, registers, constants);
                    match operators::compare(&mut *vm, Comparison::$comparison, lhs, rhs) {
                        Ok(result) => {
                            *register!(registers, pc, a) = Value::bool(result);
                            go!(pc.add(1), registers, constants, vm)
                        }
                        Err(_) => unwind(pc, registers, constants, vm),
                    }
                }
            }

            comparison! { @jump register_b, $jump, $slow_jump: $operator, $comparison, true }
            comparison! { @jump register_b, $jump_not, $slow_jump_not: $operator, $comparison, false }
            comparison! { @jump int_b, $jump_int, $slow_jump_int: $operator, $comparison, true }
            comparison! { @jump int_b, $jump_not_int, $slow_jump_not_int: $operator, $comparison, false }
        )*
    };
    (@jump $rhs:ident, $name:ident, $slow:ident: $operator:tt, $comparison:ident, $when:literal) => {
        handler! {
            $name(pc, registers, constants, vm) {
                let lhs = *register!(registers, pc, a);
                let rhs = $rhs(pc, registers);
                if let Some(result) = compare_numbers!(lhs, $operator, rhs) {
                    let distance = if result == $when { operand!(pc, int) as isize } else { 0 };
                    go!(pc.offset(1 + distance), registers, constants, vm)
                }
                $slow(pc, registers, constants, vm)
            }
        }

        slow_handler! {
            $slow(pc, registers, constants, vm) {
                let (lhs, rhs) = (*register!(registers, pc, a), $rhs(pc, registers));
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
    less, jump_if_less, jump_if_not_less, slow_less, slow_jump_if_less, slow_jump_if_not_less,
        jump_if_less_int, jump_if_not_less_int, slow_jump_if_less_int,
        slow_jump_if_not_less_int: <, Less;
    less_equal, jump_if_less_equal, jump_if_not_less_equal, slow_less_equal,
        slow_jump_if_less_equal, slow_jump_if_not_less_equal, jump_if_less_equal_int,
        jump_if_not_less_equal_int, slow_jump_if_less_equal_int,
        slow_jump_if_not_less_equal_int: <=, LessEqual;
    greater, jump_if_greater, jump_if_not_greater, slow_greater, slow_jump_if_greater,
        slow_jump_if_not_greater, jump_if_greater_int, jump_if_not_greater_int,
        slow_jump_if_greater_int, slow_jump_if_not_greater_int: >, Greater;
    greater_equal, jump_if_greater_equal, jump_if_not_greater_equal, slow_greater_equal,
        slow_jump_if_greater_equal, slow_jump_if_not_greater_equal, jump_if_greater_equal_int,
        jump_if_not_greater_equal_int, slow_jump_if_greater_equal_int,
        slow_jump_if_not_greater_equal_int: >=, GreaterEqual;
}

/// Whether two values are strictly equal, where their words and kinds tell.
#[inline(always)]
fn plainly_equal(lhs: Value, rhs: Value) -> Option<bool> {
    if lhs.both_int(rhs) {
        return Some(lhs.bits() == rhs.bits());
    }
    if lhs.is_cell() && rhs.is_cell() {
        let is_equal = lhs.bits() == rhs.bits();
        // SAFETY: A cell has a header.
        let (one, other) =
            unsafe { (lhs.cell_unchecked::<Header>(), rhs.cell_unchecked::<Header>()) };
        // Of two strings that are keys, neither has the other's units.
        let are_names = one.kind() == kinds::STRING
            && other.kind() == kinds::STRING
            && one.flag(INTERNED)
            && other.flag(INTERNED);
        let is_known = is_equal || are_names || one.kind() >= kinds::FIRST_OBJECT;
        return is_known.then_some(is_equal);
    }
    match (lhs.as_number(), rhs.as_number()) {
        (Some(lhs), Some(rhs)) => Some(lhs == rhs),
        _ => Some(lhs.bits() == rhs.bits()),
    }
}

/// Whether two values are loosely equal, where their words and kinds tell.
#[inline(always)]
fn plainly_loosely_equal(lhs: Value, rhs: Value) -> Option<bool> {
    if lhs.is_nullish() || rhs.is_nullish() {
        let other = if rhs.is_nullish() { lhs } else { rhs };
        // What an exotic object says of itself is its own business.
        // SAFETY: A cell has a header.
        let is_exotic = other.is_cell() && unsafe { other.cell_unchecked::<Header>() }.flag(EXOTIC);
        return (!is_exotic).then_some(lhs.is_nullish() && rhs.is_nullish());
    }
    if lhs.is_number() && rhs.is_number() || lhs.bits() == rhs.bits() {
        return plainly_equal(lhs, rhs);
    }
    None
}

/// Handlers of an equality: one that gives a boolean, and one that jumps.
macro_rules! equality {
    ($($name:ident, $slow:ident, $jump:ident, $slow_jump:ident:
        $plainly:ident, $comparison:ident, $when:literal;)*) => {
        $(
            handler! {
                $name(pc, registers, constants, vm) {
                    let lhs = *register!(registers, pc, b);
                    let rhs = *register!(registers, pc, c);
                    if let Some(equal) = $plainly(lhs, rhs) {
                        *register!(registers, pc, a) = Value::bool(equal == $when);
                        go!(pc.add(1), registers, constants, vm)
                    }
                    $slow(pc, registers, constants, vm)
                }
            }

            handler! {
                #[inline(never)]
                $slow(pc, registers, constants, vm) {
                    let (lhs, rhs) = (*register!(registers, pc, b), *register!(registers, pc, c));
                    (*vm).leave(pc, registers, constants);
                    match operators::compare(&mut *vm, Comparison::$comparison, lhs, rhs) {
                        Ok(equal) => {
                            *register!(registers, pc, a) = Value::bool(equal == $when);
                            go!(pc.add(1), registers, constants, vm)
                        }
                        Err(_) => unwind(pc, registers, constants, vm),
                    }
                }
            }

            equality! { @jump register_b, $jump, $slow_jump: $plainly, $comparison, $when }
        )*
    };
    (@jump $rhs:ident, $name:ident, $slow:ident: $plainly:ident, $comparison:ident, $when:literal) => {
        handler! {
            $name(pc, registers, constants, vm) {
                let lhs = *register!(registers, pc, a);
                if let Some(equal) = $plainly(lhs, $rhs(pc, registers)) {
                    let distance = if equal == $when { operand!(pc, int) as isize } else { 0 };
                    go!(pc.offset(1 + distance), registers, constants, vm)
                }
                $slow(pc, registers, constants, vm)
            }
        }

        handler! {
            #[inline(never)]
            $slow(pc, registers, constants, vm) {
                let (lhs, rhs) = (*register!(registers, pc, a), $rhs(pc, registers));
                (*vm).leave(pc, registers, constants);
                match operators::compare(&mut *vm, Comparison::$comparison, lhs, rhs) {
                    Ok(equal) => {
                        let distance = if equal == $when { operand!(pc, int) as isize } else { 0 };
                        go!(pc.offset(1 + distance), registers, constants, vm)
                    }
                    Err(_) => unwind(pc, registers, constants, vm),
                }
            }
        }
    };
}

equality! {
    strict_equal, slow_strict_equal, jump_if_strict_equal, slow_jump_if_strict_equal:
        plainly_equal, StrictEqual, true;
    strict_not_equal, slow_strict_not_equal, jump_if_not_strict_equal,
        slow_jump_if_not_strict_equal: plainly_equal, StrictEqual, false;
    equal, slow_equal, jump_if_equal, slow_jump_if_equal: plainly_loosely_equal, Equal, true;
    not_equal, slow_not_equal, jump_if_not_equal, slow_jump_if_not_equal:
        plainly_loosely_equal, Equal, false;
}

equality! {
    @jump int_b, jump_if_strict_equal_int, slow_jump_if_strict_equal_int:
        plainly_equal, StrictEqual, true
}

equality! {
    @jump int_b, jump_if_not_strict_equal_int, slow_jump_if_not_strict_equal_int:
        plainly_equal, StrictEqual, false
}

handler! {
    not(pc, registers, constants, vm) {
        let value = *register!(registers, pc, b);
        if let Some(truth) = plain_truth(value) {
            *register!(registers, pc, a) = Value::bool(!truth);
            go!(pc.add(1), registers, constants, vm)
        }
        slow_not(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    slow_not(pc, registers, constants, vm) {
        let truth = operators::to_boolean(*register!(registers, pc, b));
        *register!(registers, pc, a) = Value::bool(!truth);
        go!(pc.add(1), registers, constants, vm)
    }
}
