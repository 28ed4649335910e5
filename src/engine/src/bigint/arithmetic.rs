//! Operators of big integers (ECMA-262 §6.1.6.2.1 – §6.1.6.2.20).

use dashu_int::ops::{BitTest, DivRem};
use dashu_int::{IBig, UBig};

use super::{BigInt, MAX_BITS};
use crate::heap::Gc;
use crate::operators::Arithmetic;
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// An operator of two big integers.
///
/// # Errors
/// A `RangeError` for a division by zero, a negative exponent or a result that is too
/// large; a `TypeError` for `>>>`.
pub(crate) fn arithmetic(
    vm: &mut Vm,
    operator: Arithmetic,
    lhs: Gc<BigInt>,
    rhs: Gc<BigInt>,
) -> Completion {
    match operator {
        Arithmetic::Divide | Arithmetic::Remainder if rhs.is_zero() => {
            return Err(vm.throw_range_error("Division by zero"));
        }
        Arithmetic::ShiftRightUnsigned => {
            let message = "BigInts have no unsigned right shift, use >> instead";
            return Err(vm.throw_type_error(message));
        }
        Arithmetic::Exponent => return exponentiate(vm, lhs, rhs),
        Arithmetic::ShiftLeft => return shift(vm, lhs, rhs, false),
        Arithmetic::ShiftRight => return shift(vm, lhs, rhs, true),
        _ => {}
    }
    if let (Some(lhs), Some(rhs)) = (lhs.small(), rhs.small())
        && let Some(result) = small(operator, lhs, rhs)
    {
        return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, result)));
    }
    let bits = |value: Gc<BigInt>| value.words().len() as u64 * 64;
    if operator == Arithmetic::Multiply && bits(lhs) + bits(rhs) > MAX_BITS + 128 {
        return Err(throw_too_big(vm));
    }
    let (lhs, rhs) = (lhs.to_big(), rhs.to_big());
    let result = match operator {
        Arithmetic::Add => lhs + rhs,
        Arithmetic::Subtract => lhs - rhs,
        Arithmetic::Multiply => lhs * rhs,
        Arithmetic::Divide => lhs / rhs,
        Arithmetic::Remainder => lhs.div_rem(rhs).1,
        Arithmetic::BitAnd => lhs & rhs,
        Arithmetic::BitOr => lhs | rhs,
        _ => lhs ^ rhs,
    };
    finish(vm, &result)
}

/// An operator of two integers of one word each, unless the result needs more than two.
fn small(operator: Arithmetic, lhs: i128, rhs: i128) -> Option<i128> {
    Some(match operator {
        Arithmetic::Add => lhs + rhs,
        Arithmetic::Subtract => lhs - rhs,
        Arithmetic::Multiply => lhs.checked_mul(rhs)?,
        Arithmetic::Divide => lhs / rhs,
        Arithmetic::Remainder => lhs % rhs,
        Arithmetic::BitAnd => lhs & rhs,
        Arithmetic::BitOr => lhs | rhs,
        Arithmetic::BitXor => lhs ^ rhs,
        _ => return None,
    })
}

/// A result, unless it is too large.
fn finish(vm: &mut Vm, result: &IBig) -> Completion {
    let (_, words) = result.as_sign_words();
    if words.len() as u64 * 64 > MAX_BITS && result.bit_len() as u64 > MAX_BITS {
        return Err(throw_too_big(vm));
    }
    Ok(Value::cell(Gc::<BigInt>::from_big(&vm.memory, result)))
}

fn throw_too_big(vm: &mut Vm) -> crate::vm::Throw {
    vm.throw_range_error("Maximum BigInt size exceeded")
}

/// `BigInt::exponentiate` (§6.1.6.2.3)
fn exponentiate(vm: &mut Vm, base: Gc<BigInt>, exponent: Gc<BigInt>) -> Completion {
    if exponent.is_negative() {
        return Err(vm.throw_range_error("Exponent must be positive"));
    }
    if exponent.is_zero() {
        return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, 1)));
    }
    // Of zero and one all powers are known, however large the exponent.
    if let Some(small @ -1..=1) = base.small() {
        let is_odd = exponent.words().first().is_some_and(|word| word & 1 == 1);
        let power = if is_odd { small } else { small * small };
        return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, power)));
    }
    let base = base.to_big();
    let Some(exponent) = exponent.small().and_then(|exponent| usize::try_from(exponent).ok())
    else {
        return Err(throw_too_big(vm));
    };
    // The power has more bits than this.
    let least = (base.bit_len() as u64 - 1).saturating_mul(exponent as u64);
    if least >= MAX_BITS {
        return Err(throw_too_big(vm));
    }
    finish(vm, &base.pow(exponent))
}

/// `BigInt::leftShift` (§6.1.6.2.9), and `BigInt::signedRightShift` (§6.1.6.2.10): a
/// negative count goes the other way.
fn shift(vm: &mut Vm, value: Gc<BigInt>, count: Gc<BigInt>, to_right: bool) -> Completion {
    if value.is_zero() || count.is_zero() {
        return Ok(Value::cell(value));
    }
    let is_left = to_right == count.is_negative();
    let distance = count.small().map(i128::unsigned_abs).filter(|by| *by <= u128::from(MAX_BITS));
    let Some(distance) = distance else {
        if is_left {
            return Err(throw_too_big(vm));
        }
        let rest = if value.is_negative() { -1 } else { 0 };
        return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, rest)));
    };
    if let Some(small) = value.small() {
        // Shifted to the right by 64, nothing is left of the word.
        let result = if is_left {
            (distance < 63).then(|| small << distance)
        } else {
            Some(small >> distance.min(65))
        };
        if let Some(result) = result {
            return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, result)));
        }
    }
    let value = value.to_big();
    let distance = distance as usize;
    if is_left && value.bit_len() as u64 + distance as u64 > MAX_BITS {
        return Err(throw_too_big(vm));
    }
    // To the right the library rounds towards −∞, as the specification does.
    finish(vm, &if is_left { value << distance } else { value >> distance })
}

/// `BigInt::unaryMinus` (§6.1.6.2.1)
pub(crate) fn negate(vm: &Vm, value: Gc<BigInt>) -> Value {
    Value::cell(Gc::<BigInt>::from_words(&vm.memory, !value.is_negative(), value.words()))
}

/// `BigInt::bitwiseNOT` (§6.1.6.2.2): −x − 1.
///
/// # Errors
/// A `RangeError` if the result is too large.
pub(crate) fn not(vm: &mut Vm, value: Gc<BigInt>) -> Completion {
    if let Some(small) = value.small() {
        return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, !small)));
    }
    finish(vm, &!value.to_big())
}

/// One more, or one less.
///
/// # Errors
/// A `RangeError` if the result is too large.
pub(crate) fn step(vm: &mut Vm, value: Gc<BigInt>, by: i8) -> Completion {
    if let Some(small) = value.small() {
        let result = small + i128::from(by);
        return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, result)));
    }
    finish(vm, &(value.to_big() + IBig::from(by)))
}

/// `BigInt.asUintN` (§21.2.2.2)
///
/// # Errors
/// A `RangeError` if the result is too large.
pub(crate) fn as_uint(vm: &mut Vm, bits: u64, value: Gc<BigInt>) -> Completion {
    let length = value.words().len() as u64 * 64;
    if !value.is_negative() && bits >= length {
        return Ok(Value::cell(value));
    }
    if bits > MAX_BITS && value.is_negative() {
        return Err(throw_too_big(vm));
    }
    let mask = IBig::from(UBig::ones(bits.min(length.max(bits)) as usize));
    finish(vm, &(value.to_big() & mask))
}

/// `BigInt.asIntN` (§21.2.2.1)
///
/// # Errors
/// None: the result is never larger than the value.
pub(crate) fn as_int(vm: &mut Vm, bits: u64, value: Gc<BigInt>) -> Completion {
    if bits > value.words().len() as u64 * 64 {
        return Ok(Value::cell(value));
    }
    let Some(sign_bit) = (bits as usize).checked_sub(1) else {
        return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, 0)));
    };
    let low = value.to_big() & IBig::from(UBig::ones(bits as usize));
    let result = if low.bit(sign_bit) { low - (IBig::ONE << bits as usize) } else { low };
    finish(vm, &result)
}
