//! Arithmetic: integers, then doubles, then everything else.

use crate::operators::{self, Arithmetic};
use crate::value::{Value, to_int32};
use crate::vm::dispatch::go;

/// Both operands as doubles, if both are numbers.
#[inline(always)]
fn doubles(lhs: Value, rhs: Value) -> Option<(f64, f64)> {
    if lhs.is_number() && rhs.is_number() {
        let double = |value: Value| {
            if value.is_int() { f64::from(value.int_unchecked()) } else { value.double_unchecked() }
        };
        Some((double(lhs), double(rhs)))
    } else {
        None
    }
}

/// Handlers of an operator: for two registers, for a register and a small integer, and
/// for what is not numbers. `$ints` gives an integer if the result of two is one.
macro_rules! arithmetic {
    ($($name:ident, $name_int:ident, $slow:ident, $slow_int:ident:
        $ints:expr, $doubles:expr, $operator:ident;)*) => {
        $(
            handler! {
                $name(pc, registers, constants, vm) {
                    let lhs = *registers.add(operand!(pc, b));
                    let rhs = *registers.add(operand!(pc, c));
                    if lhs.both_int(rhs)
                        && let Some(result) = $ints(lhs.int_unchecked(), rhs.int_unchecked())
                    {
                        *registers.add(operand!(pc, a)) = Value::int(result);
                        go!(pc.add(1), registers, constants, vm)
                    }
                    if let Some((lhs, rhs)) = doubles(lhs, rhs) {
                        *registers.add(operand!(pc, a)) = $doubles(lhs, rhs);
                        go!(pc.add(1), registers, constants, vm)
                    }
                    $slow(pc, registers, constants, vm)
                }
            }

            slow_handler! {
                $slow(pc, registers, constants, vm) {
                    let (lhs, rhs) = (*registers.add(operand!(pc, b)), *registers.add(operand!(pc, c)));
                    (*vm).leave(pc, registers, constants);
                    match operators::arithmetic(&mut *vm, Arithmetic::$operator, lhs, rhs) {
                        Ok(result) => {
                            *registers.add(operand!(pc, a)) = result;
                            go!(pc.add(1), registers, constants, vm)
                        }
                        Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
                    }
                }
            }

            handler! {
                $name_int(pc, registers, constants, vm) {
                    let lhs = *registers.add(operand!(pc, b));
                    let rhs = operand!(pc, int);
                    if lhs.is_int()
                        && let Some(result) = $ints(lhs.int_unchecked(), rhs)
                    {
                        *registers.add(operand!(pc, a)) = Value::int(result);
                        go!(pc.add(1), registers, constants, vm)
                    }
                    if let Some((lhs, rhs)) = doubles(lhs, Value::int(rhs)) {
                        *registers.add(operand!(pc, a)) = $doubles(lhs, rhs);
                        go!(pc.add(1), registers, constants, vm)
                    }
                    $slow_int(pc, registers, constants, vm)
                }
            }

            slow_handler! {
                $slow_int(pc, registers, constants, vm) {
                    let (lhs, rhs) = (*registers.add(operand!(pc, b)), Value::int(operand!(pc, int)));
                    (*vm).leave(pc, registers, constants);
                    match operators::arithmetic(&mut *vm, Arithmetic::$operator, lhs, rhs) {
                        Ok(result) => {
                            *registers.add(operand!(pc, a)) = result;
                            go!(pc.add(1), registers, constants, vm)
                        }
                        Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
                    }
                }
            }
        )*
    };
}

/// The product of two integers, if it is one: −0 is none.
#[inline(always)]
fn multiply_ints(lhs: i32, rhs: i32) -> Option<i32> {
    let product = lhs.checked_mul(rhs)?;
    (product != 0 || lhs >= 0 && rhs >= 0).then_some(product)
}

/// The remainder of two integers, if it is one: −0 is none.
#[inline(always)]
fn remainder_ints(lhs: i32, rhs: i32) -> Option<i32> {
    if lhs >= 0 && rhs > 0 { Some(lhs % rhs) } else { None }
}

arithmetic! {
    add, add_int, slow_add, slow_add_int:
        i32::checked_add, |a: f64, b| Value::double(a + b), Add;
    subtract, subtract_int, slow_subtract, slow_subtract_int:
        i32::checked_sub, |a: f64, b| Value::double(a - b), Subtract;
    multiply, multiply_int, slow_multiply, slow_multiply_int:
        multiply_ints, |a: f64, b| Value::double(a * b), Multiply;
    divide, divide_int, slow_divide, slow_divide_int:
        |_, _| None, |a: f64, b| Value::number(a / b), Divide;
    remainder, remainder_int, slow_remainder, slow_remainder_int:
        remainder_ints, |a: f64, b: f64| Value::number(a % b), Remainder;
    bit_and, bit_and_int, slow_bit_and, slow_bit_and_int:
        |a: i32, b: i32| Some(a & b), |a, b| Value::int(to_int32(a) & to_int32(b)), BitAnd;
    bit_or, bit_or_int, slow_bit_or, slow_bit_or_int:
        |a: i32, b: i32| Some(a | b), |a, b| Value::int(to_int32(a) | to_int32(b)), BitOr;
    bit_xor, bit_xor_int, slow_bit_xor, slow_bit_xor_int:
        |a: i32, b: i32| Some(a ^ b), |a, b| Value::int(to_int32(a) ^ to_int32(b)), BitXor;
    shift_left, shift_left_int, slow_shift_left, slow_shift_left_int:
        |a: i32, b: i32| Some(a << (b & 31)),
        |a, b| Value::int(to_int32(a) << (to_int32(b) & 31)), ShiftLeft;
    shift_right, shift_right_int, slow_shift_right, slow_shift_right_int:
        |a: i32, b: i32| Some(a >> (b & 31)),
        |a, b| Value::int(to_int32(a) >> (to_int32(b) & 31)), ShiftRight;
    shift_right_unsigned, shift_right_unsigned_int, slow_shift_right_unsigned,
        slow_shift_right_unsigned_int:
        |a: i32, b: i32| i32::try_from(a as u32 >> (b & 31)).ok(),
        |a, b| Value::from(to_int32(a) as u32 >> (to_int32(b) & 31)), ShiftRightUnsigned;
}

handler! {
    increment(pc, registers, constants, vm) {
        let value = *registers.add(operand!(pc, b));
        if value.is_int()
            && let Some(result) = value.int_unchecked().checked_add(1)
        {
            *registers.add(operand!(pc, a)) = Value::int(result);
            go!(pc.add(1), registers, constants, vm)
        }
        unary(pc, registers, constants, vm)
    }
}

handler! {
    decrement(pc, registers, constants, vm) {
        let value = *registers.add(operand!(pc, b));
        if value.is_int()
            && let Some(result) = value.int_unchecked().checked_sub(1)
        {
            *registers.add(operand!(pc, a)) = Value::int(result);
            go!(pc.add(1), registers, constants, vm)
        }
        unary(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    unary(pc, registers, constants, vm) {
        let value = *registers.add(operand!(pc, b));
        (*vm).leave(pc, registers, constants);
        match operators::unary(&mut *vm, operand!(pc, op), value) {
            Ok(result) => {
                *registers.add(operand!(pc, a)) = result;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    #[inline(never)]
    exponent(pc, registers, constants, vm) {
        let (lhs, rhs) = (*registers.add(operand!(pc, b)), *registers.add(operand!(pc, c)));
        (*vm).leave(pc, registers, constants);
        match operators::arithmetic(&mut *vm, Arithmetic::Exponent, lhs, rhs) {
            Ok(result) => {
                *registers.add(operand!(pc, a)) = result;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(_) => crate::vm::unwinding::unwind(pc, registers, constants, vm),
        }
    }
}
