//! Operators of big integers (ECMA-262 §6.1.6.2.1 – §6.1.6.2.20).

use dashu_int::ops::{BitTest, DivRem};
use dashu_int::{IBig, UBig};

use super::{BigInt, MAX_BITS, words};
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
    if let (Some(lhs), Some(rhs)) = (lhs.single(), rhs.single()) {
        let (negative, magnitude) = small(operator, lhs, rhs);
        let result = Gc::<BigInt>::from_magnitude(&vm.memory, negative, magnitude);
        return Ok(Value::cell(result));
    }
    let bits = |value: Gc<BigInt>| value.words().len() as u64 * 64;
    if operator == Arithmetic::Multiply && bits(lhs) + bits(rhs) > MAX_BITS + 128 {
        return Err(throw_too_big(vm));
    }
    if let Some(result) = by_words(vm, operator, lhs, rhs) {
        return Ok(Value::cell(result));
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

/// An operator of two integers of one word each, given as signs and magnitudes: so is the
/// result.
fn small(operator: Arithmetic, lhs: (bool, u64), rhs: (bool, u64)) -> (bool, u128) {
    let signed = |(negative, magnitude): (bool, u64)| {
        if negative { -i128::from(magnitude) } else { i128::from(magnitude) }
    };
    let of_signed = |value: i128| (value < 0, value.unsigned_abs());
    let changes_sign = lhs.0 != rhs.0;
    match operator {
        Arithmetic::Add => of_signed(signed(lhs) + signed(rhs)),
        Arithmetic::Subtract => of_signed(signed(lhs) - signed(rhs)),
        Arithmetic::Multiply => (changes_sign, u128::from(lhs.1) * u128::from(rhs.1)),
        Arithmetic::Divide => (changes_sign, u128::from(lhs.1 / rhs.1)),
        Arithmetic::Remainder => (lhs.0, u128::from(lhs.1 % rhs.1)),
        Arithmetic::BitAnd => of_signed(signed(lhs) & signed(rhs)),
        Arithmetic::BitOr => of_signed(signed(lhs) | signed(rhs)),
        _ => of_signed(signed(lhs) ^ signed(rhs)),
    }
}

/// An operator of two integers that needs no more than one way through their words.
fn by_words(vm: &Vm, operator: Arithmetic, lhs: Gc<BigInt>, rhs: Gc<BigInt>) -> Option<Gc<BigInt>> {
    let (heap, one, other) = (&vm.memory, lhs.parts(), rhs.parts());
    let is_longest = one.1.len().max(other.1.len()) as u64 * 64 >= MAX_BITS;
    let is_natural = !one.0 && !other.0;
    match operator {
        _ if is_longest => None,
        Arithmetic::Add => Some(words::add(heap, one, other)),
        Arithmetic::Subtract => Some(words::add(heap, one, (!other.0, other.1))),
        Arithmetic::Multiply if (one.1.len() + other.1.len()) as u64 * 64 <= MAX_BITS => {
            words::multiply(heap, one.0 != other.0, one.1, other.1)
        }
        Arithmetic::BitAnd if is_natural => {
            Some(words::bitwise(heap, one.1, other.1, |one, other| one & other))
        }
        Arithmetic::BitOr if is_natural => {
            Some(words::bitwise(heap, one.1, other.1, |one, other| one | other))
        }
        Arithmetic::BitXor if is_natural => {
            Some(words::bitwise(heap, one.1, other.1, |one, other| one ^ other))
        }
        _ => None,
    }
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
    let distance = distance as usize;
    let (is_negative, words) = value.parts();
    if is_left && words.len() as u64 * 64 + distance as u64 <= MAX_BITS {
        let result = words::shift_left(&vm.memory, is_negative, words, distance);
        return Ok(Value::cell(result));
    }
    if !is_left && !is_negative {
        return Ok(Value::cell(words::shift_right(&vm.memory, words, distance)));
    }
    let value = value.to_big();
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

/// So many of the lowest bits of an integer, 64 at most, in two's complement.
fn low_bits(value: Gc<BigInt>, bits: u64) -> u64 {
    let word = value.to_u64_wrapping();
    if bits == 0 { 0 } else { word & u64::MAX >> (64 - bits) }
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
    if bits <= 64 {
        let rest = low_bits(value, bits);
        return Ok(Value::cell(Gc::<BigInt>::from_magnitude(&vm.memory, false, rest.into())));
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
    if bits <= 64 {
        let unused = 64 - bits as u32;
        let result = (low_bits(value, bits) << unused) as i64 >> unused;
        return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, result.into())));
    }
    let low = value.to_big() & IBig::from(UBig::ones(bits as usize));
    let result = if low.bit(sign_bit) { low - (IBig::ONE << bits as usize) } else { low };
    finish(vm, &result)
}
