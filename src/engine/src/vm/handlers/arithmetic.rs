//! Arithmetic: integers, then doubles, then everything else.

use crate::operators::{self, Arithmetic};
use crate::value::Value;
use crate::vm::dispatch::go;

/// Both operands as doubles, if both are numbers.
#[inline(always)]
fn doubles(lhs: Value, rhs: Value) -> Option<(f64, f64)> {
    Some((lhs.as_number()?, rhs.as_number()?))
}

/// The result for two doubles, or a double and a small integer, right where the one for
/// integers is.
macro_rules! at_once {
    (apart, $right:ident, $doubles:expr, $lhs:ident, $rhs:ident) => {
        None::<Value>
    };
    (here, register, $doubles:expr, $lhs:ident, $rhs:ident) => {
        match ($lhs.as_double(), $rhs.as_double()) {
            (Some(lhs), Some(rhs)) => $doubles(lhs, rhs),
            _ => None,
        }
    };
    (here, int, $doubles:expr, $lhs:ident, $rhs:ident) => {
        match $lhs.as_double() {
            Some(lhs) => $doubles(lhs, f64::from($rhs.int_unchecked())),
            None => None,
        }
    };
}

/// The right operand: a register, or a small integer.
macro_rules! right {
    (register, $pc:ident, $registers:ident) => {
        *register!($registers, $pc, c)
    };
    (int, $pc:ident, $registers:ident) => {
        Value::int(operand!($pc, int))
    };
}

/// Handlers of an operator: for integers and doubles, for numbers of all sorts, and for
/// the rest. `$ints` gives an integer if the result of two is one, `$doubles` a number if
/// there is a quick way to it.
///
/// What wants more registers than need no saving is apart: the others would pay for the
/// saving, too.
macro_rules! arithmetic_handlers {
    ($right:ident, $name:ident, $on_numbers:ident, $slow:ident:
        $ints:expr, $place:ident, $doubles:expr, $operator:ident) => {
        handler! {
            $name(pc, registers, constants, vm) {
                let lhs = *register!(registers, pc, b);
                let rhs = right!($right, pc, registers);
                if lhs.both_int(rhs)
                    && let Some(result) = $ints(lhs.int_unchecked(), rhs.int_unchecked())
                {
                    *register!(registers, pc, a) = Value::int(result);
                    go!(pc.add(1), registers, constants, vm)
                }
                if let Some(result) = at_once!($place, $right, $doubles, lhs, rhs) {
                    *register!(registers, pc, a) = result;
                    go!(pc.add(1), registers, constants, vm)
                }
                $on_numbers(pc, registers, constants, vm)
            }
        }

        handler! {
            #[inline(never)]
            $on_numbers(pc, registers, constants, vm) {
                let lhs = *register!(registers, pc, b);
                let rhs = right!($right, pc, registers);
                if let Some((lhs, rhs)) = doubles(lhs, rhs)
                    && let Some(result) = $doubles(lhs, rhs)
                {
                    *register!(registers, pc, a) = result;
                    go!(pc.add(1), registers, constants, vm)
                }
                $slow(pc, registers, constants, vm)
            }
        }

        slow_handler! {
            $slow(pc, registers, constants, vm) {
                let lhs = *register!(registers, pc, b);
                let rhs = right!($right, pc, registers);
                (*vm).leave(pc, registers, constants);
                match operators::arithmetic(&mut *vm, Arithmetic::$operator, lhs, rhs) {
                    Ok(result) => {
                        *register!(registers, pc, a) = result;
                        go!(pc.add(1), registers, constants, vm)
                    }
                    Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
                }
            }
        }
    };
}

/// [`arithmetic_handlers`] for two registers, and for a register and a small integer; two
/// words say where the work on doubles is done, in the one case and in the other.
macro_rules! arithmetic {
    ($($name:ident $on_numbers:ident $slow:ident, $name_int:ident $on_numbers_int:ident
        $slow_int:ident: $ints:expr, ($place:ident, $place_int:ident) $doubles:expr,
        $operator:ident;)*) => {
        $(
            arithmetic_handlers! {
                register, $name, $on_numbers, $slow: $ints, $place, $doubles, $operator
            }
            arithmetic_handlers! {
                int, $name_int, $on_numbers_int, $slow_int: $ints, $place_int, $doubles, $operator
            }
        )*
    };
}

/// The product of two integers, if it is one: −0 is none.
#[inline(always)]
fn multiply_ints(lhs: i32, rhs: i32) -> Option<i32> {
    lhs.checked_mul(rhs).filter(|product| *product != 0 || (lhs | rhs) >= 0)
}

/// The remainder of two integers, if it is one: −0 is none.
#[inline(always)]
fn remainder_ints(lhs: i32, rhs: i32) -> Option<i32> {
    if lhs >= 0 && rhs > 0 { Some(lhs % rhs) } else { None }
}

/// The remainder of two doubles that are integers, with which there is no need for
/// `fmod`.
#[inline(always)]
fn quick_remainder(lhs: f64, rhs: f64) -> Option<Value> {
    let (lhs_int, rhs_int) = (lhs as i64, rhs as i64);
    let is_small = |int: i64, double: f64| int as f64 == double && int.unsigned_abs() < 1 << 53;
    if lhs_int >= 0 && rhs_int > 0 && is_small(lhs_int, lhs) && is_small(rhs_int, rhs) {
        // −0 is an integer too, and no zero of integers.
        if lhs_int == 0 && lhs.is_sign_negative() {
            None
        } else {
            Some(Value::number((lhs_int % rhs_int) as f64))
        }
    } else {
        None
    }
}

/// An operation on two doubles as integers of 32 bits. The conversion to 64 bits stops
/// at its limits, but within them its low half is what is wanted, for NaN as well.
#[inline(always)]
fn bits<T: Into<Value>>(operation: impl Fn(i32, i32) -> T) -> impl Fn(f64, f64) -> Option<Value> {
    move |lhs, rhs| {
        let (lhs, rhs) = (lhs as i64, rhs as i64);
        let is_limit = |int: i64| int == i64::MIN || int == i64::MAX;
        if is_limit(lhs) || is_limit(rhs) {
            None
        } else {
            Some(operation(lhs as i32, rhs as i32).into())
        }
    }
}

arithmetic! {
    add add_numbers slow_add, add_int add_numbers_int slow_add_int:
        i32::checked_add,
        (here, here) |a: f64, b| Some(Value::computed(a + b)), Add;
    subtract subtract_numbers slow_subtract, subtract_int subtract_numbers_int slow_subtract_int:
        i32::checked_sub,
        (here, here) |a: f64, b| Some(Value::computed(a - b)), Subtract;
    multiply multiply_numbers slow_multiply, multiply_int multiply_numbers_int slow_multiply_int:
        multiply_ints,
        (here, here) |a: f64, b| Some(Value::computed(a * b)), Multiply;
    divide divide_numbers slow_divide, divide_int divide_numbers_int slow_divide_int:
        |_, _| None,
        (here, here) |a: f64, b| Some(Value::number(a / b)), Divide;
    remainder remainder_numbers slow_remainder, remainder_int remainder_numbers_int slow_remainder_int:
        remainder_ints,
        (apart, apart) quick_remainder, Remainder;
    bit_and bit_and_numbers slow_bit_and, bit_and_int bit_and_numbers_int slow_bit_and_int:
        |a: i32, b: i32| Some(a & b),
        (apart, apart) bits(|a, b| a & b), BitAnd;
    bit_or bit_or_numbers slow_bit_or, bit_or_int bit_or_numbers_int slow_bit_or_int:
        |a: i32, b: i32| Some(a | b),
        (apart, apart) bits(|a, b| a | b), BitOr;
    bit_xor bit_xor_numbers slow_bit_xor, bit_xor_int bit_xor_numbers_int slow_bit_xor_int:
        |a: i32, b: i32| Some(a ^ b),
        (apart, apart) bits(|a, b| a ^ b), BitXor;
    shift_left shift_left_numbers slow_shift_left, shift_left_int shift_left_numbers_int slow_shift_left_int:
        |a: i32, b: i32| Some(a << (b & 31)),
        (apart, apart) bits(|a, b| a << (b & 31)), ShiftLeft;
    shift_right shift_right_numbers slow_shift_right, shift_right_int shift_right_numbers_int slow_shift_right_int:
        |a: i32, b: i32| Some(a >> (b & 31)),
        (apart, apart) bits(|a, b| a >> (b & 31)), ShiftRight;
    shift_right_unsigned shift_right_unsigned_numbers slow_shift_right_unsigned, shift_right_unsigned_int shift_right_unsigned_numbers_int slow_shift_right_unsigned_int:
        |a: i32, b: i32| i32::try_from(a as u32 >> (b & 31)).ok(),
        (apart, apart) bits(|a, b| a as u32 >> (b & 31)), ShiftRightUnsigned;
}

handler! {
    increment(pc, registers, constants, vm) {
        let value = *register!(registers, pc, b);
        if value.is_int()
            && let Some(result) = value.int_unchecked().checked_add(1)
        {
            *register!(registers, pc, a) = Value::int(result);
            go!(pc.add(1), registers, constants, vm)
        }
        unary(pc, registers, constants, vm)
    }
}

handler! {
    decrement(pc, registers, constants, vm) {
        let value = *register!(registers, pc, b);
        if value.is_int()
            && let Some(result) = value.int_unchecked().checked_sub(1)
        {
            *register!(registers, pc, a) = Value::int(result);
            go!(pc.add(1), registers, constants, vm)
        }
        unary(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    unary(pc, registers, constants, vm) {
        let value = *register!(registers, pc, b);
        (*vm).leave(pc, registers, constants);
        match operators::unary(&mut *vm, operand!(pc, op), value) {
            Ok(result) => {
                *register!(registers, pc, a) = result;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    #[inline(never)]
    exponent(pc, registers, constants, vm) {
        let (lhs, rhs) = (*register!(registers, pc, b), *register!(registers, pc, c));
        (*vm).leave(pc, registers, constants);
        match operators::arithmetic(&mut *vm, Arithmetic::Exponent, lhs, rhs) {
            Ok(result) => {
                *register!(registers, pc, a) = result;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
        }
    }
}
