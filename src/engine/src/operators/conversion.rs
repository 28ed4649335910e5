//! Type conversion (ECMA-262 §7.1).

use crate::bigint::{self, BigInt};
use crate::heap::Gc;
use crate::kinds;
use crate::object::Object;
use crate::string::{JsString, PropertyKey};
use crate::value::Value;
use crate::vm::{Completion, Vm, WellKnown};

use super::{is_callable, string_to_number};

/// Which primitive an object is to become.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hint {
    /// No preference.
    Default,
    /// A number.
    Number,
    /// A string.
    String,
}

/// `ToBoolean` (§7.1.2).
#[inline]
#[must_use]
pub fn to_boolean(value: Value) -> bool {
    if let Some(number) = value.as_number() {
        return number != 0.0 && !number.is_nan();
    }
    if let Some(string) = value.downcast::<JsString>() {
        return !string.is_empty();
    }
    if let Some(value) = value.downcast::<BigInt>() {
        return !value.is_zero();
    }
    value.is_true() || value.is_cell() && !is_undetectable(value)
}

/// Whether a value is an object that emulates `undefined` (Annex B.3.6).
pub(super) fn is_undetectable(value: Value) -> bool {
    value.kind() == Some(kinds::UNDETECTABLE)
}

/// A numeric value (§7.1.3).
#[derive(Clone, Copy, Debug)]
pub enum Numeric {
    /// A number.
    Number(f64),
    /// A big integer.
    BigInt(Gc<BigInt>),
}

/// `ToNumeric` (§7.1.3).
///
/// # Errors
/// A `TypeError` for a symbol; what the conversion of an object throws.
pub fn to_numeric(vm: &mut Vm, value: Value) -> Completion<Numeric> {
    let primitive = to_primitive(vm, value, Hint::Number)?;
    match primitive.downcast() {
        Some(value) => Ok(Numeric::BigInt(value)),
        None => to_number(vm, primitive).map(Numeric::Number),
    }
}

/// `ToBigInt` (§7.1.13).
///
/// # Errors
/// A `SyntaxError` for a string that is no integer, a `TypeError` for what is no big
/// integer; what the conversion of an object throws.
pub fn to_bigint(vm: &mut Vm, value: Value) -> Completion<Gc<BigInt>> {
    let primitive = to_primitive(vm, value, Hint::Number)?;
    if let Some(value) = primitive.downcast() {
        return Ok(value);
    }
    let text = vm.display(primitive);
    if primitive.is_bool() {
        return Ok(Gc::<BigInt>::from_i128(&vm.memory, primitive.is_true().into()));
    }
    let message = format!("Cannot convert {text} to a BigInt");
    if primitive.kind() != Some(kinds::STRING) {
        return Err(vm.throw_type_error(&message));
    }
    match bigint::string_to_bigint(&vm.memory, &text) {
        Some(value) => Ok(value),
        None => Err(vm.throw_syntax_error(&message)),
    }
}

/// `ToIndex` (§7.1.22): an integer from 0 to 2^53 − 1.
///
/// # Errors
/// A `RangeError` with the message for any other number; what the conversion throws.
pub fn to_index(vm: &mut Vm, value: Value, message: &str) -> Completion<u64> {
    if value.is_undefined() {
        return Ok(0);
    }
    let index = to_integer_or_infinity(vm, value)?;
    if !(0.0..=9_007_199_254_740_991.0).contains(&index) {
        return Err(vm.throw_range_error(message));
    }
    Ok(index as u64)
}

/// `ToNumber` (§7.1.4).
///
/// # Errors
/// A `TypeError` for a symbol; what the conversion of an object throws.
pub fn to_number(vm: &mut Vm, value: Value) -> Completion<f64> {
    if let Some(number) = value.as_number() {
        return Ok(number);
    }
    match value.kind() {
        Some(kinds::STRING) => {
            let string = value.downcast::<JsString>();
            let text = string.as_ref().map(|string| string.units(&vm.memory).to_text());
            Ok(string_to_number(&text.unwrap_or_default()))
        }
        Some(kinds::SYMBOL) => {
            Err(vm.throw_type_error("Cannot convert a Symbol value to a number"))
        }
        Some(kinds::BIGINT) => {
            Err(vm.throw_type_error("Cannot convert a BigInt value to a number"))
        }
        Some(_) => {
            let primitive = to_primitive(vm, value, Hint::Number)?;
            to_number(vm, primitive)
        }
        None if value.is_undefined() => Ok(f64::NAN),
        None => Ok(f64::from(u8::from(value.is_true()))),
    }
}

/// `ToString` (§7.1.17).
///
/// # Errors
/// A `TypeError` for a symbol; what the conversion of an object throws.
pub fn to_string(vm: &mut Vm, value: Value) -> Completion<Gc<JsString>> {
    if let Some(string) = value.downcast::<JsString>() {
        return Ok(string);
    }
    if let Some(int) = value.as_int() {
        let mut digits = itoa::Buffer::new();
        return Ok(vm.memory.latin1(digits.format(int).as_bytes()));
    }
    if let Some(number) = value.as_number() {
        let mut text = ryu_js::Buffer::new();
        return Ok(vm.memory.latin1(text.format(number).as_bytes()));
    }
    if let Some(value) = value.downcast::<BigInt>() {
        return bigint_to_string(vm, value, 10);
    }
    let text = match value {
        Value::UNDEFINED => "undefined",
        Value::NULL => "null",
        Value::TRUE => "true",
        Value::FALSE => "false",
        _ if value.kind() == Some(kinds::SYMBOL) => {
            return Err(vm.throw_type_error("Cannot convert a Symbol value to a string"));
        }
        _ => {
            let primitive = to_primitive(vm, value, Hint::String)?;
            return to_string(vm, primitive);
        }
    };
    Ok(vm.memory.intern_str(text))
}

/// A big integer as a string of digits.
///
/// # Errors
/// A `RangeError` if they are more than a string may have.
pub(crate) fn bigint_to_string(
    vm: &mut Vm,
    value: Gc<BigInt>,
    radix: u32,
) -> Completion<Gc<JsString>> {
    // Each digit has at most so many bits.
    let least = value.words().len() as u64 * 64 / u64::from(radix.next_power_of_two().ilog2());
    if least > u64::from(crate::string::MAX_LENGTH) + 64 {
        return Err(vm.throw_range_error("Invalid string length"));
    }
    let text = bigint::to_text(value, radix);
    if text.len() > crate::string::MAX_LENGTH as usize {
        return Err(vm.throw_range_error("Invalid string length"));
    }
    Ok(vm.memory.string(&text))
}

/// `ToPrimitive` (§7.1.1)
///
/// # Errors
/// What the object's methods throw; a `TypeError` if they give objects.
#[inline]
pub fn to_primitive(vm: &mut Vm, value: Value, hint: Hint) -> Completion {
    match as_object(value) {
        Some(object) => object_to_primitive(vm, object, hint),
        None => Ok(value),
    }
}

fn object_to_primitive(vm: &mut Vm, object: Gc<Object>, hint: Hint) -> Completion {
    let value = Value::cell(object);
    let key = vm.well_known_key(WellKnown::ToPrimitive);
    if let Some(method) = vm.get_method(value, key)? {
        let hint = vm.memory.intern_str(match hint {
            Hint::Default => "default",
            Hint::Number => "number",
            Hint::String => "string",
        });
        let primitive = vm.call(method, value, &[Value::cell(hint)])?;
        return if as_object(primitive).is_none() {
            Ok(primitive)
        } else {
            Err(vm.throw_type_error("Cannot convert object to primitive value"))
        };
    }
    ordinary_to_primitive(vm, object, hint)
}

/// `OrdinaryToPrimitive` (§7.1.1.1)
pub(crate) fn ordinary_to_primitive(vm: &mut Vm, object: Gc<Object>, hint: Hint) -> Completion {
    let names = match hint {
        Hint::String => ["toString", "valueOf"],
        Hint::Default | Hint::Number => ["valueOf", "toString"],
    };
    for name in names {
        let key = vm.memory.key(name);
        let method = vm.get(object, key)?;
        if is_callable(method) {
            let primitive = vm.call(method, Value::cell(object), &[])?;
            if as_object(primitive).is_none() {
                return Ok(primitive);
            }
        }
    }
    Err(vm.throw_type_error("Cannot convert object to primitive value"))
}

/// The object that a value is, if it is one.
#[inline]
#[must_use]
pub fn as_object(value: Value) -> Option<Gc<Object>> {
    let cell = value.as_cell()?;
    // SAFETY: All cells from this kind on begin with an object.
    (cell.kind() >= kinds::FIRST_OBJECT).then(|| unsafe { cell.cast() })
}

/// `ToPropertyKey` (§7.1.19).
///
/// # Errors
/// What the conversion of an object throws.
pub fn to_property_key(vm: &mut Vm, value: Value) -> Completion<PropertyKey> {
    if let Some(key) = vm.memory.key_of_value(value) {
        return Ok(key);
    }
    let primitive = to_primitive(vm, value, Hint::String)?;
    match vm.memory.key_of_value(primitive) {
        Some(key) => Ok(key),
        None => {
            let string = to_string(vm, primitive)?;
            Ok(vm.memory.key_of_string(string))
        }
    }
}

/// `ToIntegerOrInfinity` (§7.1.5): never −0 and never NaN.
///
/// # Errors
/// What the conversion to a number throws.
pub fn to_integer_or_infinity(vm: &mut Vm, value: Value) -> Completion<f64> {
    let number = to_number(vm, value)?;
    // Adding zero makes 0 of −0.
    Ok(if number.is_nan() { 0.0 } else { number.trunc() + 0.0 })
}

/// `ToLength` (§7.1.20): an integer from 0 to 2^53 − 1.
///
/// # Errors
/// What the conversion to a number throws.
pub fn to_length(vm: &mut Vm, value: Value) -> Completion<f64> {
    Ok(to_integer_or_infinity(vm, value)?.clamp(0.0, 9_007_199_254_740_991.0))
}

/// `ToUint32` (§7.1.7).
///
/// # Errors
/// What the conversion to a number throws.
pub fn to_uint32_value(vm: &mut Vm, value: Value) -> Completion<u32> {
    to_number(vm, value).map(crate::value::to_uint32)
}
