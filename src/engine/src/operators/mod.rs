//! Operators and the conversions they do (ECMA-262 §7.1, §7.2, §13).

mod callable;
mod conversion;
mod numeric_string;

use std::cmp::Ordering;

pub use callable::{is_callable, is_constructor};
pub use conversion::{
    Hint, Numeric, as_object, to_bigint, to_boolean, to_index, to_integer_or_infinity, to_length,
    to_number, to_numeric, to_primitive, to_property_key, to_string, to_uint32_value,
};
pub(crate) use conversion::{bigint_to_string, ordinary_to_primitive};
pub(crate) use numeric_string::{NumberText, digits_of_power_of_two, is_white_space};
pub use numeric_string::{number_to_string, string_to_number};

use crate::bigint::{self, BigInt};
use crate::bytecode::Op;
use crate::heap::Gc;
use crate::kinds;
use crate::string::JsString;
use crate::value::{Value, to_int32};
use crate::vm::{Completion, Vm};

/// An operator of two numeric values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `**`
    Exponent,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `<<`
    ShiftLeft,
    /// `>>`
    ShiftRight,
    /// `>>>`
    ShiftRightUnsigned,
}

/// A comparison of two values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `===`
    StrictEqual,
    /// `==`
    Equal,
}

/// `ApplyStringOrNumericBinaryOperator` (§13.15.3).
///
/// # Errors
/// What a conversion throws; a `RangeError` if a string would be too long.
#[inline]
pub fn arithmetic(vm: &mut Vm, operator: Arithmetic, lhs: Value, rhs: Value) -> Completion {
    if operator == Arithmetic::Add { add(vm, lhs, rhs) } else { numeric(vm, operator, lhs, rhs) }
}

/// `+`: strings are joined.
fn add(vm: &mut Vm, lhs: Value, rhs: Value) -> Completion {
    if let (Some(lhs), Some(rhs)) = (lhs.downcast(), rhs.downcast()) {
        return concatenate(vm, lhs, rhs).map(Value::cell);
    }
    if let (Some(lhs), Some(rhs)) = (lhs.downcast(), rhs.downcast()) {
        return bigint::arithmetic(vm, Arithmetic::Add, lhs, rhs);
    }
    let lhs = to_primitive(vm, lhs, Hint::Default)?;
    let rhs = to_primitive(vm, rhs, Hint::Default)?;
    if lhs.kind() == Some(kinds::STRING) || rhs.kind() == Some(kinds::STRING) {
        let (lhs, rhs) = (to_string(vm, lhs)?, to_string(vm, rhs)?);
        return concatenate(vm, lhs, rhs).map(Value::cell);
    }
    numeric(vm, Arithmetic::Add, lhs, rhs)
}

/// An operator of two numbers, or of two big integers.
fn numeric(vm: &mut Vm, operator: Arithmetic, lhs: Value, rhs: Value) -> Completion {
    if let (Some(lhs), Some(rhs)) = (lhs.downcast(), rhs.downcast()) {
        return bigint::arithmetic(vm, operator, lhs, rhs);
    }
    match (to_numeric(vm, lhs)?, to_numeric(vm, rhs)?) {
        (Numeric::Number(lhs), Numeric::Number(rhs)) => Ok(numbers(operator, lhs, rhs)),
        (Numeric::BigInt(lhs), Numeric::BigInt(rhs)) => bigint::arithmetic(vm, operator, lhs, rhs),
        _ => {
            Err(vm.throw_type_error("Cannot mix BigInt and other types, use explicit conversions"))
        }
    }
}

/// An operator of two numbers (§6.1.6.1).
#[must_use]
pub fn numbers(operator: Arithmetic, lhs: f64, rhs: f64) -> Value {
    match operator {
        Arithmetic::Add => Value::number(lhs + rhs),
        Arithmetic::Subtract => Value::number(lhs - rhs),
        Arithmetic::Multiply => Value::number(lhs * rhs),
        Arithmetic::Divide => Value::number(lhs / rhs),
        Arithmetic::Remainder => Value::number(lhs % rhs),
        Arithmetic::Exponent => Value::number(power(lhs, rhs)),
        Arithmetic::BitAnd => Value::int(to_int32(lhs) & to_int32(rhs)),
        Arithmetic::BitOr => Value::int(to_int32(lhs) | to_int32(rhs)),
        Arithmetic::BitXor => Value::int(to_int32(lhs) ^ to_int32(rhs)),
        Arithmetic::ShiftLeft => Value::int(to_int32(lhs) << (to_int32(rhs) & 31)),
        Arithmetic::ShiftRight => Value::int(to_int32(lhs) >> (to_int32(rhs) & 31)),
        Arithmetic::ShiftRightUnsigned => Value::from(to_int32(lhs) as u32 >> (to_int32(rhs) & 31)),
    }
}

/// `Number::exponentiate` (§6.1.6.1.3): unlike elsewhere, 1 to an infinite or no power is
/// no number.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || base.abs() == 1.0 && exponent.is_infinite() {
        f64::NAN
    } else {
        base.powf(exponent)
    }
}

/// Concatenates two strings.
///
/// # Errors
/// A `RangeError` if the result would be too long.
#[inline]
pub fn concatenate(vm: &mut Vm, lhs: Gc<JsString>, rhs: Gc<JsString>) -> Completion<Gc<JsString>> {
    match lhs.concat(&vm.memory, rhs) {
        Some(string) => Ok(string),
        None => Err(vm.throw_range_error("Invalid string length")),
    }
}

/// An operator of one value.
///
/// # Errors
/// What a conversion throws.
pub fn unary(vm: &mut Vm, op: Op, value: Value) -> Completion {
    let result = match op {
        Op::Not => return Ok(Value::bool(!to_boolean(value))),
        Op::TypeOf => return Ok(type_of(vm, value)),
        Op::ToString => return to_string(vm, value).map(Value::cell),
        Op::ToNumber => to_number(vm, value)?,
        _ => match (op, to_numeric(vm, value)?) {
            (Op::Negate, Numeric::Number(number)) => -number,
            (Op::BitNot, Numeric::Number(number)) => return Ok(Value::int(!to_int32(number))),
            (Op::Increment, Numeric::Number(number)) => number + 1.0,
            (Op::Decrement, Numeric::Number(number)) => number - 1.0,
            (_, Numeric::Number(number)) => number,
            (Op::Negate, Numeric::BigInt(value)) => return Ok(bigint::negate(vm, value)),
            (Op::BitNot, Numeric::BigInt(value)) => return bigint::not(vm, value),
            (Op::Increment, Numeric::BigInt(value)) => return bigint::step(vm, value, 1),
            (Op::Decrement, Numeric::BigInt(value)) => return bigint::step(vm, value, -1),
            (_, Numeric::BigInt(value)) => return Ok(Value::cell(value)),
        },
    };
    Ok(Value::number(result))
}

/// `typeof` (§13.5.3).
#[must_use]
pub fn type_of(vm: &Vm, value: Value) -> Value {
    let keys = vm.memory.keys();
    let name = match value.kind() {
        Some(kinds::STRING) => keys.string,
        Some(kinds::SYMBOL) => keys.symbol,
        Some(kinds::BIGINT) => keys.bigint,
        Some(kinds::UNDETECTABLE) => keys.undefined,
        Some(_) if is_callable(value) => keys.function,
        Some(_) => keys.object,
        None if value.is_number() => keys.number,
        None if value.is_bool() => keys.boolean,
        None if value.is_null() => keys.object,
        None => keys.undefined,
    };
    vm.memory.value_of_key(name)
}

/// Compares two values (§7.2.12 – §7.2.14).
///
/// # Errors
/// What a conversion throws.
pub fn compare(vm: &mut Vm, comparison: Comparison, lhs: Value, rhs: Value) -> Completion<bool> {
    let is_wanted = match comparison {
        Comparison::StrictEqual => return Ok(strict_equal(vm, lhs, rhs)),
        Comparison::Equal => return equal(vm, lhs, rhs),
        Comparison::Less => Ordering::is_lt,
        Comparison::LessEqual => Ordering::is_le,
        Comparison::Greater => Ordering::is_gt,
        Comparison::GreaterEqual => Ordering::is_ge,
    };
    let ordering = if let Some(ordering) = order_of_same_kind(vm, lhs, rhs) {
        Some(ordering)
    } else {
        let lhs = to_primitive(vm, lhs, Hint::Number)?;
        let rhs = to_primitive(vm, rhs, Hint::Number)?;
        match order_of_same_kind(vm, lhs, rhs) {
            Some(ordering) => Some(ordering),
            None => order(vm, lhs, rhs)?,
        }
    };
    Ok(ordering.is_some_and(is_wanted))
}

/// Which of two strings or big integers is the greater; None if they are neither.
#[inline]
fn order_of_same_kind(vm: &Vm, lhs: Value, rhs: Value) -> Option<Ordering> {
    if let (Some(lhs), Some(rhs)) = (lhs.downcast::<JsString>(), rhs.downcast::<JsString>()) {
        return Some(lhs.units(&vm.memory).cmp(&rhs.units(&vm.memory)));
    }
    Some(lhs.downcast::<BigInt>()?.compare(&*rhs.downcast::<BigInt>()?))
}

/// Which of two primitive values that are not both strings is the greater; neither, if
/// one of them is no number.
fn order(vm: &mut Vm, lhs: Value, rhs: Value) -> Completion<Option<Ordering>> {
    if let (Some(lhs), Some(rhs)) = (lhs.downcast::<BigInt>(), rhs.downcast::<JsString>()) {
        let rhs = bigint::string_to_bigint(&vm.memory, &rhs.to_rust(&vm.memory));
        return Ok(rhs.map(|rhs| lhs.compare(&rhs)));
    }
    if let (Some(lhs), Some(rhs)) = (lhs.downcast::<JsString>(), rhs.downcast::<BigInt>()) {
        let lhs = bigint::string_to_bigint(&vm.memory, &lhs.to_rust(&vm.memory));
        return Ok(lhs.map(|lhs| lhs.compare(&rhs)));
    }
    Ok(match (to_numeric(vm, lhs)?, to_numeric(vm, rhs)?) {
        (Numeric::Number(lhs), Numeric::Number(rhs)) => lhs.partial_cmp(&rhs),
        (Numeric::BigInt(lhs), Numeric::BigInt(rhs)) => Some(lhs.compare(&rhs)),
        (Numeric::BigInt(lhs), Numeric::Number(rhs)) => lhs.compare_number(rhs),
        (Numeric::Number(lhs), Numeric::BigInt(rhs)) => {
            rhs.compare_number(lhs).map(Ordering::reverse)
        }
    })
}

/// `IsStrictlyEqual` (§7.2.14).
#[must_use]
pub fn strict_equal(vm: &Vm, lhs: Value, rhs: Value) -> bool {
    if let (Some(lhs), Some(rhs)) = (lhs.as_number(), rhs.as_number()) {
        return lhs == rhs;
    }
    if let (Some(lhs), Some(rhs)) = (lhs.downcast::<JsString>(), rhs.downcast::<JsString>()) {
        return lhs.equals(&vm.memory, rhs);
    }
    if let (Some(lhs), Some(rhs)) = (lhs.downcast::<BigInt>(), rhs.downcast::<BigInt>()) {
        return lhs.equals(&rhs);
    }
    lhs == rhs
}

/// `IsLooselyEqual` (§7.2.13).
///
/// # Errors
/// What a conversion throws.
pub fn equal(vm: &mut Vm, lhs: Value, rhs: Value) -> Completion<bool> {
    if lhs.is_nullish() || rhs.is_nullish() {
        let is_nothing = |value: Value| value.is_nullish() || conversion::is_undetectable(value);
        return Ok(is_nothing(lhs) && is_nothing(rhs));
    }
    let is_object = |value: Value| value.kind().is_some_and(|kind| kind >= kinds::FIRST_OBJECT);
    let is_symbol = |value: Value| value.kind() == Some(kinds::SYMBOL);
    let is_string = |value: Value| value.kind() == Some(kinds::STRING);
    if is_object(lhs) && is_object(rhs) || is_string(lhs) && is_string(rhs) {
        return Ok(strict_equal(vm, lhs, rhs));
    }
    let lhs = to_primitive(vm, lhs, Hint::Default)?;
    let rhs = to_primitive(vm, rhs, Hint::Default)?;
    if is_symbol(lhs) || is_symbol(rhs) || is_string(lhs) && is_string(rhs) {
        return Ok(strict_equal(vm, lhs, rhs));
    }
    Ok(order(vm, lhs, rhs)? == Some(Ordering::Equal))
}

/// `SameValue` (§7.2.10): like `===`, but NaN is itself, and the zeros differ.
#[must_use]
pub fn same_value(vm: &Vm, lhs: Value, rhs: Value) -> bool {
    match (lhs.as_number(), rhs.as_number()) {
        (Some(lhs), Some(rhs)) => lhs.to_bits() == rhs.to_bits() || lhs.is_nan() && rhs.is_nan(),
        _ => strict_equal(vm, lhs, rhs),
    }
}
